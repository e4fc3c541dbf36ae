package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever writes the guide's XML by hand, in any language and layout, is understood over plain TCP:
 * each layout takes a whole test through a farm of real processes.
 */
class HandWrittenXmlTest {
  private static final String SCRIPT =
      """
      echo "hello from $TAS_TEST_ID"
      printf 'grüße <b>&amp;</b>\\n'
      echo results > results.zip
      """;

  @TempDir static Path scratch;
  private static LocalFarm farm;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.start(scratch);
    farm.addNode("node", 2);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  /** %1$s is the id, %2$d the port of the issuer. */
  static Stream<Arguments> layouts() {
    String body =
        "<message><type>test-operation</type><sender><hostname>localhost</hostname><port>%2$d</port></sender>"
            + "<receiver><hostname>localhost</hostname><port>1</port></receiver><envelope><operation>start</operation>"
            + "<test><id>%1$s</id><workspace-path>/nowhere</workspace-path><target>flash</target>"
            + "<product-releasing-mode>automatic</product-releasing-mode><timeout>3600000</timeout>"
            + "<executor-application>sh</executor-application><executor-script>execute.sh</executor-script>"
            + "<artifacts><artifact>execute.sh</artifact></artifacts><results-filename>results.zip</results-filename>"
            + "<required-products><product><rm-code>RM-763</rm-code><role>main</role></product></required-products>"
            + "</test></envelope></message>";
    String declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    String pretty = body.replace("><", ">\n    <");
    return Stream.of(
        Arguments.of("one-line", declaration + body),
        Arguments.of("one-line-ended", declaration + "\n" + body + "\n"),
        Arguments.of("no-declaration", body + "\n"),
        Arguments.of("pretty-printed", declaration + "\n" + pretty + "\n"),
        Arguments.of("crlf", (declaration + "\n" + pretty + "\n").replace("\n", "\r\n")),
        Arguments.of("byte-order-mark", "\uFEFF" + declaration + "\n" + pretty + "\n"),
        Arguments.of(
            "comments",
            "<?xml version='1.0' encoding='utf-8'?>\n<!-- a start </message> -->\n"
                + pretty.replace("<test>", "<!-- what\n to <test> -->\n<test>")
                + "\n"),
        Arguments.of(
            "cdata",
            declaration
                + pretty
                    .replace("<id>%1$s</id>", "<id><![CDATA[%1$s]]></id>")
                    .replace("<rm-code>RM-763</rm-code>", "<rm-code><![CDATA[RM-763]]></rm-code>")
                    .replace("/nowhere", "<![CDATA[/a </message> & b]]>")
                + "\n"),
        Arguments.of(
            "attributes",
            declaration
                + pretty
                    .replace("<message>", "<message version=\"1\" note='a > b'>")
                    .replace("<test>", "<test lang=\"en\">")
                    .replace("<id>", "<id kind=\"name\">")
                + "\n"),
        Arguments.of(
            "entities",
            declaration
                + pretty
                    .replace("RM-763", "RM&#45;7&#x36;3")
                    .replace("/nowhere", "/R&amp;D/&lt;here&gt;")
                + "\n"),
        Arguments.of(
            "values-on-their-own-lines",
            declaration
                + "\n"
                + pretty
                    .replace(">%1$s<", ">\n      %1$s\n    <")
                    .replace(">start<", ">\n start\n<")),
        Arguments.of(
            "earlier-lines",
            declaration + "\n" + pretty.replace("/nowhere", "/R&D <here> \"q\"") + "\n"),
        Arguments.of(
            "guide-expression",
            declaration
                + body.replaceAll(
                    "<required-products>.*</required-products>",
                    "<required-products-expression>(rm-code:RM-763;)</required-products-expression>")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layouts")
  void anyLayoutTakesATestThroughTheFarm(String name, String layout) throws Exception {
    String id = "by-hand-" + name;
    try (var issuer = new PlainPeer()) {
      issuer.offer("execute.sh", SCRIPT.getBytes(StandardCharsets.UTF_8));

      PlainPeer.send(
          farm.port(), layout.replace("%1$s", id).replace("%2$d", Integer.toString(issuer.port())));

      var finished = issuer.untilStatus(id, "finished");
      assertEquals("update", finished.operation());
      assertEquals("RM-763", finished.leaf("rm-code"), "the reserved product is named");
      assertEquals("pending", issuer.untilStatus(id, "pending").status());
      assertEquals("started", issuer.untilStatus(id, "started").status());
      var results =
          Patience.until(
              "the results arrive",
              () ->
                  issuer.received().stream().filter(m -> m.operation().equals("put")).findFirst());
      assertEquals("results.zip", results.fileName());
      assertArrayEquals("results\n".getBytes(StandardCharsets.UTF_8), results.bytes());
      String output =
          String.join(
              "\n",
              issuer.received().stream()
                  .filter(m -> m.type().equals("text-message"))
                  .map(PlainPeer.Received::xml)
                  .toList());
      assertTrue(output.contains("hello from " + id), output);
      assertTrue(output.contains("grüße &lt;b&gt;&amp;amp;&lt;/b&gt;"), output);
    }
  }

  @Test
  void aTestThatCannotBeReadIsRefusedInWords() throws Exception {
    try (var issuer = new PlainPeer()) {
      PlainPeer.send(
          farm.port(),
          "<?xml version=\"1.0\"?><message><type>test-operation</type><sender><hostname>localhost</hostname><port>"
              + issuer.port()
              + "</port></sender><envelope><operation>start</operation><test><id>bad/id</id></test></envelope></message>");

      var refusal = issuer.untilStatus("bad/id", "failed");

      assertEquals("update", refusal.operation());
      assertTrue(refusal.leaf("status-details").contains("bad/id"), refusal.xml());
    }
  }

  @Test
  void anUnknownTestIsAnsweredWithStopAndFailed() throws Exception {
    try (var issuer = new PlainPeer()) {
      PlainPeer.send(
          farm.port(),
          "<?xml version=\"1.0\"?>\n<message><type>test-operation</type><sender><hostname>localhost</hostname><port>"
              + issuer.port()
              + "</port></sender><envelope><operation>check</operation><test><id>never-seen</id></test></envelope></message>\n");

      assertEquals("stop", issuer.untilStatus("never-seen", "failed").operation());
    }
  }
}
