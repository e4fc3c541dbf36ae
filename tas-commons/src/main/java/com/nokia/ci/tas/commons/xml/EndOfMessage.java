package com.nokia.ci.tas.commons.xml;

import java.nio.charset.StandardCharsets;

/**
 * Recognises the end of a message byte by byte. It knows just enough of XML for that: tags,
 * comments, CDATA sections, processing instructions; and that raw lines stand in the text of a text
 * message. All that matters is ASCII, so the bytes of other characters pass as content.
 */
final class EndOfMessage {
  private static final int LONGEST_NAME = 16;
  private static final byte[] END = "</message".getBytes(StandardCharsets.US_ASCII);

  private enum Place {
    CONTENT,
    LESS_THAN,
    OPENING_NAME,
    OPENING_REST,
    CLOSING_NAME,
    CLOSING_REST,
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

  private final StringBuilder name = new StringBuilder(LONGEST_NAME);
  private final StringBuilder type = new StringBuilder(LONGEST_NAME);
  private Place place = Place.CONTENT;
  private Tail tail = Tail.NOTHING;
  private boolean inType;
  private boolean inText;
  private boolean directlyBehindText;
  private byte previous;
  private byte beforePrevious;

  /** Takes the next byte; true when it is the last one of the message. */
  boolean isReachedBy(byte b) {
    boolean reached = false;
    switch (place) {
      case CONTENT -> content(b);
      case LESS_THAN -> lessThan(b);
      case OPENING_NAME, OPENING_REST -> opening(b);
      case CLOSING_NAME, CLOSING_REST -> reached = closing(b);
      case BANG -> bang(b);
      case COMMENT -> leaveAt(b == '>' && previous == '-' && beforePrevious == '-');
      case CDATA -> leaveAt(b == '>' && previous == ']' && beforePrevious == ']');
      case INSTRUCTION -> leaveAt(b == '>' && previous == '?');
    }
    beforePrevious = previous;
    previous = b;
    return reached;
  }

  /** Where the last {@code </message>} among the bytes ends, or -1. */
  static int last(byte[] bytes, int count) {
    for (int start = count - END.length - 1; start >= 0; start--) {
      if (startsWithEnd(bytes, start)) {
        int i = start + END.length;
        while (i < count && isBlank(bytes[i])) {
          i++;
        }
        if (i < count && bytes[i] == '>') {
          return i + 1;
        }
      }
    }
    return -1;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  private static boolean startsWithEnd(byte[] bytes, int start) {
    for (int i = 0; i < END.length; i++) {
      if (lower(bytes[start + i]) != END[i]) {
        return false;
      }
    }
    return true;
  }

  private void content(byte b) {
    if (b == '<') {
      place = Place.LESS_THAN;
      return;
    }
    directlyBehindText = false;
    if (isBlank(b)) {
      return;
    }
    tail = Tail.NOTHING;
    if (inType && type.length() < LONGEST_NAME) {
      type.append((char) lower(b));
    }
  }

  private void lessThan(byte b) {
    name.setLength(0);
    if (b == '/') {
      place = Place.CLOSING_NAME;
    } else if (b == '!') {
      place = Place.BANG;
    } else if (b == '?' && !inText) {
      place = Place.INSTRUCTION;
    } else if (isNamePart(b)) {
      name.append((char) lower(b));
      place = Place.OPENING_NAME;
    } else {
      backToContent(b);
    }
  }

  private void opening(byte b) {
    if (b == '<') {
      tail = Tail.NOTHING;
      place = Place.LESS_THAN;
    } else if (b == '>') {
      place = Place.CONTENT;
      opened(previous == '/');
    } else if (place == Place.OPENING_NAME) {
      collectName(b, Place.OPENING_REST);
    }
  }

  private void opened(boolean empty) {
    if (inText) {
      if (tail == Tail.TEXT_CLOSED && nameIs("test")) {
        inText = false;
      }
    } else if (!empty && nameIs("type") && type.length() == 0) {
      inType = true;
    } else if (!empty && nameIs("text") && typeIsText()) {
      inText = true;
      directlyBehindText = true;
    }
    tail = Tail.NOTHING;
  }

  private boolean closing(byte b) {
    if (b == '>') {
      place = Place.CONTENT;
      return closed();
    }
    if (b == '<') {
      tail = Tail.NOTHING;
      place = Place.LESS_THAN;
    } else if (place == Place.CLOSING_NAME) {
      collectName(b, Place.CLOSING_REST);
    } else if (!isBlank(b)) {
      backToContent(b);
    }
    return false;
  }

  private boolean closed() {
    directlyBehindText = false;
    inType = false;
    if (!inText) {
      return nameIs("message");
    }
    if (nameIs("text")) {
      tail = Tail.TEXT_CLOSED;
    } else if (tail == Tail.TEXT_CLOSED && nameIs("envelope")) {
      tail = Tail.ENVELOPE_CLOSED;
    } else if (tail == Tail.ENVELOPE_CLOSED && nameIs("message")) {
      return true;
    } else {
      tail = Tail.NOTHING;
    }
    return false;
  }

  private void bang(byte b) {
    name.append((char) b);
    boolean commentCounts = !inText || tail != Tail.NOTHING;
    boolean cdataCounts = !inText || directlyBehindText;
    if (commentCounts && nameIs("--")) {
      enter(Place.COMMENT);
    } else if (cdataCounts && nameIs("[CDATA[")) {
      enter(Place.CDATA);
    } else if (!"--".startsWith(name.toString()) && !"[CDATA[".startsWith(name.toString())) {
      backToContent(b);
    }
  }

  private void enter(Place inside) {
    place = inside;
    directlyBehindText = false;
    // The dashes of <!-- must not count for --> as well, as in <!-->.
    previous = 0;
  }

  private void leaveAt(boolean end) {
    if (end) {
      place = Place.CONTENT;
    }
  }

  private void backToContent(byte b) {
    tail = Tail.NOTHING;
    place = Place.CONTENT;
    content(b);
  }

  private void collectName(byte b, Place rest) {
    if (b == ':') {
      name.setLength(0);
    } else if (isNamePart(b)) {
      if (name.length() < LONGEST_NAME) {
        name.append((char) lower(b));
      }
    } else {
      place = rest;
    }
  }

  private boolean typeIsText() {
    return "text-message".contentEquals(type);
  }

  private boolean nameIs(String wanted) {
    return wanted.contentEquals(name);
  }

  private static boolean isNamePart(byte b) {
    return !isBlank(b) && b != '/' && b != '>' && b != '<' && b != '=' && b != '"' && b != '\'';
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 'a' - 'A') : b;
  }
}
