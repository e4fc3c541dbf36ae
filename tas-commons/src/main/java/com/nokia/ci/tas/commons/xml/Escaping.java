package com.nokia.ci.tas.commons.xml;

import java.util.regex.Pattern;

/** Characters that must not, or not so, stand in XML 1.0. */
final class Escaping {
  private static final Pattern ENTITY =
      Pattern.compile("&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});");
  private static final int REPLACEMENT = 0xFFFD;

  private Escaping() {}

  /** Appends a value with {@code &}, {@code <} and {@code >} escaped, and nothing forbidden. */
  static void escape(String value, StringBuilder out) {
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      i += Character.charCount(c);
      append(c, out);
    }
  }

  /** The same for a value that may hold entities of XML already. */
  static void escapeUnlessEscaped(String value, StringBuilder out) {
    var entity = ENTITY.matcher(value);
    int done = 0;
    while (entity.find()) {
      escape(value.substring(done, entity.start()), out);
      out.append(isAllowed(entity.group()) ? entity.group() : "\uFFFD");
      done = entity.end();
    }
    escape(value.substring(done), out);
  }

  /** Appends a value as it is, but for characters that XML 1.0 forbids. */
  static void keep(String value, StringBuilder out) {
    value.codePoints().map(c -> isAllowed(c) ? c : REPLACEMENT).forEach(out::appendCodePoint);
  }

  /** Whether XML 1.0 allows a character at all. */
  static boolean isAllowed(int codePoint) {
    return codePoint == '\t'
        || codePoint == '\n'
        || codePoint == '\r'
        || (codePoint >= 0x20 && codePoint <= 0xD7FF)
        || (codePoint >= 0xE000 && codePoint <= 0xFFFD)
        || (codePoint >= 0x10000 && codePoint <= Character.MAX_CODE_POINT);
  }

  private static boolean isAllowed(String entity) {
    if (entity.charAt(1) != '#') {
      return true;
    }
    boolean isHex = entity.charAt(2) == 'x';
    String digits = entity.substring(isHex ? 3 : 2, entity.length() - 1);
    return isAllowed(Integer.parseInt(digits, isHex ? 16 : 10));
  }

  private static void append(int c, StringBuilder out) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      default -> out.appendCodePoint(isAllowed(c) ? c : REPLACEMENT);
    }
  }
}
