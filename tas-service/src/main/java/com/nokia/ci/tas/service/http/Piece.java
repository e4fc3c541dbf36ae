package com.nokia.ci.tas.service.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A part of a body that is sent as it is made. What many readers get is one piece, made a chunk of
 * HTTP once for all of them. Immutable.
 */
final class Piece {
  private static final String LINE_END = "\r\n";

  private final byte[] chunk;
  private final int start;
  private final int length;

  /** A part of at least one octet; none would end the body. */
  Piece(byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("a piece has at least one octet");
    }
    byte[] size = ascii(Integer.toHexString(bytes.length) + LINE_END);
    byte[] end = ascii(LINE_END);
    start = size.length;
    length = bytes.length;
    chunk = ByteBuffer.allocate(start + length + end.length).put(size).put(bytes).put(end).array();
  }

  static Piece of(String text) {
    return new Piece(text.getBytes(StandardCharsets.UTF_8));
  }

  /** It as text. */
  String text() {
    return new String(chunk, start, length, StandardCharsets.UTF_8);
  }

  /** As it goes out, behind what makes chunks of contents. */
  ByteBuf chunk() {
    return Unpooled.wrappedBuffer(chunk);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
