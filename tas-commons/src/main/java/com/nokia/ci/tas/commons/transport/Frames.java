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

  /** Of a frame on the wire, in octets. */
  static int length(Frame frame) {
    return FrameCodec.HEAD + frame.payload().length + frame.xml().length;
  }

  /** Appends a whole frame. */
  static void append(Frame frame, ByteBuf to) {
    appendHead(frame, to);
    to.writeBytes(frame.xml());
  }

  private static void appendHead(Frame frame, ByteBuf to) {
    byte[] payload = frame.payload();
    to.writeInt(1 + payload.length + frame.xml().length);
    to.writeByte(frame.type().code());
    to.writeBytes(payload);
  }

  /** Writes without flushing. */
  static ChannelFuture write(ChannelHandlerContext ctx, Frame frame) {
    byte[] xml = frame.xml();
    if (xml.length <= SHORT) {
      ByteBuf whole = ctx.alloc().ioBuffer(length(frame));
      append(frame, whole);
      return ctx.write(whole);
    }
    ByteBuf head = ctx.alloc().ioBuffer(FrameCodec.HEAD + frame.payload().length);
    appendHead(frame, head);
    ctx.write(head);
    return ctx.write(Unpooled.wrappedBuffer(xml));
  }
}
