package com.nokia.ci.tas.commons.xml;

import java.nio.charset.StandardCharsets;

/**
 * Recognises the end of a message in bytes that are still coming in. It knows just enough of XML
 * for that: tags, comments, CDATA sections, processing instructions; and that raw lines stand in
 * the text of a text message. All that matters is ASCII, so the bytes of other characters pass as
 * content.
 *
 * <p>It works on one array that holds the message from its first byte, and remembers places in it.
 */
final class EndOfMessage {
  private static final int NOWHERE = -1;
  private static final String COMMENT_MARK = "--";
  private static final String CDATA_MARK = "[CDATA[";
  private static final byte[] END = "</message".getBytes(StandardCharsets.US_ASCII);

  private enum Place {
    CONTENT,
    LESS_THAN,
    OPENING,
    CLOSING,
    BANG,
    COMMENT,
    CDATA,
    INSTRUCTION
  }

  /** How much of the end of a text message was just seen, in raw text. */
  private enum Tail {
    NOTHING,
    TEXT_CLOSED,
    ENVELOPE_CLOSED
  }

  private Place place = Place.CONTENT;
  private Tail tail = Tail.NOTHING;
  private int next;

  /** Where the place began: a name, or the inside of a comment, a section or an instruction. */
  private int start;

  private int typeStart = NOWHERE;
  private int typeEnd = NOWHERE;
  private boolean inText;
  private boolean directlyBehindText;

  /**
   * Looks at the bytes that came since the last call.
   *
   * @param bytes the message so far, from its first byte
   * @param count how many of them there are
   * @return where the message ends, behind its last byte; -1 when it has not ended yet
   */
  int find(byte[] bytes, int count) {
    boolean found = false;
    while (next < count && !found) {
      switch (place) {
        case CONTENT -> content(bytes, count);
        case LESS_THAN -> lessThan(bytes[next]);
        case OPENING, CLOSING -> found = tag(bytes, count);
        case BANG -> bang(bytes);
        case COMMENT -> inside(bytes, count, '-', 2);
        case CDATA -> inside(bytes, count, ']', 2);
        case INSTRUCTION -> inside(bytes, count, '?', 1);
      }
    }
    return found ? next : NOWHERE;
  }

  /** Where the last {@code </message>} among the bytes ends, or -1. */
  static int last(byte[] bytes, int count) {
    for (int first = count - END.length - 1; first >= 0; first--) {
      if (startsWithEnd(bytes, first)) {
        int i = first + END.length;
        while (i < count && isBlank(bytes[i])) {
          i++;
        }
        if (i < count && bytes[i] == '>') {
          return i + 1;
        }
      }
    }
    return NOWHERE;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  private static boolean startsWithEnd(byte[] bytes, int first) {
    for (int i = 0; i < END.length; i++) {
      if (lower(bytes[first + i]) != END[i]) {
        return false;
      }
    }
    return true;
  }

  private void content(byte[] bytes, int count) {
    int i = next;
    while (i < count && isBlank(bytes[i])) {
      i++;
    }
    directlyBehindText &= i == next;
    if (i < count && bytes[i] != '<') {
      directlyBehindText = false;
      tail = Tail.NOTHING;
      while (i < count && bytes[i] != '<') {
        i++;
      }
    }
    next = i;
    if (i < count) {
      if (typeStart != NOWHERE && typeEnd == NOWHERE) {
        typeEnd = i;
      }
      enter(Place.LESS_THAN, i + 1);
    }
  }

  private void lessThan(byte b) {
    if (b == '/') {
      enter(Place.CLOSING, next + 1);
    } else if (b == '!') {
      enter(Place.BANG, next + 1);
    } else if (b == '?' && !inText) {
      enter(Place.INSTRUCTION, next + 1);
    } else if (isNamePart(b)) {
      enter(Place.OPENING, next);
    } else {
      backToContent();
    }
  }

  /** Goes to the end of a tag; true when it ends the message. */
  private boolean tag(byte[] bytes, int count) {
    int i = next;
    while (i < count && bytes[i] != '>' && bytes[i] != '<') {
      i++;
    }
    next = i;
    if (i == count) {
      return false;
    }
    if (bytes[i] == '<') {
      backToContent();
      return false;
    }
    next = i + 1;
    boolean reached = place == Place.CLOSING && closed(bytes, i);
    if (place == Place.OPENING) {
      opened(bytes, i);
    }
    place = Place.CONTENT;
    return reached;
  }

  private void opened(byte[] bytes, int close) {
    boolean empty = bytes[close - 1] == '/';
    directlyBehindText = false;
    if (inText) {
      inText = tail != Tail.TEXT_CLOSED || !isNamed(bytes, close, "test");
    } else if (!empty && typeStart == NOWHERE && isNamed(bytes, close, "type")) {
      typeStart = next;
    } else if (!empty && isNamed(bytes, close, "text") && typeIsText(bytes)) {
      inText = true;
      directlyBehindText = true;
    }
    tail = Tail.NOTHING;
  }

  private boolean closed(byte[] bytes, int close) {
    directlyBehindText = false;
    if (!inText) {
      return isNamed(bytes, close, "message");
    }
    Tail before = tail;
    tail = Tail.NOTHING;
    if (isNamed(bytes, close, "text")) {
      tail = Tail.TEXT_CLOSED;
    } else if (before == Tail.TEXT_CLOSED && isNamed(bytes, close, "envelope")) {
      tail = Tail.ENVELOPE_CLOSED;
    }
    return before == Tail.ENVELOPE_CLOSED && isNamed(bytes, close, "message");
  }

  private void bang(byte[] bytes) {
    boolean isComment = bytes[start] == '-';
    boolean counts = !inText || (isComment ? tail != Tail.NOTHING : directlyBehindText);
    String mark = isComment ? COMMENT_MARK : CDATA_MARK;
    int seen = next - start;
    if (!counts || bytes[next] != mark.charAt(seen)) {
      backToContent();
    } else if (seen + 1 == mark.length()) {
      directlyBehindText = false;
      enter(isComment ? Place.COMMENT : Place.CDATA, next + 1);
    } else {
      next++;
    }
  }

  /** Goes to a {@code >} behind the given number of marks. */
  private void inside(byte[] bytes, int count, char mark, int marks) {
    int i = next;
    while (i < count && place != Place.CONTENT) {
      if (bytes[i] == '>'
          && i - marks >= start
          && bytes[i - 1] == mark
          && bytes[i - marks] == mark) {
        place = Place.CONTENT;
      }
      i++;
    }
    next = i;
  }

  private void enter(Place inside, int from) {
    place = inside;
    start = from;
    next = Math.max(next + 1, from);
  }

  /** What looked like markup was none; the next byte may begin some. */
  private void backToContent() {
    place = Place.CONTENT;
    tail = Tail.NOTHING;
    directlyBehindText = false;
  }

  private boolean typeIsText(byte[] bytes) {
    int first = typeStart;
    int last = typeEnd;
    while (first < last && isBlank(bytes[first])) {
      first++;
    }
    while (first < last && isBlank(bytes[last - 1])) {
      last--;
    }
    return is(bytes, first, last, "text-message");
  }

  /** Whether the tag has that name, in any case and with any prefix. */
  private boolean isNamed(byte[] bytes, int close, String wanted) {
    int first = start;
    int last = start;
    while (last < close && isNamePart(bytes[last])) {
      last++;
      if (bytes[last - 1] == ':') {
        first = last;
      }
    }
    if (!is(bytes, first, last, wanted)) {
      return false;
    }
    int rest = last;
    while (rest < close && isBlank(bytes[rest])) {
      rest++;
    }
    return place == Place.OPENING || rest == close;
  }

  private static boolean is(byte[] bytes, int first, int last, String wanted) {
    if (last - first != wanted.length()) {
      return false;
    }
    for (int i = 0; i < wanted.length(); i++) {
      if (lower(bytes[first + i]) != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNamePart(byte b) {
    return !isBlank(b) && b != '/' && b != '>' && b != '<' && b != '=' && b != '"' && b != '\'';
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 'a' - 'A') : b;
  }
}
