package com.nokia.ci.tas.commons.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the earlier programs send: the shapes of the protocol reference's section on them. */
final class EarlierFormatTest {
  private static final MessageCodec CODEC = new MessageCodec();
  private static final String HEAD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <message>
      \t<type>TYPE</type>
      \t<sender>
      \t\t<hostname>10.1.1.9</hostname>
      \t\t<port>20321</port>
      \t</sender>
      \t<receiver>
      \t\t<hostname>10.1.1.1</hostname>
      \t\t<port>31415</port>
      \t</receiver>
      \t<envelope>
      """;
  private static final String TAIL = "\t</envelope>\n</message>\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a & b <c> \"q\" | a & b <c> \"q\"",
        "a</b>c | a</b>c",
        "a &amp; b & c | a & b & c",
        "http://h/?a=1&lt=2&b=3 | http://h/?a=1&lt=2&b=3",
        "http://h/?x=&#0;&#65;& | http://h/?x=\uFFFDA&",
        "&nbsp; | &nbsp;",
        "1 < 2 | 1 < 2",
        "2 > 1 & 1 > 0 | 2 > 1 & 1 > 0",
        "<c></c> | <c></c>",
        "a <b>bold</b> | a <b>bold</b>",
        "<!-- & | <!-- &",
        "]]> | ]]>",
        "x\u001b[1m | x\uFFFD[1m",
      })
  void valuesThatAreNotEscapedAreUnderstood(String written, String meant) {
    assertEquals(meant, test("<id>T</id>\n<url>" + written + "</url>\n<x>&</x>").origin().url());
  }

  @Test
  void parametersAreUnderstoodInBothFormsThatPeersWrite() {
    var expected = Map.of("LANG", "C", "X", "a & <b>");

    assertEquals(
        expected,
        test("""
            <id>T</id>
            </envparams>
            <envparam><key>LANG</key><value>C</value></envparam>
            <envparam><key>X</key><value>a & <b></value></envparam>
            </envparams>
            <results-filename>r</results-filename>""")
            .execution()
            .parameters());
    assertEquals(
        expected,
        test("""
            <id>T</id>
            <envparams>
            <envparam>
            <key>LANG</key>
            <value>C</value>
            </envparam>
            <envparam>
            <key>X</key>
            <value>a & <b></value>
            </envparam>
            </envparams>""")
            .execution()
            .parameters());
  }

  @Test
  void whatFollowsTheMalformedParametersIsNotLost() {
    var test =
        test(
            """
            <id>T</id>
            </envparams>
            <envparam><key>A</key><value>1</value></envparam>
            </envparams>
            <results-filename>r.zip</results-filename>
            <required-environment>(role:main;)</required-environment>""");

    assertEquals("r.zip", test.execution().resultsFilename());
    assertEquals("(role:main;)", test.demand().expression());
  }

  @Test
  void nullLiteralsAreAbsent() {
    var product =
        ((ProductOperation)
                read(
                    "product-operation",
                    """
            <operation>add</operation>
            <product>
            <sn>null</sn>
            <sw-version>null</sw-version>
            <imei>1</imei>
            <sim1>
            <operator>null</operator>
            <signal>null</signal>
            <pin1>1234</pin1>
            </sim1>
            </product>"""))
            .product();

    assertEquals(ProductDescription.of(Map.of("imei", "1", "sim1-pin1", "1234")), product);
    assertEquals(
        "",
        test("<id>null</id>\n<executor-application>null</executor-application>")
            .execution()
            .application());
    assertEquals("null", test("<id>null</id>").id().text());
  }

  @Test
  void anEmptyScriptAndArtifactsWithoutNamesAddNothing() {
    assertEquals(
        List.of("a.zip"),
        test("""
            <id>T</id>
            <url>&</url>
            <executor-script></executor-script>
            <artifacts>
            <artifact></artifact>
            <artifact>a.zip</artifact>
            </artifacts>""")
            .execution()
            .artifacts());
  }

  @Test
  void linesThatEarlierParsersStumbleOverAreUnderstood() {
    var expected = test("<id>T</id>\n<url>a & b</url>");

    assertEquals(expected, test("<id>\nT\n</id>\n<url>\na & b\n</url>"), "leaves on three lines");
    assertEquals(expected, test("<id>T</id><url>a & b</url>"), "two elements on a line");
    assertEquals(expected, test("<id>T</ID>\n<Url>a & b</uRL>"), "end tags in another case");
    assertEquals(expected, test("\n\n<id> T </id>\n \t\r\n<url>a & b</url>\n"), "blank lines");
    assertEquals(expected, test("<id>T</id>\n<sub-id/>\n<url>a & b</url>"), "empty elements");
    assertEquals(expected, test("<id x=\"1\">T</id>\n<url>a & b</url>"), "attributes");
    assertEquals(
        expected, test("<!-- a\n b -->\n<id>T</id>\n<!-- & -->\n<url>a & b</url>"), "comments");
    assertEquals(expected, test("<id>T</id>\nnoise\n<url>a & b</url>"), "a line between");
    assertEquals(expected, test("<t:id>T</t:id>\n<t:url>a & b</t:url>"), "prefixes");
    assertEquals(
        expected,
        test("<id>T</id>\n<ext>\n<id>no & no</id>\n<x>\n</x>\n</ext>\n<url>a & b</url>"),
        "an unknown block");
    assertEquals(expected, test("<id>S</id>\n<id>T</id>\n<url>a & b</url>"), "the last wins");
    assertEquals(
        expected,
        test("<id>T</id>\n<url><![CDATA[a & b]]></url>\n<x>&</x>"),
        "CDATA beside a raw value");
  }

  @Test
  void elementsOfAProductThatNobodyKnowsAreKept() {
    var product =
        ((ProductOperation)
                read(
                    "product-operation",
                    """
            <operation>add</operation>
            <product>
            <imei>1</imei>
            <rack>A & B</rack>
            <sim1>
            <icc>8<9</icc>
            </sim1>
            <pin1>secret</pin1>
            </product>"""))
            .product();

    assertEquals(
        ProductDescription.of(Map.of("imei", "1", "rack", "A & B", "sim1-icc", "8<9")), product);
  }

  @Test
  void linesOfATextMayHoldAnything() {
    assertEquals("<b>x</b>\n  a < b && c > d\n&lt", text("<b>x</b>\n  a < b && c > d\n&lt\n\t\t"));
    assertEquals("<!-- <![CDATA[ <?", text("<!-- <![CDATA[ <?\n"));
    assertEquals(
        "<message>\n<test>\n</test>\n</message>\n<id>Z</id>",
        text("<message>\n<test>\n</test>\n</message>\n<id>Z</id>\n"));
    assertEquals("</text>\nstill\n<text>", text("</text>\nstill\n<text>\n"));
    assertEquals("last line & glued", text("last line & glued\t\t"));
    assertEquals("", text(""));
  }

  @Test
  void whatStandsBehindTheMessageIsNotPartOfIt() {
    var message = HEAD.replace("TYPE", "text-message") + "<test><id>T</id></test>\n" + TAIL + "<&";

    assertEquals("T", ((TextMessage) CODEC.read(message.getBytes(UTF_8))).test().id().text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<id>T</id>\n<url>a & b</test>",
        "<id>a & b</id>\n<artifacts>\n<artifact>a</artifact>",
        "<id>T & U",
      })
  void blocksThatDoNotNestAreRefusedWithTheLine(String content) {
    var complaint = assertThrows(ProtocolException.class, () -> test(content)).getMessage();

    assertEquals("the message is not well-formed XML in line 1", complaint.substring(0, 44));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<x>", "</", "<a", "<!--", "<?", "<x></y>", "</text>", "<id>&"})
  void messagesMadeToBeExpensiveAreRefusedSoon(String piece) {
    var hostile = "<message>&" + piece.repeat(2_000_000 / piece.length()) + "</message>";

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThrows(ProtocolException.class, () -> CODEC.read(hostile.getBytes(UTF_8))));
  }

  @Test
  void unknownElementsThatNeverEndAreRefusedSoon() {
    var hostile = new StringBuilder("<message>&");
    for (int i = 0; hostile.length() < 2_000_000; i++) {
      hostile.append("<x").append(i).append('>');
    }
    hostile.append("</message>");

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThrows(
                ProtocolException.class, () -> CODEC.read(hostile.toString().getBytes(UTF_8))));
  }

  private static String text(String lines) {
    return ((TextMessage)
            read(
                "text-message",
                "<test>\n<id>T</id>\n<url>&</url>\n</test>\n<text>\n" + lines + "</text>"))
        .text();
  }

  private static TestDescription test(String content) {
    return ((TestOperation)
            read(
                "test-operation", "<operation>start</operation>\n<test>\n" + content + "\n</test>"))
        .test();
  }

  private static Object read(String type, String content) {
    return CODEC.read((HEAD.replace("TYPE", type) + content + "\n" + TAIL).getBytes(UTF_8));
  }
}
