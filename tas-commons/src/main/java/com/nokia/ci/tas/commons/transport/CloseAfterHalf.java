package com.nokia.ci.tas.commons.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes an HTTP connection a moment after the peer closed its half, so that a peer that
 * half-closes behind its request still gets the answer, and one that has gone holds nothing.
 */
final class CloseAfterHalf extends ChannelInboundHandlerAdapter {
  private final Duration patience;

  CloseAfterHalf(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      var timer =
          ctx.executor().schedule(() -> ctx.close(), patience.toMillis(), TimeUnit.MILLISECONDS);
      ctx.channel().closeFuture().addListener(closed -> timer.cancel(false));
    }
    ctx.fireUserEventTriggered(event);
  }
}
