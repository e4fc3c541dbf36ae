package com.nokia.ci.tas.commons.xml;

import com.nokia.ci.tas.commons.model.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds where a message ends in the bytes of one connection, and collects it, whatever its layout
 * (guide, "Message": the message ends with {@code </message>} and the bytes of a file begin on the
 * next line).
 *
 * <p>Use: give it every chunk that arrives to {@link #scan}. While it answers {@link State#WITHIN}
 * it has taken the whole chunk. At {@link State#ENDED} the message is in {@link #message} and what
 * remains in the chunk has not been looked at. If that message is followed by a file, go on giving
 * it bytes until it answers {@link State#AT_FILE}: the file begins with the next remaining byte.
 * When the peer closes before {@code AT_FILE}, call {@link #endOfStream}.
 *
 * <p>The end is the first {@code </message>} in any case, with any prefix, that is not inside a
 * comment, a CDATA section or a processing instruction. The text of a text message may hold
 * anything: only {@code </text>}, {@code </envelope>} and {@code </message>} one after the other
 * end it, and a CDATA section counts only directly behind {@code <text>}.
 *
 * <p>Memory: the bytes of the message so far, never more than the limit. For one thread at a time.
 */
public final class MessageScanner {

  /** How far the connection is. */
  public enum State {
    /** The message has not ended yet. */
    WITHIN,
    /** {@code </message>} was the last byte taken. */
    ENDED,
    /** The line of {@code </message>} has ended; bytes of a file come next. */
    AT_FILE
  }

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int FIRST_CAPACITY = 1024;

  private final int limit;
  private final EndOfMessage end = new EndOfMessage();
  private byte[] bytes = {};
  private int count;
  private boolean begun;
  private State state = State.WITHIN;

  /**
   * A scanner for one message.
   *
   * @param limit the longest message accepted, in bytes
   */
  public MessageScanner(int limit) {
    if (limit <= 0) {
      throw new IllegalArgumentException("limit " + limit + " is not positive");
    }
    this.limit = limit;
  }

  /**
   * Takes bytes up to the next change of state.
   *
   * @param chunk its position is moved behind the last byte taken
   * @return the state after that byte
   * @throws ProtocolException when the message is longer than the limit or does not begin with
   *     {@code <}; the connection has nothing more to say
   */
  public State scan(ByteBuffer chunk) {
    if (state == State.WITHIN) {
      scanMessage(chunk);
    } else if (state == State.ENDED) {
      scanLineEnd(chunk);
    }
    return state;
  }

  /**
   * What to make of a peer that has closed its side.
   *
   * @return whether there is a message; false when the peer sent nothing at all, which is how peers
   *     ask whether a program is alive
   * @throws ProtocolException when the message is cut off
   */
  public boolean endOfStream() {
    if (state == State.WITHIN) {
      if (!begun) {
        return false;
      }
      int lastEnd = EndOfMessage.last(bytes, count);
      if (lastEnd < 0) {
        throw new ProtocolException(
            "the connection was closed after "
                + count
                + " bytes of a message, before its </message>");
      }
      count = lastEnd;
    }
    state = State.AT_FILE;
    return true;
  }

  public State state() {
    return state;
  }

  /**
   * The message, {@code </message>} included.
   *
   * @throws IllegalStateException before its end was found
   */
  public byte[] message() {
    if (state == State.WITHIN) {
      throw new IllegalStateException("the message has not ended");
    }
    return Arrays.copyOf(bytes, count);
  }

  private void scanMessage(ByteBuffer chunk) {
    keep(chunk, Math.min(chunk.remaining(), limit - count));
    if (!begun) {
      checkBeginning();
    }
    int found = end.find(bytes, count);
    if (found >= 0) {
      chunk.position(chunk.position() - (count - found));
      count = found;
      state = State.ENDED;
    } else if (chunk.hasRemaining()) {
      throw new ProtocolException(
          "the message is longer than " + limit + " bytes and has no </message> yet");
    }
  }

  private void scanLineEnd(ByteBuffer chunk) {
    while (chunk.hasRemaining() && state == State.ENDED) {
      byte b = chunk.get(chunk.position());
      if (b == ' ' || b == '\t' || b == '\r') {
        chunk.get();
      } else {
        if (b == '\n') {
          chunk.get();
        }
        state = State.AT_FILE;
      }
    }
  }

  private void keep(ByteBuffer chunk, int added) {
    if (count + added > bytes.length) {
      long doubled = Math.max(FIRST_CAPACITY, 2L * bytes.length);
      int capacity = (int) Math.min(limit, Math.max(doubled, count + added));
      bytes = Arrays.copyOf(bytes, capacity);
    }
    chunk.get(bytes, count, added);
    count += added;
  }

  /** Binary garbage is refused at its first byte, not when it reaches the limit. */
  private void checkBeginning() {
    int i = 0;
    while (i < Math.min(count, BYTE_ORDER_MARK.length) && bytes[i] == BYTE_ORDER_MARK[i]) {
      i++;
    }
    if (i > 0 && i < BYTE_ORDER_MARK.length && i < count) {
      i = 0;
    }
    while (i < count && EndOfMessage.isBlank(bytes[i])) {
      i++;
    }
    if (i < count) {
      if (bytes[i] != '<') {
        throw new ProtocolException(
            "this is no message: it begins with byte "
                + Byte.toUnsignedInt(bytes[i])
                + " where < of <?xml version=\"1.0\" encoding=\"UTF-8\"?> is expected, in UTF-8");
      }
      begun = true;
    }
  }
}
