package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.FrameCodec;
import com.nokia.ci.tas.commons.session.FrameType;
import com.nokia.ci.tas.commons.session.WelcomeLines;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The side that dials, from the connection to the answer: sends the registration with the offer and
 * finds out how it is taken (docs/session.md, section 2). Tells one {@link Outcome}, once.
 */
final class Offering extends ByteToMessageDecoder {
  private static final int LONGEST_SENTENCE = 1_000;

  /** What became of the offer; but for a welcome the connection is closed. */
  interface Outcome {
    /** Frames follow; the handler is to be replaced at once. */
    void onWelcome(ChannelHandlerContext ctx, WelcomeLines lines);

    void onRefused(String sentence);

    /** This connection is refused, as a plain one is; says nothing of the next one. */
    void onTurnedAway(String sentence);

    /** The acceptor has got the registration, and closed or said nothing. */
    void onNoAnswer(ChannelHandlerContext ctx, String why);

    void onFailed(String why);
  }

  private final byte[] registration;
  private final Optional<Duration> patience;
  private final Duration limit;
  private final Outcome outcome;
  private final List<Future<?>> timers = new ArrayList<>();
  private boolean written;
  private boolean over;

  /**
   * An offer.
   *
   * @param patience when it has passed behind the registration without an answer, there is none
   * @param limit for all of it
   */
  Offering(byte[] registration, Optional<Duration> patience, Duration limit, Outcome outcome) {
    this.registration = registration;
    this.patience = patience;
    this.limit = limit;
    this.outcome = outcome;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    after(ctx, limit, () -> fail(ctx, "it did not answer within " + limit.toMillis() + " ms"));
    ctx.writeAndFlush(Unpooled.wrappedBuffer(registration))
        .addListener(
            sent -> {
              if (sent.isSuccess() && !over) {
                written = true;
                patience.ifPresent(time -> after(ctx, time, () -> noAnswer(ctx, time)));
              }
            });
    ctx.read();
  }

  private void after(ChannelHandlerContext ctx, Duration time, Runnable step) {
    timers.add(ctx.executor().schedule(step, time.toNanos(), TimeUnit.NANOSECONDS));
  }

  private void noAnswer(ChannelHandlerContext ctx, Duration time) {
    if (end()) {
      outcome.onNoAnswer(ctx, "it did not answer within " + time.toMillis() + " ms");
      ctx.close();
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (over) {
      return;
    }
    if (!beginsText(in)) {
      decodeFrame(ctx, in);
    } else if (in.readableBytes() > LONGEST_SENTENCE
        || in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n') >= 0) {
      refused(ctx, in);
    }
  }

  /** No frame that may come first is so long that its first octet is not 0. */
  private static boolean beginsText(ByteBuf in) {
    return in.getByte(in.readerIndex()) != 0;
  }

  private void decodeFrame(ChannelHandlerContext ctx, ByteBuf in) {
    if (in.readableBytes() < FrameCodec.HEAD) {
      return;
    }
    int begin = in.readerIndex();
    Optional<FrameType> type = FrameType.of(in.getUnsignedByte(begin + Integer.BYTES));
    int payload = FrameType.payload(type, in.getUnsignedInt(begin), 0);
    if (type.isEmpty() || (type.get() != FrameType.WELCOME && type.get() != FrameType.REFUSED)) {
      fail(ctx, "its first frame is neither a welcome nor a refusal");
    } else if (in.readableBytes() >= FrameCodec.HEAD + payload) {
      in.skipBytes(FrameCodec.HEAD);
      Frame frame = FrameCodec.read(type.get(), in.nioBuffer(in.readerIndex(), payload));
      in.skipBytes(payload);
      if (end()) {
        answered(ctx, frame);
      }
    }
  }

  private void answered(ChannelHandlerContext ctx, Frame frame) {
    if (frame instanceof Frame.Welcome welcome) {
      outcome.onWelcome(ctx, welcome.lines());
    } else {
      ctx.close();
      outcome.onRefused(SafeName.shown(((Frame.Refused) frame).sentence()));
    }
  }

  /** A plain acceptor says in a line of text why it does not listen. */
  private void refused(ChannelHandlerContext ctx, ByteBuf in) {
    int length = Math.min(in.readableBytes(), LONGEST_SENTENCE);
    String sentence = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8).strip();
    in.skipBytes(in.readableBytes());
    if (end()) {
      ctx.close();
      outcome.onTurnedAway(SafeName.shown(sentence.lines().findFirst().orElse("")));
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    super.channelReadComplete(ctx);
    if (!over) {
      ctx.read();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    if (!over && internalBuffer().isReadable() && beginsText(internalBuffer())) {
      refused(ctx, internalBuffer());
    } else if (written && end()) {
      outcome.onNoAnswer(ctx, "it closed the connection without an answer");
    } else {
      fail(ctx, "it closed the connection");
    }
    super.channelInactive(ctx);
  }

  @Override
  protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    in.skipBytes(in.readableBytes());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Throwable reason = cause instanceof DecoderException ? cause.getCause() : cause;
    if (reason instanceof TasException || reason instanceof SSLException) {
      fail(ctx, String.valueOf(reason.getMessage()));
    } else {
      ctx.close();
    }
  }

  private void fail(ChannelHandlerContext ctx, String why) {
    if (end()) {
      ctx.close();
      outcome.onFailed(why);
    }
  }

  private boolean end() {
    boolean first = !over;
    over = true;
    timers.forEach(timer -> timer.cancel(false));
    return first;
  }
}
