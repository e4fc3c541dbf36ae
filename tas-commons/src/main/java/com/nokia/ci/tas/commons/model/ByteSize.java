package com.nokia.ci.tas.commons.model;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number of bytes as people write and read it: {@code 2G}, {@code 1.5 GB}, {@code 512M}, {@code
 * 65536}. K, M, G and T are powers of 1024.
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  private static final String UNITS = "KMGT";
  private static final int LONGEST = 32;
  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,3})?) ?([KMGT]?)(?:I?B)?");

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size of " + bytes + " bytes");
    }
  }

  /** Reads a size; empty when it is none. */
  public static Optional<ByteSize> of(String text) {
    String word = text.strip().toUpperCase(Locale.ROOT);
    var parts = TEXT.matcher(word);
    if (word.length() > LONGEST || !parts.matches()) {
      return Optional.empty();
    }
    int power = parts.group(2).isEmpty() ? 0 : UNITS.indexOf(parts.group(2)) + 1;
    var bytes = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
    return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
        ? Optional.empty()
        : Optional.of(new ByteSize(bytes.longValue()));
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** With the largest unit that leaves at least 1, and one digit behind the point: 1.5 GB. */
  @Override
  public String toString() {
    int power =
        bytes == 0 ? 0 : Math.min(UNITS.length(), (63 - Long.numberOfLeadingZeros(bytes)) / 10);
    if (power == 0) {
      return bytes + " bytes";
    }
    long unit = 1L << (10 * power);
    long tenths = bytes / unit * 10 + bytes % unit * 10 / unit;
    String number = tenths % 10 == 0 ? "" + tenths / 10 : tenths / 10 + "." + tenths % 10;
    return number + " " + UNITS.charAt(power - 1) + "B";
  }
}
