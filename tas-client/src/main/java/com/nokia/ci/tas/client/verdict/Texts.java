package com.nokia.ci.tas.client.verdict;

/** Bounds and cleans texts of reports. */
final class Texts {
  private Texts() {}

  /** At most so many characters, the last of them three dots where some were left out. */
  static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
  }

  /** Without what XML 1.0 cannot hold. */
  static String clean(String text) {
    var kept = new StringBuilder(text.length());
    text.codePoints()
        .filter(
            it ->
                it == '\t'
                    || it == '\n'
                    || it == '\r'
                    || (it >= 0x20 && it <= 0xD7FF)
                    || (it >= 0xE000 && it <= 0xFFFD)
                    || it >= 0x10000)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
