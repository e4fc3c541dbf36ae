package com.nokia.ci.tas.commons.xml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes become a message or a refusal, and what was read can be written and read again. */
class MessageCodecFuzzTest {
  private static final MessageCodec CODEC = new MessageCodec();
  private static final byte[] FILE = "<?xml </message>\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LONG = 256 * 1024;

  @MethodSource("com.nokia.ci.tas.fuzzing.Seeds#messages")
  @FuzzTest
  void whatIsReadIsWrittenAndReadTheSame(byte[] bytes) {
    Message message;
    try {
      message = CODEC.read(bytes);
    } catch (ProtocolException refused) {
      return;
    }
    byte[] written = CODEC.write(message, Dialect.ESCAPED);
    Message again = CODEC.read(written);
    if (isUnderstood(message)) {
      assertEquals(message, again);
    }
    assertEquals(again, CODEC.read(CODEC.write(again, Dialect.ESCAPED)));
    theScannerFindsItsEnd(written);
  }

  @MethodSource("com.nokia.ci.tas.fuzzing.Seeds#messages")
  @FuzzTest
  void whatGoesToAnEarlierNodeEndsWhereItEnds(byte[] bytes) {
    try {
      byte[] written = CODEC.write(CODEC.read(bytes), Dialect.EARLIER);
      assertEquals("</message>\n", text(written).substring(text(written).length() - 11));
      CODEC.read(written);
    } catch (ProtocolException refused) {
      assertEquals(String.class, refused.getMessage().getClass());
    }
  }

  /** Something long that says the same again and again is no slower than its length allows. */
  @MethodSource("com.nokia.ci.tas.fuzzing.Seeds#messages")
  @FuzzTest
  void whatRepeatsItselfIsReadInTheTimeOfItsLength(byte[] bytes) {
    if (bytes.length < 3) {
      return;
    }
    int first = Byte.toUnsignedInt(bytes[0]) * (bytes.length - 1) / 256 + 1;
    int second = first + Byte.toUnsignedInt(bytes[bytes.length - 1]) * (bytes.length - first) / 256;
    byte[] middle = Arrays.copyOfRange(bytes, first, second);
    var document = new ByteArrayOutputStream();
    document.writeBytes(Arrays.copyOfRange(bytes, 1, first));
    for (int i = 0; middle.length > 0 && i < LONG / middle.length; i++) {
      document.writeBytes(middle);
    }
    document.writeBytes(Arrays.copyOfRange(bytes, second, bytes.length));
    try {
      new MessageScanner(4 << 20).scan(ByteBuffer.wrap(document.toByteArray()));
      CODEC.read(document.toByteArray());
    } catch (ProtocolException refused) {
      assertEquals(String.class, refused.getMessage().getClass());
    }
  }

  /** What a test says that makes no sense is told to its issuer, not written. */
  private static boolean isUnderstood(Message message) {
    if (message instanceof TestOperation operation) {
      return operation.test().complaints().isEmpty();
    }
    if (message instanceof FileOperation operation) {
      return operation.test().complaints().isEmpty();
    }
    return !(message instanceof TextMessage text) || text.test().complaints().isEmpty();
  }

  private static void theScannerFindsItsEnd(byte[] written) {
    var scanner = new MessageScanner(written.length);
    var stream = ByteBuffer.allocate(written.length + FILE.length).put(written).put(FILE).flip();
    scanner.scan(stream);
    assertEquals(MessageScanner.State.AT_FILE, scanner.scan(stream));
    assertArrayEquals(Arrays.copyOf(written, written.length - 1), scanner.message());
    assertEquals(FILE.length, stream.remaining());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
