package com.nokia.ci.tas.commons.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.ProtocolException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is made to harm: refused with a sentence, nothing fetched, nothing exhausted. */
final class HostileMessagesTest {
  private static final MessageCodec CODEC = new MessageCodec();
  private static final String NO_DOCUMENT_TYPE =
      "a document type (<!DOCTYPE) is not accepted; leave it out";
  private static final String BODY =
      "<message><type>test-operation</type><envelope><test><id>%s</id></test></envelope></message>";

  @Test
  void aFileOfTheMachineIsNotShown(@TempDir Path directory) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "the secret");

    assertEquals(
        NO_DOCUMENT_TYPE,
        refusal(
            "<!DOCTYPE message [<!ENTITY x SYSTEM \""
                + secret.toUri()
                + "\">]>"
                + BODY.formatted("&x;")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE message SYSTEM \"http://127.0.0.1:PORT/x.dtd\">",
        "<!DOCTYPE message PUBLIC \"-//X\" \"http://127.0.0.1:PORT/x.dtd\">",
        "<!DOCTYPE message [<!ENTITY % p SYSTEM \"http://127.0.0.1:PORT/x\"> %p;]>",
        "<!DOCTYPE message [<!ENTITY x SYSTEM \"http://127.0.0.1:PORT/x\">]>",
      })
  void nothingIsFetched(String documentType) throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(server.getLocalPort());
      String type = documentType.replace("PORT", port);

      assertEquals(NO_DOCUMENT_TYPE, refusal(type + BODY.formatted("&x;")));

      server.setSoTimeout(1);
      assertThrows(SocketTimeoutException.class, server::accept);
    }
  }

  @Test
  void entitiesThatMultiplyAreRefused() {
    var type = new StringBuilder("<!DOCTYPE message [<!ENTITY l0 \"lol\">");
    for (int i = 1; i < 10; i++) {
      type.append("<!ENTITY l").append(i).append(" \"");
      type.append(("&l" + (i - 1) + ";").repeat(10)).append("\">");
    }

    assertEquals(NO_DOCUMENT_TYPE, refusal(type + "]>" + BODY.formatted("&l9;")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<!DOCTYPE message>", "<!DOCTYPE message [<!ATTLIST test id ID #IMPLIED>]>"})
  void evenAHarmlessDocumentTypeIsRefused(String documentType) {
    assertEquals(NO_DOCUMENT_TYPE, refusal(documentType + BODY.formatted("T")));
  }

  @Test
  void anEntityThatIsNotKnownIsItsOwnText() {
    var message = (TestOperation) read(BODY.formatted("a&nbsp;b"));

    assertEquals("a&nbsp;b", message.test().id().text());
  }

  @Test
  void elementsNestedTooDeepAreRefused() {
    String deep = "<a>".repeat(200_000) + "</a>".repeat(200_000);

    assertTrue(
        refusal("<message><type>text-message</type>" + deep + "</message>")
            .contains("Maximum Element Depth"));
    assertTrue(refusal(deep).startsWith("the document is a <a> where a <message> is expected"));
  }

  @Test
  void tooManyAttributesAreRefused() {
    assertTrue(refusal(withAttributes(50_000, i -> "a" + i)).contains("ttribute"));
  }

  @Test
  void attributesWithCollidingNamesAreRefused() {
    // Aa and BB have the same hash code, and so has every mixture of them.
    assertTrue(
        refusal(
                withAttributes(
                    16_384,
                    i ->
                        IntStream.range(0, 14)
                            .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                            .collect(Collectors.joining())))
            .contains("ttribute"));
  }

  @Test
  void moreTextThanAnyMessageHoldsIsRefused() {
    refusal("<message><type>" + "x".repeat(20 * 1024 * 1024) + "</type></message>");
  }

  @Test
  void anElementNameOfAMegabyteIsSkipped() {
    String name = "n".repeat(1 << 20);
    var message =
        (TestOperation)
            read(BODY.formatted("T").replace("<test>", "<" + name + "></" + name + "><test>"));

    assertEquals("T", message.test().id().text());
  }

  @Test
  void moreElementsThanAnyMessageNeedsAreRefused() {
    assertTrue(refusal("<message>" + "<a/>".repeat(300_000) + "</message>").contains("Maximum"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"</><x>", "<message></></message>", "<!-- & --></ ><type>&</type>"})
  void anEndTagWithoutANameEndsNothing(String document) {
    assertThrows(ProtocolException.class, () -> read(document));
  }

  @Test
  void garbageIsRefused() {
    var random = new Random(1);
    for (int i = 0; i < 200; i++) {
      var garbage = new byte[random.nextInt(2_000)];
      random.nextBytes(garbage);
      assertThrows(ProtocolException.class, () -> CODEC.read(garbage));
    }
  }

  @Test
  void noPrefixOfAMessageIsAMessage() {
    for (long seed = 0; seed < 4; seed++) {
      byte[] whole = CODEC.write(new GeneratedMessages(seed).next(), Dialect.ESCAPED);
      int complete = whole.length - 1;
      var scanner = new MessageScanner(whole.length);
      for (int i = 0; i < complete - 1; i++) {
        assertEquals(
            MessageScanner.State.WITHIN,
            scanner.scan(ByteBuffer.wrap(whole, i, 1)),
            "seed " + seed + ", byte " + i);
        if (i % 7 == 0) {
          byte[] prefix = Arrays.copyOf(whole, i);
          assertThrows(ProtocolException.class, () -> CODEC.read(prefix), "seed " + seed);
        }
      }
    }
  }

  @Test
  void whateverChangesInAMessageItIsReadOrRefused() {
    int read = 0;
    int refused = 0;
    for (long seed = 0; seed < 600; seed++) {
      var random = new Random(seed);
      var dialect = random.nextBoolean() ? Dialect.ESCAPED : Dialect.EARLIER;
      byte[] bytes = CODEC.write(new GeneratedMessages(seed).next(), dialect);
      byte[] mutated = mutated(bytes, random);
      try {
        scan(mutated);
        assertHarmless(CODEC.read(mutated));
        read++;
      } catch (ProtocolException e) {
        assertTrue(e.getMessage().length() < 1_000, e.getMessage());
        refused++;
      } catch (RuntimeException e) {
        fail("seed " + seed, e);
      }
    }
    assertTrue(read > 50 && refused > 50, read + " read, " + refused + " refused");
  }

  /** Whatever was understood can be told on. */
  private static void assertHarmless(Message message) {
    byte[] again = CODEC.write(message, Dialect.ESCAPED);
    if (!(message instanceof TextMessage)) {
      assertEquals(message.sender(), CODEC.read(again).sender());
    }
  }

  private static void scan(byte[] bytes) {
    var scanner = new MessageScanner(bytes.length);
    scanner.scan(ByteBuffer.wrap(bytes));
    scanner.endOfStream();
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    String text = new String(bytes, ISO_8859_1);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(12));
      String piece = text.substring(from, to);
      text =
          switch (random.nextInt(6)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, to) + piece + text.substring(to);
            case 2 -> text.substring(0, from) + (char) random.nextInt(256) + text.substring(to);
            case 3 -> text.replace(piece.isEmpty() ? "\n" : piece, "");
            case 4 -> text.substring(0, from) + "<![CDATA[" + text.substring(from);
            default -> text.substring(0, from) + "<!--\n" + piece + "-->" + text.substring(to);
          };
      if (text.isEmpty()) {
        return new byte[0];
      }
    }
    return text.getBytes(ISO_8859_1);
  }

  private static String withAttributes(int count, java.util.function.IntFunction<String> name) {
    return IntStream.range(0, count)
        .mapToObj(i -> name.apply(i) + "=\"\"")
        .collect(Collectors.joining(" ", "<message ", "></message>"));
  }

  private static String refusal(String message) {
    return assertThrows(ProtocolException.class, () -> read(message)).getMessage();
  }

  private static Message read(String message) {
    return CODEC.read(message.getBytes(UTF_8));
  }
}
