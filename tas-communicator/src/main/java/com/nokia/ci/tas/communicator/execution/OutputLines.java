package com.nokia.ci.tas.communicator.execution;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Makes lines of text from the bytes of an executor, however they are cut on the way: UTF-8, bytes
 * that are none become U+FFFD, as do characters that no XML may hold. A line ends at LF, CR or
 * CRLF; one that is longer than the limit is handed over in pieces, never in the middle of a
 * character. Used by one thread.
 */
final class OutputLines {
  /** Characters of a line after which it is handed over in pieces. */
  static final int LONGEST = 8_192;

  private static final char REPLACEMENT = '\uFFFD';

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final CharBuffer chars = CharBuffer.allocate(8_192);
  private final StringBuilder line = new StringBuilder();
  private final Consumer<String> lines;
  private ByteBuffer kept = ByteBuffer.allocate(0);
  private boolean afterCarriageReturn;

  /**
   * @param lines takes the lines
   */
  OutputLines(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Takes the next bytes; complete lines go out before this returns. */
  void add(byte[] bytes, int length) {
    var input = ByteBuffer.allocate(kept.remaining() + length);
    input.put(kept).put(bytes, 0, length).flip();
    decode(input, false);
    kept = ByteBuffer.allocate(input.remaining()).put(input).flip();
  }

  /** No more bytes will come: an unfinished line goes out. */
  void end() {
    decode(kept, true);
    chars.clear();
    decoder.flush(chars);
    takeChars();
    if (!line.isEmpty()) {
      emit();
    }
  }

  private void decode(ByteBuffer input, boolean last) {
    boolean more = true;
    while (more) {
      chars.clear();
      more = decoder.decode(input, chars, last).isOverflow();
      takeChars();
    }
  }

  private void takeChars() {
    chars.flip();
    while (chars.hasRemaining()) {
      take(chars.get());
    }
  }

  private void take(char c) {
    boolean second = afterCarriageReturn && c == '\n';
    afterCarriageReturn = c == '\r';
    if (second) {
      return;
    }
    if (c == '\n' || c == '\r') {
      emit();
      return;
    }
    if (line.length() >= LONGEST && !Character.isLowSurrogate(c)) {
      emit();
    }
    line.append(isXml(c) ? c : REPLACEMENT);
  }

  private void emit() {
    lines.accept(line.toString());
    line.setLength(0);
  }

  private static boolean isXml(char c) {
    return (c >= ' ' && c < '\uFFFE') || c == '\t';
  }
}
