package com.nokia.ci.tas.commons.session;

import com.nokia.ci.tas.commons.model.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Octets of frames and back (docs/session.md, section 3). Immutable; for any number of threads.
 *
 * <p>The head of a frame is 4 octets of length and one of type; {@link FrameType#payload} checks it
 * before the payload is here.
 */
public final class FrameCodec {

  /** The octets in front of a payload. */
  public static final int HEAD = 5;

  private FrameCodec() {}

  /**
   * Reads the payload of a frame.
   *
   * @param type any but {@link FrameType#DATA}
   * @param payload all of it; is taken to the end
   * @throws ProtocolException when the payload is not of that type
   */
  public static Frame read(FrameType type, ByteBuffer payload) {
    int least = least(type);
    if (payload.remaining() < least) {
      throw new ProtocolException(
          "a frame " + type + " has " + payload.remaining() + " octets, at least " + least);
    }
    Frame frame = taken(type, payload);
    if (payload.hasRemaining()) {
      throw new ProtocolException(
          "a frame " + type + " has " + payload.remaining() + " octets too many");
    }
    return frame;
  }

  private static int least(FrameType type) {
    return switch (type) {
      case WELCOME, REFUSED, BEAT, BYE -> 0;
      case MESSAGE, ACK, REFUSAL -> Long.BYTES;
      case OPEN, DATA, DONE -> Integer.BYTES;
      case ACCEPT -> 2 * Integer.BYTES + Long.BYTES;
      case CREDIT -> 2 * Integer.BYTES;
      case END -> Integer.BYTES + Frame.End.DIGEST;
      case RESET -> Integer.BYTES + 1;
    };
  }

  private static Frame taken(FrameType type, ByteBuffer from) {
    return switch (type) {
      case WELCOME -> new Frame.Welcome(WelcomeLines.parse(text(from)));
      case REFUSED -> new Frame.Refused(text(from));
      case BEAT -> new Frame.Beat();
      case BYE -> new Frame.Bye(text(from));
      case MESSAGE -> new Frame.Message(number(from), rest(from));
      case ACK -> new Frame.Ack(number(from));
      case REFUSAL -> new Frame.Refusal(number(from), text(from));
      case OPEN -> new Frame.Open(from.getInt(), rest(from));
      case ACCEPT -> new Frame.Accept(from.getInt(), number(from), unsigned(from));
      case CREDIT -> new Frame.Credit(from.getInt(), unsigned(from));
      case END -> new Frame.End(from.getInt(), octets(from, Frame.End.DIGEST));
      case DONE -> new Frame.Done(from.getInt());
      case RESET -> new Frame.Reset(from.getInt(), Byte.toUnsignedInt(from.get()), text(from));
      case DATA -> throw new IllegalArgumentException("octets of files are no frame");
    };
  }

  /** A whole frame: head, payload and XML. */
  public static byte[] write(Frame frame) {
    byte[] payload = frame.payload();
    byte[] xml = frame.xml();
    return Octets.buffer(HEAD + payload.length + xml.length)
        .putInt(1 + payload.length + xml.length)
        .put((byte) frame.type().code())
        .put(payload)
        .put(xml)
        .array();
  }

  private static long number(ByteBuffer from) {
    long number = from.getLong();
    if (number < 0) {
      throw new ProtocolException(
          "the number " + Long.toUnsignedString(number) + " is larger than any that is in use");
    }
    return number;
  }

  private static long unsigned(ByteBuffer from) {
    return Integer.toUnsignedLong(from.getInt());
  }

  private static byte[] octets(ByteBuffer from, int count) {
    byte[] octets = new byte[count];
    from.get(octets);
    return octets;
  }

  private static byte[] rest(ByteBuffer from) {
    return octets(from, from.remaining());
  }

  private static String text(ByteBuffer from) {
    return new String(rest(from), StandardCharsets.UTF_8);
  }
}
