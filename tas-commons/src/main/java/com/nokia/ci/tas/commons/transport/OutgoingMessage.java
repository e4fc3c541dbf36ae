package com.nokia.ci.tas.commons.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** A message and nothing after it. */
final class OutgoingMessage implements Outgoing {
  private final byte[] message;

  OutgoingMessage(byte[] message) {
    this.message = message;
  }

  @Override
  public void write(ChannelHandlerContext ctx, ChannelPromise done) {
    ctx.writeAndFlush(Unpooled.wrappedBuffer(message), done);
  }

  @Override
  public long taken(long ofCurrent) {
    return ofCurrent;
  }

  @Override
  public long fileBytes() {
    return 0;
  }

  @Override
  public boolean isReadToTheEnd() {
    return false;
  }

  @Override
  public boolean endsWithStream() {
    return false;
  }

  @Override
  public void release() {}
}
