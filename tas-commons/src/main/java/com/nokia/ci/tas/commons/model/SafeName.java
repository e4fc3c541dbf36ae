package com.nokia.ci.tas.commons.model;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The one rule for names that come from outside and become names of files or directories: test ids,
 * artifacts, results files (guide, "Id": what Linux and Windows both accept).
 */
public final class SafeName {
  private static final int LONGEST = 120;

  /** How many bytes of UTF-8 one character of a text takes at most. */
  private static final int MOST_BYTES = 3;

  private static final String FORBIDDEN = "/\\:*?\"<>|";
  private static final Set<String> DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "conin$", "conout$", "com1", "com2", "com3", "com4", "com5",
          "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7",
          "lpt8", "lpt9");

  private static final String DEVICE_INITIALS = "acnplACNPL";

  private SafeName() {}

  /**
   * What is wrong with a name, if anything.
   *
   * @param what what the name is for, as it begins a sentence: {@code test id}, {@code artifact},
   *     {@code results file}
   * @param name the name as it came
   * @return empty when the name may be used, else a sentence for whoever sent it
   */
  public static Optional<String> complaint(String what, String name) {
    if (name.isEmpty()) {
      return Optional.of(what + " is empty; give it a name");
    }
    if (name.length() > LONGEST / MOST_BYTES
        && name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      return Optional.of(
          what
              + " \""
              + shown(name)
              + "\" is longer than "
              + LONGEST
              + " bytes; choose a shorter one");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (isPlain(c)) {
        continue;
      }
      if (FORBIDDEN.indexOf(c) >= 0) {
        return Optional.of(
            what + " \"" + shown(name) + "\" contains the character " + c + "; leave it out");
      }
      if (Character.isISOControl(c)) {
        return Optional.of(
            what
                + " \""
                + shown(name)
                + "\" contains the control character "
                + (int) c
                + "; leave it out");
      }
      if (Character.isSurrogate(c) && !isPaired(name, i)) {
        return Optional.of(
            what + " \"" + shown(name) + "\" contains half a character at position " + (i + 1));
      }
    }
    if (!name.equals(name.strip())
        || name.charAt(0) == ' '
        || name.charAt(name.length() - 1) == ' ') {
      return Optional.of(what + " \"" + shown(name) + "\" begins or ends with a blank; remove it");
    }
    if (name.endsWith(".")) {
      return Optional.of(what + " \"" + shown(name) + "\" ends with a dot; remove it");
    }
    if (isDevice(name)) {
      return Optional.of(
          what + " \"" + shown(name) + "\" is the name of a Windows device; choose another");
    }
    return Optional.empty();
  }

  /** What most names are made of: a test has many names, and each is asked about each character. */
  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  }

  private static boolean isDevice(String name) {
    int dot = name.indexOf('.');
    int end = dot < 0 ? name.length() : dot;
    // Nearly every name is told by its first letter: a test has many names, and each is asked.
    if (DEVICE_INITIALS.indexOf(name.charAt(0)) < 0) {
      return false;
    }
    return DEVICES.contains(name.substring(0, end).strip().toLowerCase(Locale.ROOT));
  }

  /**
   * A text from outside as it may stand in a sentence, a log line or a file name dialog: one line,
   * of bounded length.
   */
  public static String shown(String text) {
    int end =
        text.length() > 200
            ? text.offsetByCodePoints(0, Math.min(200, text.codePointCount(0, text.length())))
            : text.length();
    var shown = new StringBuilder(end + 1);
    text.substring(0, end)
        .codePoints()
        .map(c -> isHarmless(c) ? c : '\uFFFD')
        .forEach(shown::appendCodePoint);
    return end < text.length() ? shown.append('…').toString() : shown.toString();
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static boolean isPaired(String name, int i) {
    return Character.isHighSurrogate(name.charAt(i))
        ? i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(name.charAt(i - 1));
  }
}
