package com.nokia.ci.tas.commons.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the first bytes of a connection promise. */
enum Sniffing {
  UNDECIDED,
  XML,
  HTTP,
  TLS,
  NEITHER;

  private static final int TLS_HANDSHAKE = 0x16;

  private static final List<byte[]> VERBS =
      List.of(
              "GET ",
              "HEAD ",
              "POST ",
              "PUT ",
              "DELETE ",
              "OPTIONS ",
              "PATCH ",
              "TRACE ",
              "CONNECT ")
          .stream()
          .map(verb -> verb.getBytes(StandardCharsets.US_ASCII))
          .toList();

  /** Looks at the readable bytes without taking them; at most 8 are needed. */
  static Sniffing of(ByteBuf bytes) {
    if (!bytes.isReadable()) {
      return UNDECIDED;
    }
    int first = bytes.getUnsignedByte(bytes.readerIndex());
    if (first == '<' || first == 0xEF || first == ' ' || (first >= '\t' && first <= '\r')) {
      return XML;
    }
    if (first == TLS_HANDSHAKE) {
      return TLS;
    }
    boolean possible = false;
    for (byte[] verb : VERBS) {
      int common = common(bytes, verb);
      if (common == verb.length) {
        return HTTP;
      }
      possible |= common == bytes.readableBytes();
    }
    return possible ? UNDECIDED : NEITHER;
  }

  private static int common(ByteBuf bytes, byte[] verb) {
    int length = Math.min(bytes.readableBytes(), verb.length);
    for (int i = 0; i < length; i++) {
      if (bytes.getByte(bytes.readerIndex() + i) != verb[i]) {
        return i;
      }
    }
    return length;
  }
}
