package com.nokia.ci.tas.commons.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.xml.MessageScanner.State;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where messages end and files begin. */
final class MessageScannerTest {
  private static final int LIMIT = 10_000;
  private static final String TEXT_HEAD =
      "<message><type> text-message </type><envelope><test><id>T</id></test><text>\n";
  private static final String TEXT_TAIL = "\n</text>\n\t</envelope>\n</message>";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<message></message>",
        "<?xml version=\"1.0\"?>\r\n<message>\r\n</message>",
        "\n \t<message/><a></MESSAGE \n>",
        "<tas:message xmlns:tas=\"u\"></tas:message>",
        "\u00EF\u00BB\u00BF<message></message>",
        "<message><!-- </message> -- > --></message>",
        "<message><!----></message>",
        "<message><![CDATA[</message> ]] > ]]></message>",
        "<message><![CDATA[]]></message>",
        "<message><?pi </message> ?></message>",
        "<message><a b=\">\"/></messages></message1></ message></message>",
        "<message><url>a < b <! c </ d <<e</url></message>",
        "<message><type>test-operation</type><text></message>",
        "<message><type>text-message</type><envelope><text/></envelope></message>",
        TEXT_HEAD + "<a></message></text></envelope>x</message>" + TEXT_TAIL,
        TEXT_HEAD + "<!-- <![CDATA[ <? " + TEXT_TAIL,
        TEXT_HEAD + "</text></envelope></messag></message>" + TEXT_TAIL,
        TEXT_HEAD + "x</text> <!-- </message> --> </envelope > </message >",
        "<message><type>text-message</type><envelope><text><![CDATA["
            + "</text></envelope></message>]]></text></envelope></message>",
        "<message><type>text-message</type><envelope><text>a</text><test></test></envelope>"
            + "</message>",
      })
  void theMessageEndsWithItsLastTagInWhateverPiecesItArrives(String message) {
    byte[] bytes = (message + "\nfile").getBytes(ISO_8859_1);
    int length = message.length();

    for (int piece = 1; piece <= bytes.length; piece++) {
      var scanner = new MessageScanner(LIMIT);
      int taken = 0;
      while (scanner.state() == State.WITHIN) {
        var chunk = chunk(bytes, taken, Math.min(bytes.length, taken + piece));
        scanner.scan(chunk);
        taken += chunk.position();
      }
      assertEquals(length, taken, "in pieces of " + piece);
      assertEquals(message, new String(scanner.message(), ISO_8859_1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "", "  \t\r\n"})
  void theFileBeginsOnTheNextLine(String lineEnd) {
    byte[] bytes = ("<message></message>" + lineEnd + "\u0001\n\r file").getBytes(ISO_8859_1);

    for (int piece = 1; piece <= bytes.length; piece++) {
      var scanner = new MessageScanner(LIMIT);
      int taken = 0;
      while (scanner.state() != State.AT_FILE) {
        var chunk = chunk(bytes, taken, Math.min(bytes.length, taken + piece));
        scanner.scan(chunk);
        taken += chunk.position();
      }
      assertEquals(bytes.length - "\u0001\n\r file".length(), taken);
    }
  }

  @Test
  void aPeerThatClosesWithoutAWordWasOnlyLooking() {
    assertFalse(new MessageScanner(LIMIT).endOfStream());
  }

  @Test
  void aMessageWithoutAFinalLineFeedIsCompleteWhenItsSenderCloses() {
    var scanner = scanned("<message></message>");

    assertEquals(State.ENDED, scanner.state());
    assertTrue(scanner.endOfStream());
    assertEquals(State.AT_FILE, scanner.state());
    assertEquals("<message></message>", new String(scanner.message(), UTF_8));
  }

  @Test
  void aMessageThatIsCutOffIsTold() {
    var scanner = scanned("<message><type>");

    assertEquals(
        "the connection was closed after 15 bytes of a message, before its </message>",
        assertThrows(ProtocolException.class, scanner::endOfStream).getMessage());
    assertThrows(IllegalStateException.class, scanner::message);
  }

  @Test
  void anEarlierValueThatLooksLikeACommentDoesNotHideTheEnd() {
    var scanner = scanned("<message>\n<url><!-- x</url>\n</message>\n");

    assertEquals(State.WITHIN, scanner.state());
    assertTrue(scanner.endOfStream());
    assertEquals("<message>\n<url><!-- x</url>\n</message>", new String(scanner.message(), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\n", "\u0000\u0001", "\u00EF\u00BBx", "  x", "{}"})
  void whatIsNoMessageIsRefusedAtItsFirstByte(String garbage) {
    var complaint = assertThrows(ProtocolException.class, () -> scanned(garbage)).getMessage();

    assertTrue(complaint.startsWith("this is no message: it begins with byte "), complaint);
  }

  @Test
  void aMessageOfExactlyTheLimitIsTaken() {
    var message = "<message></message>";
    var scanner = new MessageScanner(message.length());

    assertEquals(State.ENDED, scanner.scan(ByteBuffer.wrap((message + "\n").getBytes(UTF_8))));
  }

  @Test
  void aLineOf300MegabytesIsRefusedAtTheLimit() {
    var scanner = new MessageScanner(LIMIT);
    var line = new byte[1 << 20];
    Arrays.fill(line, (byte) 'a');
    line[0] = '<';
    scanner.scan(ByteBuffer.wrap(line, 0, LIMIT));

    for (int i = 0; i < 300; i++) {
      assertEquals(
          "the message is longer than 10000 bytes and has no </message> yet",
          assertThrows(ProtocolException.class, () -> scanner.scan(ByteBuffer.wrap(line)))
              .getMessage());
    }
  }

  private static MessageScanner scanned(String bytes) {
    var scanner = new MessageScanner(LIMIT);
    scanner.scan(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)));
    return scanner;
  }

  private static ByteBuffer chunk(byte[] bytes, int from, int to) {
    return ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to));
  }
}
