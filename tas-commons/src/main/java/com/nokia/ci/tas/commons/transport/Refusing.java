package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.FrameCodec;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last handler of a connection that is refused: writes one sentence on one line, ends the
 * stream and closes when the peer does or has had the time to read it. What still comes in is not
 * read.
 */
final class Refusing extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Refusing.class);

  private static final int LONGEST = 1_000;

  private final byte[] said;
  private final Duration patience;

  private Refusing(byte[] said, Duration patience) {
    this.said = said;
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
    replace(handler, bytes(line), reception);
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
      replace(handler, bytes(line), reception);
    } else {
      handler.close();
    }
  }

  /** Declines the offer of a session, likewise, but in a frame. */
  static void offer(
      ChannelHandlerContext handler, Reception reception, Peer peer, String sentence) {
    if (handler.isRemoved()) {
      return;
    }
    if (reception.refusals().offended(peer, oneLine(sentence))) {
      replace(handler, FrameCodec.write(new Frame.Refused(sentence)), reception);
    } else {
      handler.close();
    }
  }

  /** The same, but nobody has done wrong. */
  static void lateOffer(
      ChannelHandlerContext handler, Reception reception, Peer peer, String sentence) {
    if (handler.isRemoved()) {
      return;
    }
    LOG.atDebug().addKeyValue("from", peer).log("came too late: {}", sentence);
    replace(handler, FrameCodec.write(new Frame.Refused(sentence)), reception);
  }

  private static byte[] bytes(String line) {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void replace(ChannelHandlerContext handler, byte[] said, Reception reception) {
    handler
        .pipeline()
        .replace(
            handler.handler(), "refusing", new Refusing(said, reception.deadlines().peerClose()));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(false);
    ctx.writeAndFlush(Unpooled.wrappedBuffer(said))
        .addListener(written -> endOrClose(ctx, written.isSuccess()));
  }

  private void endOrClose(ChannelHandlerContext ctx, boolean written) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound();
    }
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
