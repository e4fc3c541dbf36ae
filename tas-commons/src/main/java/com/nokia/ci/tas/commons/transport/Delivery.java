package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TasException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends one {@link Outgoing} over a connection that was just made and finds out what became of it.
 * Whatever completes the result closes the connection.
 *
 * <p>Everything was sent when the last byte and the end of the stream are with the network; then
 * the peer has a moment to close or to answer with the one line of a refusal. Behind a file it has
 * as long as it may stall: whoever stores files closes when the file is stored.
 */
final class Delivery extends ChannelInboundHandlerAdapter {
  private static final int LONGEST_ANSWER = 1_000;

  private final Endpoint to;
  private final Outgoing what;
  private final Deadlines deadlines;
  private final CompletableFuture<Long> result;
  private final ByteBuf answer = Unpooled.buffer(0, LONGEST_ANSWER);
  private boolean sent;
  private Optional<Future<?>> timer = Optional.empty();
  private final Progress progress;
  private long taken;

  Delivery(Endpoint to, Outgoing what, Deadlines deadlines, CompletableFuture<Long> result) {
    this.to = to;
    this.what = what;
    this.deadlines = deadlines;
    this.result = result;
    this.progress =
        new Progress(deadlines.writeStall(), deadlines.slowestFile(), System.nanoTime());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    result.whenComplete((bytes, failure) -> ctx.executor().execute(() -> end(ctx)));
    checkProgressLater(ctx);
    what.write(
        ctx,
        ctx.newPromise()
            .addListener(
                written -> {
                  if (written.isSuccess()) {
                    endStream(ctx);
                  } else {
                    failed(written.cause());
                  }
                }));
    ctx.channel().config().setAutoRead(true);
  }

  private void endStream(ChannelHandlerContext ctx) {
    ((DuplexChannel) ctx.channel())
        .shutdownOutput()
        .addListener(
            ended -> {
              sent = true;
              timer.ifPresent(running -> running.cancel(false));
              Duration patience =
                  what.isReadToTheEnd() ? deadlines.writeStall() : deadlines.peerClose();
              timer =
                  Optional.of(
                      ctx.executor()
                          .schedule(this::conclude, patience.toNanos(), TimeUnit.NANOSECONDS));
            });
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    answer.writeBytes(bytes, Math.min(bytes.readableBytes(), answer.maxWritableBytes()));
    bytes.release();
    if (answer.indexOf(0, answer.writerIndex(), (byte) '\n') >= 0
        || answer.maxWritableBytes() == 0) {
      conclude();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent && (sent || answer.isReadable())) {
      conclude();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    conclude();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (answer.isReadable() || (sent && !what.isReadToTheEnd())) {
      conclude();
    } else {
      failed(cause);
    }
  }

  private void conclude() {
    if (answer.isReadable()) {
      String sentence = answer.toString(StandardCharsets.UTF_8).strip();
      result.completeExceptionally(
          new RefusedException(to + " refused: " + SafeName.shown(sentence)));
    } else if (sent) {
      result.complete(what.fileBytes());
    } else {
      failed(new ClosedChannelException());
    }
  }

  private void failed(Throwable cause) {
    result.completeExceptionally(
        cause instanceof TasException
            ? cause
            : new ConnectionLostException(
                "the connection to " + to + " broke off before everything was received", cause));
  }

  private void end(ChannelHandlerContext ctx) {
    timer.ifPresent(running -> running.cancel(false));
    if (!sent && what.endsWithStream()) {
      ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    }
    ctx.close();
  }

  private void checkProgressLater(ChannelHandlerContext ctx) {
    timer =
        Optional.of(
            ctx.executor()
                .schedule(
                    () -> checkProgress(ctx),
                    Progress.interval(deadlines.writeStall(), deadlines.slowestFile()).toNanos(),
                    TimeUnit.NANOSECONDS));
  }

  /**
   * A source that takes its time is not held against the peer: then nothing waits to be written.
   */
  private void checkProgress(ChannelHandlerContext ctx) {
    long now = System.nanoTime();
    ChannelOutboundBuffer waiting = ctx.channel().unsafe().outboundBuffer();
    if (waiting == null || waiting.current() == null) {
      progress.excused(now);
    } else {
      long takenNow = what.taken(waiting.currentProgress());
      if (takenNow > taken) {
        progress.moved(takenNow - taken, now);
      }
      taken = takenNow;
    }
    progress
        .complaint(now)
        .ifPresentOrElse(
            complaint -> failed(new ConnectionLostException(to + " " + complaint)),
            () -> checkProgressLater(ctx));
  }
}
