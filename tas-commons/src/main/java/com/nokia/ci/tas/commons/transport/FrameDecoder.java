package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.FrameCodec;
import com.nokia.ci.tas.commons.session.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.Optional;

/**
 * Turns the octets of a session into {@link Frame}s. Those of files are handed on as they come, as
 * {@link StreamOctets}, and never collected; a frame that is too long is refused at its head.
 *
 * <p>What breaks a rule comes out as an exception; nothing is decoded after it.
 */
final class FrameDecoder extends ByteToMessageDecoder {
  /** Up to here a part of a frame is not counted. */
  private static final int UNCOUNTED = 4 * 1024;

  private final int longestMessage;
  private final PartialMessages partial;
  private Optional<PartialMessages.Holder> counted = Optional.empty();
  private boolean withinPayload;
  private Optional<FrameType> type = Optional.empty();

  /** What is still to come of the payload. */
  private int missing;

  private boolean withinOctets;
  private int stream;
  private boolean broken;

  /**
   * A decoder for one connection.
   *
   * @param longestMessage the longest XML that is accepted
   * @param partial counts what has come in of a long frame
   */
  FrameDecoder(int longestMessage, PartialMessages partial) {
    this.longestMessage = longestMessage;
    this.partial = partial;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    count(ctx, actualReadableBytes());
    super.channelReadComplete(ctx);
  }

  private void count(ChannelHandlerContext ctx, int bytes) {
    if (bytes > UNCOUNTED) {
      if (counted.isEmpty()) {
        counted = Optional.of(() -> ctx.executor().execute(ctx::close));
      }
      partial.hold(counted.get(), bytes);
    } else {
      release();
    }
  }

  private void release() {
    counted.ifPresent(partial::release);
    counted = Optional.empty();
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    release();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (broken) {
      in.skipBytes(in.readableBytes());
      return;
    }
    try {
      proceed(in, out);
    } catch (RuntimeException e) {
      broken = true;
      throw e;
    }
  }

  private void proceed(ByteBuf in, List<Object> out) {
    if (!withinPayload && !readHead(in)) {
      return;
    }
    if (type.isEmpty()) {
      int skipped = Math.min(missing, in.readableBytes());
      in.skipBytes(skipped);
      took(skipped);
    } else if (type.get() == FrameType.DATA) {
      readOctets(in, out);
    } else if (in.readableBytes() >= missing) {
      Frame frame = FrameCodec.read(type.get(), in.nioBuffer(in.readerIndex(), missing));
      in.skipBytes(missing);
      took(missing);
      out.add(frame);
    }
  }

  private boolean readHead(ByteBuf in) {
    if (in.readableBytes() < FrameCodec.HEAD) {
      return false;
    }
    long length = in.readUnsignedInt();
    type = FrameType.of(in.readUnsignedByte());
    missing = FrameType.payload(type, length, longestMessage);
    withinPayload = true;
    withinOctets = false;
    return true;
  }

  private void readOctets(ByteBuf in, List<Object> out) {
    if (!withinOctets) {
      FrameType.requireStream(missing);
      if (in.readableBytes() < Integer.BYTES) {
        return;
      }
      stream = in.readInt();
      withinOctets = true;
      took(Integer.BYTES);
    }
    int count = Math.min(missing, in.readableBytes());
    if (count > 0) {
      out.add(new StreamOctets(stream, in.readRetainedSlice(count)));
      took(count);
    }
  }

  private void took(int count) {
    missing -= count;
    withinPayload = missing > 0;
  }
}
