package com.nokia.ci.tas.commons.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.FrameCodec;
import com.nokia.ci.tas.commons.session.UnknownFrameException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames out of octets, however they are cut. */
final class FrameDecoderTest {
  private static final int LIMIT = 10_000;

  private final PartialMessages partial = new PartialMessages(12_000);
  private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(LIMIT, partial));

  @AfterEach
  void nothingIsHeld() {
    channel.finishAndReleaseAll();
    assertEquals(0, partial.held());
  }

  @Test
  void framesComeOutHoweverTheOctetsAreCut() throws Exception {
    var octets = new ByteArrayOutputStream();
    octets.write(FrameCodec.write(new Frame.Beat()));
    octets.write(FrameCodec.write(new Frame.Message(1, new byte[9_000])));
    octets.write(HexFormat.of().parseHex("00000003" + "91" + "0102"));
    octets.write(HexFormat.of().parseHex("00000001" + "80"));
    octets.write(FrameCodec.write(new Frame.Ack(7)));
    var random = new Random(1);
    for (int round = 0; round < 200; round++) {
      feed(octets.toByteArray(), random);

      assertEquals(new Frame.Beat(), channel.readInbound());
      assertEquals(9_000, ((Frame.Message) channel.readInbound()).xml().length);
      assertEquals(new Frame.Ack(7), channel.readInbound());
      assertNull(channel.readInbound());
    }
  }

  private void feed(byte[] octets, Random random) {
    int at = 0;
    while (at < octets.length) {
      int end = Math.min(octets.length, at + 1 + random.nextInt(random.nextBoolean() ? 5 : 4_000));
      channel.writeInbound(Unpooled.copiedBuffer(Arrays.copyOfRange(octets, at, end)));
      at = end;
    }
  }

  @Test
  void octetsOfFilesAreHandedOnAsTheyCome() {
    byte[] head = HexFormat.of().parseHex("00000009" + "22" + "00000003");
    channel.writeInbound(Unpooled.copiedBuffer(head));
    assertNull(channel.readInbound());

    channel.writeInbound(Unpooled.copiedBuffer(new byte[] {1}));
    channel.writeInbound(Unpooled.copiedBuffer(new byte[] {2, 3, 4}));

    assertOctets(3, new byte[] {1});
    assertOctets(3, new byte[] {2, 3, 4});
    channel.writeInbound(Unpooled.copiedBuffer(FrameCodec.write(new Frame.Beat())));
    assertEquals(new Frame.Beat(), channel.readInbound());
  }

  private void assertOctets(int stream, byte[] expected) {
    StreamOctets octets = channel.readInbound();
    assertEquals(stream, octets.stream());
    ByteBuf content = octets.content();
    byte[] actual = new byte[content.readableBytes()];
    content.readBytes(actual);
    assertArrayEquals(expected, actual);
    octets.release();
  }

  @Test
  void aFrameThatIsTooLongIsRefusedAtItsHead() {
    assertRefused(ProtocolException.class, "7fffffff" + "10");
    assertRefused(ProtocolException.class, "00000000" + "03");
    assertRefused(ProtocolException.class, "00002001" + "11");
    assertRefused(ProtocolException.class, "00000003" + "22" + "0000");
    assertRefused(UnknownFrameException.class, "00000001" + "7f");
    assertRefused(ProtocolException.class, "00000005" + "11" + "00000001");
  }

  private static void assertRefused(Class<? extends Exception> kind, String octets) {
    var channel = new EmbeddedChannel(new FrameDecoder(LIMIT, new PartialMessages(LIMIT)));

    var refusal =
        assertThrows(
            DecoderException.class,
            () -> channel.writeInbound(Unpooled.copiedBuffer(HexFormat.of().parseHex(octets))));

    assertEquals(kind, refusal.getCause().getClass());
    channel.writeInbound(Unpooled.copiedBuffer(FrameCodec.write(new Frame.Beat())));
    assertNull(channel.readInbound(), "something was decoded behind what is broken");
    channel.finishAndReleaseAll();
  }

  @Test
  void whatIsStillComingInIsCountedAndGivesWay() {
    byte[] frame = FrameCodec.write(new Frame.Message(1, new byte[9_000]));
    channel.writeInbound(Unpooled.copiedBuffer(Arrays.copyOf(frame, 8_000)));
    assertEquals(8_000 - FrameCodec.HEAD, partial.held());

    PartialMessages.Holder other = () -> {};
    partial.hold(other, 11_000);
    channel.runPendingTasks();
    partial.release(other);

    assertFalse(channel.isOpen());
  }
}
