package com.nokia.ci.tas.commons.model;

import java.util.HexFormat;
import java.util.Optional;

/**
 * What a file is, whatever it is called: the SHA-256 of its bytes.
 *
 * @param text 64 lower-case hexadecimal digits
 */
public record ContentDigest(String text) implements Comparable<ContentDigest> {
  private static final int DIGITS = 64;

  public ContentDigest {
    if (!isDigest(text)) {
      throw new IllegalArgumentException(SafeName.shown(text) + " is no SHA-256");
    }
  }

  /** Of the octets that a digest consists of. */
  public static ContentDigest of(byte[] sha256) {
    return new ContentDigest(HexFormat.of().formatHex(sha256));
  }

  /** Of a text from outside; empty when it is no digest. */
  public static Optional<ContentDigest> parse(String text) {
    return isDigest(text) ? Optional.of(new ContentDigest(text)) : Optional.empty();
  }

  private static boolean isDigest(String text) {
    if (text.length() != DIGITS) {
      return false;
    }
    for (int i = 0; i < DIGITS; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(ContentDigest other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
