package com.nokia.ci.tas.service.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of one connection one after another, until it is quiet for too long. */
final class HttpConversation extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConversation.class);
  private static final String NOTHING_FROM_OUTSIDE =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private final Answering site;
  private final Executor pages;
  private final Duration deadline;
  private Future<?> end;
  private boolean awaiting;
  private Optional<PieceSender> sender = Optional.empty();

  HttpConversation(Answering site, Executor pages, Duration deadline) {
    this.site = site;
    this.pages = pages;
    this.deadline = deadline;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    awaitRequest(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    end.cancel(false);
    sender.ifPresent(PieceSender::close);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    sender.ifPresent(PieceSender::wake);
    context.fireChannelWritabilityChanged();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    end.cancel(false);
    awaiting = false;
    if (request.decoderResult().isFailure()) {
      write(context, refusal(request.decoderResult().cause()))
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    Request asked = Requests.of(request, context.channel());
    try {
      pages.execute(() -> answer(context, asked));
    } catch (RejectedExecutionException e) {
      finish(
          context,
          Answer.sentence(503, "Too many requests wait; try again in a moment."),
          /* isHead= */ false);
    }
  }

  /** What was read held no whole request yet. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (awaiting) {
      context.read();
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.atDebug()
        .addKeyValue("from", context.channel().remoteAddress())
        .addKeyValue("error", cause.toString())
        .log("http connection broken");
    close(context);
  }

  private static void close(ChannelHandlerContext context) {
    ChannelFuture unused = context.close();
  }

  private void answer(ChannelHandlerContext context, Request request) {
    CompletableFuture<Answer> answer;
    try {
      answer = site.answer(request);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    var unused =
        answer
            .exceptionally(failure -> broken(context, failure))
            .thenAccept(
                made ->
                    context
                        .executor()
                        .execute(() -> finish(context, made, request.method().equals("HEAD"))));
  }

  private static Answer broken(ChannelHandlerContext context, Throwable failure) {
    LOG.atError()
        .addKeyValue("from", context.channel().remoteAddress())
        .setCause(failure)
        .log("page cannot be made; the farm itself goes on");
    return Answer.sentence(500, "This page cannot be made; the log of the service says why.");
  }

  private void finish(ChannelHandlerContext context, Answer answer, boolean isHead) {
    if (answer.made().isPresent() && !isHead && context.channel().isActive()) {
      begin(context, answer, answer.made().get());
      return;
    }
    answer.made().ifPresent(Piecewise::close);
    write(context, answer)
        .addListener(
            sent -> {
              if (sent.isSuccess() && context.channel().isActive()) {
                awaitRequest(context);
              }
            });
  }

  private void begin(ChannelHandlerContext context, Answer answer, Piecewise body) {
    var response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
    setHeaders(response, answer);
    HttpUtil.setTransferEncodingChunked(response, true);
    context.writeAndFlush(response);
    var sending =
        new PieceSender(
            context,
            body,
            pages,
            () -> {
              sender = Optional.empty();
              if (context.channel().isActive()) {
                awaitRequest(context);
              }
            });
    sender = Optional.of(sending);
    sending.start();
  }

  private void awaitRequest(ChannelHandlerContext context) {
    awaiting = true;
    end =
        context
            .executor()
            .schedule(() -> close(context), deadline.toMillis(), TimeUnit.MILLISECONDS);
    context.read();
  }

  private static ChannelFuture write(ChannelHandlerContext context, Answer answer) {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(body));
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    setHeaders(response, answer);
    return context.writeAndFlush(response);
  }

  private static void setHeaders(HttpResponse response, Answer answer) {
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, answer.type())
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, NOTHING_FROM_OUTSIDE)
        .set("referrer-policy", "same-origin")
        .set("x-content-type-options", "nosniff")
        .set("x-frame-options", "DENY")
        .set("cross-origin-opener-policy", "same-origin")
        .set("cross-origin-resource-policy", "same-origin");
    answer.headers().forEach((name, value) -> response.headers().set(name, value));
  }

  private static Answer refusal(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Answer.sentence(414, "The address is too long.");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Answer.sentence(431, "The headers are too long.");
    }
    return Answer.sentence(400, "This is not HTTP as it should be.");
  }
}
