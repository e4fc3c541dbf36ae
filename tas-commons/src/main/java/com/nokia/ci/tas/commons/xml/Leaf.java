package com.nokia.ci.tas.commons.xml;

import java.util.OptionalLong;

/** How the text of a leaf becomes a value. A leaf that is missing comes as {@code null}. */
final class Leaf {
  private Leaf() {}

  /**
   * A value of one line: without blanks at its ends, line breaks inside replaced by a blank. Empty
   * when the leaf is missing or is the word {@code null}, which earlier programs write for what
   * they do not know.
   */
  static String text(String raw) {
    String word = word(raw);
    return word.equals("null") ? "" : word;
  }

  /** The same for leaves in which {@code null} is a word like any other: ids, names, values. */
  static String word(String raw) {
    if (raw == null) {
      return "";
    }
    String stripped = raw.strip();
    return stripped.indexOf('\n') < 0 && stripped.indexOf('\r') < 0
        ? stripped
        : String.join(" ", stripped.lines().map(String::strip).toList());
  }

  /** A value whose blanks count, unless it stands on lines of its own. */
  static String exact(String raw) {
    return raw == null || raw.indexOf('\n') >= 0 ? word(raw) : raw;
  }

  /** A whole number; empty when the text is none. */
  static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }

  /**
   * The lines of a text message: without the line break behind {@code <text>} and what stands
   * before {@code </text>} on its line.
   */
  static String lines(String raw) {
    if (raw == null) {
      return "";
    }
    int first = raw.startsWith("\r\n") ? 2 : raw.startsWith("\n") ? 1 : 0;
    int last = Math.max(first, raw.lastIndexOf('\n'));
    int end = raw.length();
    if (raw.substring(last).isBlank()) {
      end = last;
    } else {
      while (end > first && raw.charAt(end - 1) == '\t') {
        end--;
      }
    }
    return raw.substring(first, end).replace("\r\n", "\n").replace('\r', '\n');
  }
}
