package com.nokia.ci.tas.commons.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How the parts of a payload become octets. */
final class Octets {
  static final byte[] NONE = {};

  private static final int LONGEST_SENTENCE = 4_000;
  private static final int LONGEST_CODE_POINT = 4;

  private Octets() {}

  static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length);
  }

  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A sentence for a person; a long one is cut, so that it fits into any frame. */
  static byte[] ofSentence(String text) {
    byte[] octets = of(text);
    if (octets.length <= LONGEST_SENTENCE) {
      return octets;
    }
    int most = LONGEST_SENTENCE / LONGEST_CODE_POINT;
    int count = Math.min(most, text.codePointCount(0, text.length()));
    return of(text.substring(0, text.offsetByCodePoints(0, count)));
  }

  static byte[] ofSentence(long number, String text) {
    byte[] sentence = ofSentence(text);
    return buffer(Long.BYTES + sentence.length).putLong(number).put(sentence).array();
  }

  static byte[] ofReset(int stream, int code, String text) {
    byte[] sentence = ofSentence(text);
    return buffer(Integer.BYTES + 1 + sentence.length)
        .putInt(stream)
        .put((byte) code)
        .put(sentence)
        .array();
  }
}
