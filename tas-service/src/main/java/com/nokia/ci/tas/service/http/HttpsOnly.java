package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.Peer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Stands before the pages and sends other machines to HTTPS where the owner wants it so ({@code
 * https-only}): whoever reads a page gets its secure address, and nothing that is sent in the clear
 * is looked at. Called on event loops.
 */
public final class HttpsOnly implements Consumer<ChannelPipeline> {
  private static final int LONGEST_LINE = 4_096;
  private static final int LONGEST_HEADERS = 8_192;
  private static final int PATIENCE_SECONDS = 30;

  private final Consumer<ChannelPipeline> pages;
  private final BooleanSupplier wanted;
  private final Predicate<Peer> isOfThisMachine;
  private final Endpoint service;

  /**
   * Makes the guard.
   *
   * @param pages what it guards
   * @param wanted whether the setting is on, as it is in force
   * @param isOfThisMachine who may do without TLS; usually {@link Peer#isLocal}
   * @param service the address to send visitors to
   */
  public HttpsOnly(
      Consumer<ChannelPipeline> pages,
      BooleanSupplier wanted,
      Predicate<Peer> isOfThisMachine,
      Endpoint service) {
    this.pages = pages;
    this.wanted = wanted;
    this.isOfThisMachine = isOfThisMachine;
    this.service = service;
  }

  @Override
  public void accept(ChannelPipeline pipeline) {
    if (!wanted.getAsBoolean() || pipeline.get(SslHandler.class) != null || isLocal(pipeline)) {
      pages.accept(pipeline);
      return;
    }
    var bounds =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LONGEST_HEADERS)
            .setMaxChunkSize(LONGEST_HEADERS);
    pipeline
        .addLast(new ReadTimeoutHandler(PATIENCE_SECONDS))
        .addLast(new HttpServerCodec(bounds))
        .addLast(new Sending(service));
  }

  private boolean isLocal(ChannelPipeline pipeline) {
    var channel = (SocketChannel) pipeline.channel();
    return isOfThisMachine.test(new Peer(channel.remoteAddress(), channel.localAddress()));
  }

  /** Answers one request and closes. */
  private static final class Sending extends SimpleChannelInboundHandler<HttpObject> {
    private final Endpoint service;

    private Sending(Endpoint service) {
      this.service = service;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
      if (!(part instanceof HttpRequest request)) {
        return;
      }
      boolean isRead =
          request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
      boolean isPath = request.decoderResult().isSuccess() && request.uri().startsWith("/");
      String place = "https://" + service + (isPath ? request.uri() : "/");
      FullHttpResponse answer =
          isRead
              ? answer(HttpResponseStatus.TEMPORARY_REDIRECT, place)
              : answer(HttpResponseStatus.FORBIDDEN, "https://" + service + "/");
      if (isRead) {
        answer.headers().set(HttpHeaderNames.LOCATION, place);
      }
      context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    private static FullHttpResponse answer(HttpResponseStatus status, String place) {
      byte[] body =
          ("This service shows its pages to other machines over HTTPS alone (https-only=1 in"
                  + " configuration.dat): "
                  + place
                  + "\n")
              .getBytes(StandardCharsets.UTF_8);
      var answer =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
      answer
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
          .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length)
          .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
          .set(HttpHeaderNames.CONNECTION, "close");
      return answer;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
