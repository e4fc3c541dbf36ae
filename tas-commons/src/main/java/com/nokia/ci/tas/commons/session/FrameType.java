package com.nokia.ci.tas.commons.session;

import com.nokia.ci.tas.commons.model.ProtocolException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types of frames and the octets that stand for them (docs/session.md, section 3). */
public enum FrameType {
  WELCOME(0x01),
  REFUSED(0x02),
  BEAT(0x03),
  BYE(0x04),
  MESSAGE(0x10),
  ACK(0x11),
  REFUSAL(0x12),
  OPEN(0x20),
  ACCEPT(0x21),
  DATA(0x22),
  CREDIT(0x23),
  END(0x24),
  DONE(0x25),
  RESET(0x26);

  /** The longest message in a frame. */
  public static final int LONGEST_MESSAGE = 4 << 20;

  /** The most octets of a file in one {@link #DATA}. */
  public static final int MOST_OCTETS_OF_FILE = 262_144;

  /** The longest payload of a frame that carries neither a message nor octets of a file. */
  public static final int LONGEST_OTHER = 8_191;

  /** A type from here on that is not known is skipped. */
  public static final int FIRST_SKIPPED = 0x80;

  private static final Map<Integer, FrameType> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(FrameType::code, Function.identity()));

  private final int code;

  FrameType(int code) {
    this.code = code;
  }

  /** The octet in the head of the frame. */
  public int code() {
    return code;
  }

  /**
   * The type that an octet stands for.
   *
   * @return empty when it is not known and is to be skipped
   * @throws UnknownFrameException when it is not known and may not be skipped
   */
  public static Optional<FrameType> of(int code) {
    FrameType type = BY_CODE.get(code);
    if (type == null && code < FIRST_SKIPPED) {
      throw new UnknownFrameException(code);
    }
    return Optional.ofNullable(type);
  }

  /**
   * Checks the head of a frame before its payload is waited for.
   *
   * @param length as the head says it: the type and the payload
   * @param longestMessage the longest XML that is accepted
   * @return the length of the payload
   * @throws ProtocolException when the frame is longer than its type allows
   */
  public static int payload(Optional<FrameType> type, long length, int longestMessage) {
    long payload = length - 1;
    long longest = type.map(it -> it.longest(longestMessage)).orElse((long) LONGEST_OTHER);
    if (payload < 0 || payload > longest) {
      throw new ProtocolException(
          "a frame "
              + type.map(FrameType::name).orElse("of unknown type")
              + " has a length of "
              + length
              + ", between 1 and "
              + (longest + 1)
              + " is possible");
    }
    return (int) payload;
  }

  /**
   * Checks the length of the payload of a {@link #DATA}.
   *
   * @throws ProtocolException when not even the number of the stream fits into it
   */
  public static void requireStream(int payload) {
    if (payload < Integer.BYTES) {
      throw new ProtocolException("a frame DATA has " + payload + " octets, at least 4");
    }
  }

  private long longest(int longestMessage) {
    return switch (this) {
      case MESSAGE -> (long) Long.BYTES + longestMessage;
      case OPEN -> (long) Integer.BYTES + longestMessage;
      case DATA -> (long) Integer.BYTES + MOST_OCTETS_OF_FILE;
      case WELCOME, REFUSED, BEAT, BYE, ACK, REFUSAL, ACCEPT, CREDIT, END, DONE, RESET ->
          LONGEST_OTHER;
    };
  }
}
