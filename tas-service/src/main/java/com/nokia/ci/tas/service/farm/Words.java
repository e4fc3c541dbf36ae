package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.SafeName;

/** How the farm words what others said. */
final class Words {
  /** Details longer than this are cut: they travel in one line of every message about a test. */
  private static final int LONGEST = 2_000;

  private Words() {}

  /** A text from outside on one line. */
  static String oneLine(String text) {
    String stripped = text.strip();
    if (stripped.length() <= LONGEST && isOneLine(stripped)) {
      return stripped;
    }
    var line = new StringBuilder();
    stripped
        .codePoints()
        .limit(LONGEST)
        .map(c -> breaksLine(c) ? ' ' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }

  private static boolean isOneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (breaksLine(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean breaksLine(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }

  /** A text from outside as it may stand in a sentence. */
  static String quoted(String text) {
    return "\"" + SafeName.shown(text) + "\"";
  }

  /** A text from outside behind a sentence, if it says anything. */
  static String withDetail(String sentence, String detail) {
    String line = oneLine(detail);
    return line.isEmpty() ? sentence : sentence + ": " + line;
  }

  static Reason reason(Fault fault, String code, String sentence) {
    return new Reason(fault, code, sentence);
  }
}
