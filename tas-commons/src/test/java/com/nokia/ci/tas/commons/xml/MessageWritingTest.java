package com.nokia.ci.tas.commons.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** That what is written is XML, is in the earlier line layout, and means what it meant. */
final class MessageWritingTest {
  private static final MessageCodec CODEC = new MessageCodec();
  private static final int MESSAGES = 500;
  private static final Endpoint A = new Endpoint("a", 1);
  private static final Endpoint B = new Endpoint("b", 2);
  private static final Pattern LEAF_LINE = Pattern.compile("\t+<([a-z0-9-]+)>[^\n<>]*</\\1>");
  private static final Pattern TAG_LINE = Pattern.compile("\t*</?[a-z0-9-]+>");

  @Test
  void whatIsWrittenIsReadAsTheSameMessage() {
    for (long seed = 0; seed < MESSAGES; seed++) {
      var message = new GeneratedMessages(seed).next();

      assertEquals(message, CODEC.read(escaped(message)), "seed " + seed);
    }
  }

  @Test
  void whatIsWrittenEndsWhereTheScannerSaysSo() {
    for (long seed = 0; seed < MESSAGES; seed++) {
      byte[] bytes = escaped(new GeneratedMessages(seed).next());
      var scanner = new MessageScanner(bytes.length);
      var chunk = ByteBuffer.wrap(bytes);

      assertEquals(MessageScanner.State.ENDED, scanner.scan(chunk), "seed " + seed);
      assertEquals(1, chunk.remaining(), "seed " + seed);
      assertEquals(bytes.length - 1, scanner.message().length, "seed " + seed);
    }
  }

  @Test
  void anyXmlParserReadsWhatIsWritten() throws Exception {
    for (long seed = 0; seed < MESSAGES / 4; seed++) {
      var message = new GeneratedMessages(seed).next();
      var document = parsedByTheJdk(escaped(message));

      assertEquals("message", document.getDocumentElement().getTagName(), "seed " + seed);
      assertEquals(
          message.sender().host(),
          document.getElementsByTagName("hostname").item(0).getTextContent(),
          "seed " + seed);
      if (message instanceof TextMessage text) {
        assertEquals(
            "\n" + text.text() + "\n\t\t",
            document.getElementsByTagName("text").item(0).getTextContent(),
            "seed " + seed);
      }
    }
  }

  @Test
  void everyElementStandsOnALineOfItsOwn() {
    for (long seed = 0; seed < MESSAGES; seed++) {
      var message = new GeneratedMessages(seed).next();
      if (!(message instanceof TextMessage)) {
        var lines = new String(escaped(message), UTF_8).lines().toList();
        assertEquals("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", lines.get(0));
        for (int i = 1; i < lines.size(); i++) {
          assertTrue(
              LEAF_LINE.matcher(lines.get(i)).matches() || TAG_LINE.matcher(lines.get(i)).matches(),
              "seed " + seed + ": " + lines.get(i));
        }
      }
    }
  }

  @Test
  void noLeafOfATestFollowsAProduct() {
    for (long seed = 0; seed < MESSAGES; seed++) {
      var message = new GeneratedMessages(seed).next();
      if (message instanceof TestOperation) {
        String written = new String(escaped(message), UTF_8);
        int products = written.indexOf("<product>");
        String behind = products < 0 ? "" : written.substring(products);
        assertFalse(
            behind.lines().anyMatch(line -> line.matches("\t\t\t<[a-z-]+>.*</[a-z-]+>")),
            "seed " + seed);
      }
    }
  }

  @Test
  void lineBreaksAndForbiddenCharactersDoNotReachTheWire() {
    var test =
        TestDescription.named(RuntimeId.of("T"))
            .with(TestStatus.FAILED, "one\r\ntwo\nthree\u0000\uD800\uFFFEfour \uD83D\uDCF1");
    var read = (TestOperation) CODEC.read(escaped(update(test)));

    assertEquals(
        "one  two three\uFFFD\uFFFD\uFFFDfour \uD83D\uDCF1", read.test().progress().details());
  }

  @Test
  void anEarlierReaderGetsValuesAsTheyAre() {
    var test =
        new TestDescription(
            RuntimeId.of("T"),
            new TestOrigin("", "http://h/?a=1&b=<2>"),
            TestDescription.named(RuntimeId.of("T")).demand(),
            TestDescription.named(RuntimeId.of("T")).execution(),
            TestDescription.named(RuntimeId.of("T")).progress(),
            List.of());

    assertTrue(earlier(update(test)).contains("\t\t\t<url>http://h/?a=1&b=<2></url>\n"));
    assertEquals(update(test), CODEC.read(earlier(update(test)).getBytes(UTF_8)));
  }

  @Test
  void aLineThatAnEarlierReaderWouldTakeForAnElementIsRewritten() {
    var text =
        new TextMessage(
            A, B, TestDescription.named(RuntimeId.of("T")), "<b> & </b>\na < b\n c > d");

    assertTrue(
        earlier(text)
            .endsWith(
                "\t\t<text>\n(b) & (/b)\na < b\n c > d\n\t\t</text>\n\t</envelope>\n</message>\n"),
        earlier(text));
  }

  @Test
  void aScriptThatIsMissingIsNotWritten() {
    var test = TestDescription.named(RuntimeId.of("T")).with(TestStatus.PENDING, "");
    String written = new String(escaped(update(test)), UTF_8);

    assertTrue(written.contains("<executor-application>"));
    assertFalse(written.contains("executor-script"));
  }

  @Test
  void attributesThatWouldConfuseALineReaderAreNotWritten() {
    var product =
        ProductDescription.of(
            Map.of("imei", "1", "test", "x", "b ad", "x", "rack", "7", "sim1-sim2", "x"));

    assertEquals(
        ProductDescription.of(Map.of("imei", "1", "rack", "7")),
        ProductXml.read(ProductXml.write(product)));
  }

  @Test
  void aProductIsTheSameAsADocument() {
    var product =
        ProductXml.read(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <product>
                <!-- IMEI number of the product -->
                <imei>004402136230483</imei>
                <role>main</role>
                <rack>7 &amp; 8</rack>
                <sim1>
                    <pin1>1234</pin1>
                </sim1>
            </product>
            """
                .getBytes(UTF_8));

    assertEquals(
        ProductDescription.of(
            Map.of(
                "imei", "004402136230483", "role", "main", "rack", "7 & 8", "sim1-pin1", "1234")),
        product);
    assertEquals(product, ProductXml.read(ProductXml.write(product)));
    assertEquals(
        new String(ProductXml.write(product), UTF_8),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + ProductXml.fragment(product, ""));
  }

  private static Document parsedByTheJdk(byte[] bytes) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes));
  }

  private static Message update(TestDescription test) {
    return new TestOperation(A, B, TestOperation.Kind.UPDATE, test);
  }

  private static byte[] escaped(Message message) {
    return CODEC.write(message, Dialect.ESCAPED);
  }

  private static String earlier(Message message) {
    return new String(CODEC.write(message, Dialect.EARLIER), UTF_8);
  }
}
