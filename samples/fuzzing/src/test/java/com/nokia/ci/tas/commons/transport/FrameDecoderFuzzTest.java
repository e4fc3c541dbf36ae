package com.nokia.ci.tas.commons.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.FrameCodec;
import com.nokia.ci.tas.commons.session.UnknownFrameException;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** The frames of a session are the same however the network cuts them, and end where one is bad. */
class FrameDecoderFuzzTest {
  private static final int LONGEST_MESSAGE = 4_096;
  private static final int ROOM = 1 << 20;

  static Stream<byte[]> conversations() {
    byte[] xml = {'<', 'm', '/', '>'};
    byte[] octets = {0, 0, 0, 9, 0x22, 0, 0, 0, 1, 'd', 'a', 't', 'a'};
    byte[] unknown = {0, 0, 0, 3, (byte) 0x90, 1, 2};
    return Stream.of(
        joined(
            FrameCodec.write(new Frame.Message(1, xml)),
            FrameCodec.write(new Frame.Beat()),
            FrameCodec.write(new Frame.Ack(7))),
        joined(
            FrameCodec.write(new Frame.Open(1, xml)),
            octets,
            octets,
            FrameCodec.write(new Frame.End(1, new byte[Frame.End.DIGEST])),
            FrameCodec.write(new Frame.Done(2))),
        joined(
            unknown,
            FrameCodec.write(new Frame.Accept(2, 0, 65_536)),
            FrameCodec.write(new Frame.Credit(2, 1)),
            FrameCodec.write(new Frame.Reset(2, 3, "size")),
            FrameCodec.write(new Frame.Refusal(3, "no")),
            FrameCodec.write(new Frame.Bye("end"))));
  }

  @MethodSource("conversations")
  @FuzzTest
  void anySplitOfTheOctetsGivesTheSameFrames(byte[] bytes) {
    String atOnce = heard(bytes, bytes.length);
    assertEquals(atOnce, heard(bytes, 1), "octet by octet");
    assertEquals(atOnce, heard(bytes, 0), "in pieces");
  }

  /** Decodes in pieces of a size; 0 for sizes by chance, the same for the same bytes. */
  private static String heard(byte[] bytes, int size) {
    var partial = new PartialMessages(ROOM);
    var channel = new EmbeddedChannel(new FrameDecoder(LONGEST_MESSAGE, partial));
    var chance = new Random(Arrays.hashCode(bytes));
    var text = new StringBuilder();
    try {
      for (int from = 0; from < bytes.length; ) {
        int next = Math.min(bytes.length - from, size > 0 ? size : 1 + chance.nextInt(24));
        channel.writeInbound(Unpooled.wrappedBuffer(bytes, from, next));
        from += next;
        tell(channel, text);
      }
    } catch (DecoderException | ProtocolException | UnknownFrameException broken) {
      tell(channel, text);
      text.append("broken: ").append(cause(broken).getMessage());
    } finally {
      channel.finishAndReleaseAll();
    }
    assertEquals(0, partial.held(), "nothing is counted any more");
    return text.toString();
  }

  private static Throwable cause(RuntimeException broken) {
    Throwable cause = broken instanceof DecoderException ? broken.getCause() : broken;
    if (cause instanceof ProtocolException || cause instanceof UnknownFrameException) {
      return cause;
    }
    throw broken;
  }

  private static void tell(EmbeddedChannel channel, StringBuilder text) {
    for (Object in = channel.readInbound(); in != null; in = channel.readInbound()) {
      if (in instanceof StreamOctets octets) {
        String begin = "octets of " + octets.stream() + ": ";
        int last = text.lastIndexOf("\n") + 1;
        if (!text.substring(last).startsWith(begin)) {
          text.append('\n').append(begin);
        }
        text.append(ByteBufUtil.hexDump(octets.content()));
        octets.release();
      } else {
        text.append('\n').append(HexFormat.of().formatHex(FrameCodec.write((Frame) in)));
      }
    }
  }

  private static byte[] joined(byte[]... frames) {
    var all = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      all.writeBytes(frame);
    }
    return all.toByteArray();
  }
}
