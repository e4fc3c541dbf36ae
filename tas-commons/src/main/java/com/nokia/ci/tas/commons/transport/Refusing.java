package com.nokia.ci.tas.commons.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The last handler of a connection that is refused: writes one sentence on one line, ends the
 * stream and closes when the peer does or has had the time to read it. What still comes in is not
 * read.
 */
final class Refusing extends ChannelInboundHandlerAdapter {
  private static final int LONGEST = 1_000;

  private final String sentence;
  private final Duration patience;

  private Refusing(String sentence, Duration patience) {
    this.sentence = sentence;
    this.patience = patience;
  }

  /**
   * Refuses a connection in the place of the handler that found the reason, and says so in the log.
   */
  static void insteadOf(
      ChannelHandlerContext handler, Reception reception, Peer peer, String sentence) {
    if (handler.isRemoved()) {
      return;
    }
    String line = oneLine(sentence);
    reception.refusals().refused(peer, line);
    answer(handler, reception, line);
  }

  /**
   * The same for what the peer has brought on itself: past the rate of its address the connection
   * is closed without a word.
   */
  static void offender(
      ChannelHandlerContext handler, Reception reception, Peer peer, String sentence) {
    if (handler.isRemoved()) {
      return;
    }
    String line = oneLine(sentence);
    if (reception.refusals().offended(peer, line)) {
      answer(handler, reception, line);
    } else {
      handler.close();
    }
  }

  private static void answer(ChannelHandlerContext handler, Reception reception, String line) {
    handler
        .pipeline()
        .replace(
            handler.handler(), "refusing", new Refusing(line, reception.deadlines().peerClose()));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(false);
    ByteBuf line = ByteBufUtil.writeUtf8(ctx.alloc(), sentence + "\n");
    ctx.writeAndFlush(line).addListener(written -> endOrClose(ctx, written.isSuccess()));
  }

  private void endOrClose(ChannelHandlerContext ctx, boolean written) {
    if (written && ctx.channel() instanceof DuplexChannel duplex && !duplex.isInputShutdown()) {
      duplex.shutdownOutput().addListener(ended -> closeLater(ctx, (ChannelFuture) ended));
    } else {
      ctx.close();
    }
  }

  private void closeLater(ChannelHandlerContext ctx, ChannelFuture ended) {
    if (ended.isSuccess()) {
      var timer =
          ctx.executor().schedule(() -> ctx.close(), patience.toMillis(), TimeUnit.MILLISECONDS);
      ctx.channel().closeFuture().addListener(closed -> timer.cancel(false));
    } else {
      ctx.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    ReferenceCountUtil.release(bytes);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private static String oneLine(String sentence) {
    var line = new StringBuilder(Math.min(LONGEST, sentence.length()));
    sentence
        .codePoints()
        .limit(LONGEST)
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }
}
