package com.nokia.ci.tas.commons.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The first handler of a session's connection: notices a peer that takes no bytes although some
 * wait for it, and says so to the handlers behind it with {@link Stalled}.
 */
final class StalledWrites extends ChannelDuplexHandler {

  /** The peer took nothing for the whole limit. */
  record Stalled(String sentence) {}

  private final Duration limit;
  private long written;

  /** Bytes that had left this machine at the last look; what each entry costs is taken off. */
  private long left;

  private boolean waited;
  private Optional<Future<?>> timer = Optional.empty();

  StalledWrites(Duration limit) {
    this.limit = limit;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    checkLater(ctx);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    timer.ifPresent(running -> running.cancel(false));
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    written += ((ByteBuf) message).readableBytes();
    ctx.write(message, promise);
  }

  private void checkLater(ChannelHandlerContext ctx) {
    timer =
        Optional.of(
            ctx.executor().schedule(() -> check(ctx), limit.toNanos(), TimeUnit.NANOSECONDS));
  }

  private void check(ChannelHandlerContext ctx) {
    ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
    if (buffer == null) {
      return;
    }
    boolean waits = buffer.current() != null;
    long now = written - buffer.totalPendingWriteBytes() + buffer.currentProgress();
    boolean stalled = waits && waited && now <= left;
    waited = waits;
    left = now;
    if (stalled) {
      ctx.fireUserEventTriggered(
          new Stalled("the peer took no bytes for " + limit.toMillis() + " ms"));
    } else {
      checkLater(ctx);
    }
  }
}
