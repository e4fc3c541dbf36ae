package com.nokia.ci.tas.commons.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.fuzzing.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A frame is read or refused by its head, and says the same written anew. */
class FrameCodecFuzzTest {
  private static final int LONGEST_MESSAGE = 65_536;
  private static final String WELCOME =
      """
      session=0a
      key=5d0c9f2e8a4b4c7e9d1f3a2b1c0d9e8f
      resumed=no
      received=0
      you=farm.example.org:31415
      acceptor=5d0c9f2e8a4b4c7e9d1f3a2b1c0d9e8f
      beat=5000
      silence=15000
      retention=600000
      """;

  static Stream<byte[]> frames() {
    return Stream.of(
            new Frame.Refused("no"),
            new Frame.Beat(),
            new Frame.Bye(""),
            new Frame.Message(7, "<message/>".getBytes(StandardCharsets.UTF_8)),
            new Frame.Ack(Long.MAX_VALUE),
            new Frame.Refusal(7, "not for me"),
            new Frame.Open(1, "<message/>".getBytes(StandardCharsets.UTF_8)),
            new Frame.Accept(2, 5, 0xFFFF_FFFFL),
            new Frame.Credit(-1, 65_536),
            new Frame.End(3, new byte[Frame.End.DIGEST]),
            new Frame.Done(4),
            new Frame.Reset(5, 3, "size"),
            new Frame.Welcome(WelcomeLines.parse(WELCOME)))
        .map(FrameCodec::write);
  }

  static Stream<byte[]> welcomes() {
    return Seeds.of(WELCOME, WELCOME.replace("resumed=no", "resumed=yes\nnew=1"));
  }

  @MethodSource("frames")
  @FuzzTest
  void aFrameIsReadOrRefusedAndSaysTheSameWrittenAnew(byte[] bytes) {
    if (bytes.length < FrameCodec.HEAD) {
      return;
    }
    try {
      var head = ByteBuffer.wrap(bytes);
      long length = Integer.toUnsignedLong(head.getInt());
      Optional<FrameType> type = FrameType.of(Byte.toUnsignedInt(head.get()));
      int payload = FrameType.payload(type, length, LONGEST_MESSAGE);
      if (type.isEmpty() || type.get() == FrameType.DATA || payload > head.remaining()) {
        return;
      }
      head.limit(head.position() + payload);
      Frame frame = FrameCodec.read(type.get(), head);
      byte[] written = FrameCodec.write(frame);
      assertFalse(head.hasRemaining());
      assertTrue(frame.toString().length() > 3);
      Frame again =
          FrameCodec.read(
              frame.type(),
              ByteBuffer.wrap(written, FrameCodec.HEAD, written.length - FrameCodec.HEAD));
      assertArrayEquals(written, FrameCodec.write(again));
      assertEquals(
          written.length - FrameCodec.HEAD + 1L,
          Integer.toUnsignedLong(ByteBuffer.wrap(written).getInt()));
    } catch (ProtocolException | UnknownFrameException refused) {
      assertTrue(refused.getMessage().length() < 2_000, refused.getMessage());
    }
  }

  @MethodSource("welcomes")
  @FuzzTest
  void aWelcomeSaysTheSameWrittenAnew(byte[] bytes) {
    try {
      var lines = WelcomeLines.parse(new String(bytes, StandardCharsets.UTF_8));
      assertEquals(lines, WelcomeLines.parse(lines.text()));
      boolean isTold =
          lines.key().length() > 8
              && lines.toString().contains(lines.key())
              && !lines.key().equals(lines.acceptor())
              && !lines.session().contains(lines.key())
              && !lines.acceptor().contains(lines.key())
              && !lines.you().host().contains(lines.key());
      assertFalse(isTold, lines.toString());
    } catch (ProtocolException refused) {
      assertTrue(refused.getMessage().length() < 2_000, refused.getMessage());
    }
  }
}
