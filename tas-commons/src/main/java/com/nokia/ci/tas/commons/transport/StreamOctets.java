package com.nokia.ci.tas.commons.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/** Octets of a file on their way from {@link FrameDecoder} to the streams of the session. */
final class StreamOctets extends DefaultByteBufHolder {
  private final int stream;

  StreamOctets(int stream, ByteBuf octets) {
    super(octets);
    this.stream = stream;
  }

  int stream() {
    return stream;
  }

  @Override
  public StreamOctets replace(ByteBuf octets) {
    return new StreamOctets(stream, octets);
  }
}
