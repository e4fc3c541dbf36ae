package com.nokia.ci.tas.commons.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Behind the welcome of a new session: whoever takes it says something at once. Who closes instead
 * has not understood it or was too impatient, and is a plain peer (docs/session.md, section 2).
 */
final class AwaitingFirstFrame extends ChannelInboundHandlerAdapter {

  /** What became of the welcome; said once. */
  interface Outcome {
    /** The session stands; frames go to this link. */
    void onTaken(SessionLink link);

    /** The peer closed the connection. */
    void onClosed();

    /** The peer broke a rule or let the time pass; the connection is closed. */
    void onGivenUp(String why);
  }

  private final Peer peer;
  private final Duration limit;
  private final Outcome outcome;
  private Optional<Future<?>> timer = Optional.empty();
  private boolean over;

  /**
   * A welcome that was written.
   *
   * @param peer as the peer of the session
   */
  AwaitingFirstFrame(Peer peer, Duration limit, Outcome outcome) {
    this.peer = peer;
    this.limit = limit;
    this.outcome = outcome;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    String late = "nothing came behind the welcome within " + limit.toMillis() + " ms";
    timer =
        Optional.of(
            ctx.executor()
                .schedule(() -> giveUp(ctx, late), limit.toNanos(), TimeUnit.NANOSECONDS));
    ctx.read();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    timer.ifPresent(running -> running.cancel(false));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) {
    over = true;
    var link = new SessionLink(peer, ctx.channel().eventLoop());
    ctx.pipeline().replace(this, "session", link);
    ctx.fireChannelRead(frame);
    outcome.onTaken(link);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.read();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!over) {
      over = true;
      outcome.onClosed();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException) {
      giveUp(ctx, String.valueOf(cause.getCause().getMessage()));
    } else {
      ctx.close();
    }
  }

  private void giveUp(ChannelHandlerContext ctx, String why) {
    if (!over) {
      over = true;
      outcome.onGivenUp(why);
      ctx.close();
    }
  }
}
