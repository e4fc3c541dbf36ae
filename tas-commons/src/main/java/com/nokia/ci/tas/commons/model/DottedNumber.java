package com.nokia.ci.tas.commons.model;

import java.util.Objects;
import java.util.Optional;

/**
 * A number or a dotted version, compared part by part: {@code 9 < 14}, {@code 14.1 < 14.10}, {@code
 * 14} is {@code 14.0}. What has anything else in it is no number.
 *
 * @param text in its shortest form, so that equal numbers have equal texts: no zeros in front of a
 *     part, no parts of zero at the end
 */
public record DottedNumber(String text) implements Comparable<DottedNumber> {
  private static final int LONGEST = 64;

  public DottedNumber {
    Objects.requireNonNull(text, "text");
    if (!isNumber(text)) {
      throw new IllegalArgumentException("\"" + SafeName.shown(text) + "\" is no number");
    }
    text = shortest(text);
  }

  /** Reads digits with dots between them, and a minus before them; blanks around do not count. */
  public static Optional<DottedNumber> of(String text) {
    String stripped = text.strip();
    return isNumber(stripped) ? Optional.of(new DottedNumber(stripped)) : Optional.empty();
  }

  @Override
  public int compareTo(DottedNumber other) {
    if (isNegative() != other.isNegative()) {
      return isNegative() ? -1 : 1;
    }
    return isNegative() ? compareParts(other.text, text, 1) : compareParts(text, other.text, 0);
  }

  @Override
  public String toString() {
    return text;
  }

  private boolean isNegative() {
    return text.startsWith("-");
  }

  private static int compareParts(String one, String two, int from) {
    int i = from;
    int j = from;
    while (i < one.length() && j < two.length()) {
      int iEnd = endOfPart(one, i);
      int jEnd = endOfPart(two, j);
      int order = Integer.compare(iEnd - i, jEnd - j);
      for (int k = 0; order == 0 && k < iEnd - i; k++) {
        order = Character.compare(one.charAt(i + k), two.charAt(j + k));
      }
      if (order != 0) {
        return order;
      }
      i = iEnd + 1;
      j = jEnd + 1;
    }
    return Boolean.compare(i < one.length(), j < two.length());
  }

  private static int endOfPart(String text, int from) {
    int dot = text.indexOf('.', from);
    return dot < 0 ? text.length() : dot;
  }

  private static boolean isNumber(String text) {
    if (text.length() > LONGEST) {
      return false;
    }
    boolean digit = false;
    for (int i = text.startsWith("-") ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' ? !digit : c < '0' || c > '9') {
        return false;
      }
      digit = c != '.';
    }
    return digit;
  }

  private static String shortest(String text) {
    boolean negative = text.startsWith("-");
    var parts = new StringBuilder();
    int length = 0;
    for (int at = negative ? 1 : 0; at < text.length(); ) {
      int end = endOfPart(text, at);
      int first = at;
      while (first < end - 1 && text.charAt(first) == '0') {
        first++;
      }
      parts.append(at > (negative ? 1 : 0) ? "." : "").append(text, first, end);
      if (end - first > 1 || text.charAt(first) != '0') {
        length = parts.length();
      }
      at = end + 1;
    }
    parts.setLength(length);
    return length == 0 ? "0" : (negative ? "-" : "") + parts;
  }
}
