package com.nokia.ci.tas.commons.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

final class FrameCodecTest {
  private static final int MESSAGE_LIMIT = 1_000;
  private static final byte[] XML = bytes("<message></message>\n");
  static final WelcomeLines WELCOME =
      new WelcomeLines(
          "7f3a",
          "c0ffee12",
          /* resumed= */ true,
          41,
          new Endpoint("node-1.example.org", 27182),
          "0123456789abcdef0123456789abcdef",
          WelcomeLines.Times.of(Duration.ofSeconds(15), Duration.ofMinutes(10)));

  static Stream<Frame> frames() {
    return Stream.of(
        new Frame.Welcome(WELCOME),
        new Frame.Refused("make keys"),
        new Frame.Beat(),
        new Frame.Bye(""),
        new Frame.Bye("gone"),
        new Frame.Message(1, XML),
        new Frame.Message(Long.MAX_VALUE, new byte[0]),
        new Frame.Ack(77),
        new Frame.Refusal(3, "no such thing"),
        new Frame.Open(1, XML),
        new Frame.Accept(0xFFFF_FFFF, 1L << 40, 0xFFFF_FFFFL),
        new Frame.Credit(2, 65_536),
        new Frame.End(3, new byte[Frame.End.DIGEST]),
        new Frame.Done(4),
        new Frame.Reset(5, 255, "sorry"));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void whatIsWrittenIsReadAgain(Frame frame) {
    byte[] written = FrameCodec.write(frame);
    var buffer = ByteBuffer.wrap(written);
    long length = Integer.toUnsignedLong(buffer.getInt());
    Optional<FrameType> type = FrameType.of(Byte.toUnsignedInt(buffer.get()));

    assertEquals(Optional.of(frame.type()), type);
    assertEquals(buffer.remaining(), FrameType.payload(type, length, MESSAGE_LIMIT));
    Frame read = FrameCodec.read(frame.type(), buffer);
    assertArrayEquals(written, FrameCodec.write(read));
    assertEquals(frame.getClass(), read.getClass());
  }

  @ParameterizedTest
  @MethodSource("frames")
  void noPrefixOfAPayloadIsTakenForAnotherNumber(Frame frame) {
    byte[] written = FrameCodec.write(frame);
    byte[] fixed = frame.payload();
    int numbers = Math.min(fixed.length, frame.type() == FrameType.WELCOME ? 0 : 4);
    for (int length = 0; length < numbers; length++) {
      byte[] cut = Arrays.copyOfRange(written, FrameCodec.HEAD, FrameCodec.HEAD + length);
      if (frame instanceof Frame.Refused || frame instanceof Frame.Bye) {
        continue;
      }
      assertThrows(
          ProtocolException.class, () -> FrameCodec.read(frame.type(), ByteBuffer.wrap(cut)));
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"BEAT", "ACK", "ACCEPT", "CREDIT", "END", "DONE"})
  void octetsTooManyAreRefused(FrameType type) {
    assertThrows(ProtocolException.class, () -> FrameCodec.read(type, ByteBuffer.allocate(100)));
  }

  /** The octets that the protocol reference promises, so that others can check theirs. */
  @Test
  void aMessageLooksAsDescribed() {
    assertEquals("0000000b10000000000000002a3c61", hexadecimal(new Frame.Message(42, bytes("<a"))));
    assertEquals("0000000103", hexadecimal(new Frame.Beat()));
    assertEquals("0000000911000000000000002a", hexadecimal(new Frame.Ack(42)));
    assertEquals(
        "0000001121000000030000000100000000" + "00010000",
        hexadecimal(new Frame.Accept(3, 1L << 32, 65_536)));
  }

  private static String hexadecimal(Frame frame) {
    return HexFormat.of().formatHex(FrameCodec.write(frame));
  }

  @ParameterizedTest
  @CsvSource({"5", "0", "127", "15", "39"})
  void anUnknownLowTypeEndsTheSession(int code) {
    assertThrows(UnknownFrameException.class, () -> FrameType.of(code));
  }

  @Test
  void anUnknownHighTypeIsSkipped() {
    assertEquals(Optional.empty(), FrameType.of(0x80));
    assertEquals(Optional.empty(), FrameType.of(0xFF));
    assertEquals(8_191, FrameType.payload(Optional.empty(), 8_192, MESSAGE_LIMIT));
  }

  @Test
  void aFrameIsAsLongAsItsTypeAllows() {
    assertEquals(
        MESSAGE_LIMIT + 8,
        FrameType.payload(Optional.of(FrameType.MESSAGE), MESSAGE_LIMIT + 9, MESSAGE_LIMIT));
    for (FrameType type : FrameType.values()) {
      assertThrows(
          ProtocolException.class, () -> FrameType.payload(Optional.of(type), 0, MESSAGE_LIMIT));
      assertThrows(
          ProtocolException.class,
          () -> FrameType.payload(Optional.of(type), 0xFFFF_FFFFL, MESSAGE_LIMIT));
    }
    assertThrows(
        ProtocolException.class,
        () -> FrameType.payload(Optional.of(FrameType.DATA), 262_150, MESSAGE_LIMIT));
    assertThrows(
        ProtocolException.class,
        () -> FrameType.payload(Optional.of(FrameType.ACK), 8_193, MESSAGE_LIMIT));
  }

  @Test
  void aLongSentenceIsCutAndStaysText() {
    var frame = new Frame.Bye("ü".repeat(10_000));

    var read = (Frame.Bye) FrameCodec.read(FrameType.BYE, ByteBuffer.wrap(frame.payload()));

    assertTrue(frame.payload().length <= 4_000);
    assertTrue(read.sentence().matches("ü+"));
  }

  @Test
  void numbersBeyondAllUseAreRefused() {
    ByteBuffer huge = ByteBuffer.allocate(8).putLong(-1).flip();

    assertThrows(ProtocolException.class, () -> FrameCodec.read(FrameType.ACK, huge));
  }

  @Test
  void aWelcomeIsReadBackAndHidesItsKey() {
    assertEquals(WELCOME, WelcomeLines.parse(WELCOME.text()));
    assertEquals(WELCOME, WelcomeLines.parse("later=addition\n" + WELCOME.text() + "x=y\n"));
    assertFalse(WELCOME.toString().contains("c0ffee12"));
    assertFalse(new Frame.Welcome(WELCOME).toString().contains("c0ffee12"));
  }

  @Test
  void aWelcomeThatMakesNoSenseIsRefused() {
    for (String line : WELCOME.text().split("\n")) {
      String key = line.substring(0, line.indexOf('='));
      String without = WELCOME.text().replace(line + "\n", "");
      assertEquals(
          "the welcome does not say " + key,
          assertThrows(ProtocolException.class, () -> WelcomeLines.parse(without)).getMessage());
    }
    for (String wrong : List.of("beat=0", "you=nowhere", "received=-1", "silence=1e9", "key=x y")) {
      assertThrows(
          ProtocolException.class, () -> WelcomeLines.parse(WELCOME.text() + wrong + "\n"));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
