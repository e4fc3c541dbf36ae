package com.nokia.ci.tas.commons.session;

import static com.nokia.ci.tas.commons.session.Octets.buffer;

import com.nokia.ci.tas.commons.model.SafeName;
import java.util.Objects;

/**
 * One thing that the two sides of a session say to each other (docs/session.md, section 3).
 *
 * <p>The octets of files ({@link FrameType#DATA}) are not among them: they pass through without
 * becoming a value. Numbers of streams are unsigned. The arrays in the records belong to the
 * records; nobody changes them.
 */
public sealed interface Frame {

  /** What stands for it in the head. */
  FrameType type();

  /** What stands behind the head, without {@link #xml}. */
  byte[] payload();

  /** The message that stands behind {@link #payload}, empty where there is none. */
  default byte[] xml() {
    return Octets.NONE;
  }

  /** Calls the method for its type. */
  void giveTo(FrameHandler handler);

  /** Takes the offer; the first frame of the acceptor. Holds the secret key of the session. */
  record Welcome(WelcomeLines lines) implements Frame {
    public Welcome {
      Objects.requireNonNull(lines, "lines");
    }

    @Override
    public FrameType type() {
      return FrameType.WELCOME;
    }

    @Override
    public byte[] payload() {
      return Octets.of(lines.text());
    }

    @Override
    public void giveTo(FrameHandler handler) {
      handler.on(this);
    }
  }

  /** Declines the offer. */
  record Refused(String sentence) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.REFUSED;
    }

    @Override
    public byte[] payload() {
      return Octets.ofSentence(sentence);
    }

    @Override
    public void giveTo(FrameHandler handler) {
      handler.on(this);
    }
  }

  /** I am here. */
  record Beat() implements Frame {
    @Override
    public FrameType type() {
      return FrameType.BEAT;
    }

    @Override
    public byte[] payload() {
      return Octets.NONE;
    }

    @Override
    public void giveTo(FrameHandler handler) {
      handler.on(this);
    }
  }

  /** The session ends for good. */
  record Bye(String sentence) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.BYE;
    }

    @Override
    public byte[] payload() {
      return Octets.ofSentence(sentence);
    }

    @Override
    public void giveTo(FrameHandler handler) {
      handler.on(this);
    }
  }

  /**
   * A message of the plain protocol.
   *
   * @param number from 1, without gaps
   * @param xml the message
   */
  record Message(long number, byte[] xml) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.MESSAGE;
    }

    @Override
    public byte[] payload() {
      return buffer(Long.BYTES).putLong(number).array();
    }

    @Override
    public void giveTo(FrameHandler handler) {
      handler.on(this);
    }

    @Override
    public String toString() {
      return "Message[number=" + number + ", " + xml.length + " bytes]";
    }
  }

  /** All messages up to this one were taken. */
  record Ack(long number) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.ACK;
    }

    @Override
    public byte[] payload() {
      return buffer(Long.BYTES).putLong(number).array();
    }

    @Override
    public void giveTo(FrameHandler handler) {
      handler.on(this);
    }
  }

  /** This message was not taken; all before it were taken or refused. */
  record Refusal(long number, String sentence) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.REFUSAL;
    }

    @Override
    public byte[] payload() {
      return Octets.ofSentence(number, sentence);
    }

    @Override
    public void giveTo(FrameHandler handler) {
      handler.on(this);
    }
  }

  /** A file is to follow; {@code xml} is the put that announces it. */
  record Open(int stream, byte[] xml) implements Frame {
    @Override
    public FrameType type() {
      return FrameType.OPEN;
    }

    @Override
    public byte[] payload() {
      return buffer(Integer.BYTES).putInt(stream).array();
    }

    @Override
    public void giveTo(FrameHandler handler) {
      handler.on(this);
    }

    @Override
    public String toString() {
      return "Open[stream=" + Integer.toUnsignedString(stream) + ", " + xml.length + " bytes]";
    }
  }

  /** What is said of a file whose stream is open. */
  sealed interface OfStream extends Frame {
    /** Of the file, on this connection; unsigned. */
    int stream();

    /** Calls the method for its type. */
    void giveTo(StreamHandler handler);

    @Override
    default void giveTo(FrameHandler handler) {
      handler.on(this);
    }
  }

  /**
   * Send the file.
   *
   * @param offset from which octet on, 0 or more
   * @param credit how many octets, 0 to 2^32 - 1
   */
  record Accept(int stream, long offset, long credit) implements OfStream {
    public Accept {
      requireUnsigned(credit);
    }

    @Override
    public FrameType type() {
      return FrameType.ACCEPT;
    }

    @Override
    public byte[] payload() {
      return buffer(16).putInt(stream).putLong(offset).putInt((int) credit).array();
    }

    @Override
    public void giveTo(StreamHandler handler) {
      handler.on(this);
    }
  }

  /** So many octets more, 0 to 2^32 - 1. */
  record Credit(int stream, long credit) implements OfStream {
    public Credit {
      requireUnsigned(credit);
    }

    @Override
    public FrameType type() {
      return FrameType.CREDIT;
    }

    @Override
    public byte[] payload() {
      return buffer(8).putInt(stream).putInt((int) credit).array();
    }

    @Override
    public void giveTo(StreamHandler handler) {
      handler.on(this);
    }
  }

  /** That was all; {@code sha256} has 32 octets and is of the whole file. */
  record End(int stream, byte[] sha256) implements OfStream {
    /** How many octets a digest has. */
    public static final int DIGEST = 32;

    public End {
      if (sha256.length != DIGEST) {
        throw new IllegalArgumentException("a SHA-256 of " + sha256.length + " octets");
      }
    }

    @Override
    public FrameType type() {
      return FrameType.END;
    }

    @Override
    public byte[] payload() {
      return buffer(Integer.BYTES + DIGEST).putInt(stream).put(sha256).array();
    }

    @Override
    public void giveTo(StreamHandler handler) {
      handler.on(this);
    }
  }

  /** Stored and verified. */
  record Done(int stream) implements OfStream {
    @Override
    public FrameType type() {
      return FrameType.DONE;
    }

    @Override
    public byte[] payload() {
      return buffer(Integer.BYTES).putInt(stream).array();
    }

    @Override
    public void giveTo(StreamHandler handler) {
      handler.on(this);
    }
  }

  /**
   * The stream ends without success.
   *
   * @param code why, 0 to 255 (docs/session.md, section 6)
   * @param sentence for a person, as the peer wrote it
   */
  record Reset(int stream, int code, String sentence) implements OfStream {
    public Reset {
      if (code < 0 || code > 0xFF) {
        throw new IllegalArgumentException("code " + code + " is no octet");
      }
    }

    @Override
    public FrameType type() {
      return FrameType.RESET;
    }

    @Override
    public byte[] payload() {
      return Octets.ofReset(stream, code, sentence);
    }

    @Override
    public void giveTo(StreamHandler handler) {
      handler.on(this);
    }

    @Override
    public String toString() {
      return "Reset[stream="
          + Integer.toUnsignedString(stream)
          + ", code="
          + code
          + ", "
          + SafeName.shown(sentence)
          + "]";
    }
  }

  private static void requireUnsigned(long credit) {
    if (credit < 0 || credit > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("credit " + credit + " does not fit into 4 octets");
    }
  }
}
