package com.nokia.ci.tas.ciproxy.detector;

import java.util.Locale;
import java.util.Set;

/** Serial numbers as devices tell them, some of which are the same on every device of a batch. */
public final class SerialNumber {
  private static final int SHORTEST = 6;
  private static final int FEWEST_CHARACTERS = 3;
  private static final String DIGITS = "0123456789abcdef0123456789abcdef";
  private static final Set<String> WORDS =
      Set.of("unknown", "default", "notset", "serial", "serialnumber", "android", "none");

  private SerialNumber() {}

  /**
   * Whether a serial number tells one device from another: {@code 0123456789ABCDEF}, {@code 0001}
   * and {@code unknown} do not.
   */
  public static boolean tellsApart(String text) {
    String plain = plain(text);
    return plain.length() >= SHORTEST
        && plain.chars().distinct().count() >= FEWEST_CHARACTERS
        && !DIGITS.contains(plain)
        && !WORDS.contains(plain);
  }

  /** The same text however a source writes it: lower case, without separators. */
  public static String plain(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replace("-", "").replace(":", "");
  }
}
