package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.FrameCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;

/** Puts frames on the wire. */
final class Frames {

  /** Up to here a message is copied behind its head, and one write is enough. */
  private static final int SHORT = 8 * 1024;

  private Frames() {}

  /** Writes without flushing. */
  static ChannelFuture write(ChannelHandlerContext ctx, Frame frame) {
    byte[] payload = frame.payload();
    byte[] xml = frame.xml();
    boolean copied = xml.length <= SHORT;
    ByteBuf head =
        ctx.alloc().ioBuffer(FrameCodec.HEAD + payload.length + (copied ? xml.length : 0));
    head.writeInt(1 + payload.length + xml.length);
    head.writeByte(frame.type().code());
    head.writeBytes(payload);
    if (copied) {
      return ctx.write(head.writeBytes(xml));
    }
    ctx.write(head);
    return ctx.write(Unpooled.wrappedBuffer(xml));
  }
}
