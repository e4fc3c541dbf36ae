package com.nokia.ci.tas.commons.model;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file is, whatever it is called: the SHA-256 of its bytes.
 *
 * @param text 64 lower-case hexadecimal digits
 */
public record ContentDigest(String text) implements Comparable<ContentDigest> {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  public ContentDigest {
    if (!SHA_256.matcher(text).matches()) {
      throw new IllegalArgumentException(SafeName.shown(text) + " is no SHA-256");
    }
  }

  /** Of the octets that a digest consists of. */
  public static ContentDigest of(byte[] sha256) {
    return new ContentDigest(HexFormat.of().formatHex(sha256));
  }

  /** Of a text from outside; empty when it is no digest. */
  public static Optional<ContentDigest> parse(String text) {
    return SHA_256.matcher(text).matches()
        ? Optional.of(new ContentDigest(text))
        : Optional.empty();
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
