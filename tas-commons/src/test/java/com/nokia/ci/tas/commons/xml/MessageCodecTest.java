package com.nokia.ci.tas.commons.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hand-written messages of any layout mean, and how what is wrong in them is told. */
final class MessageCodecTest {
  private static final MessageCodec CODEC = new MessageCodec();
  private static final Endpoint CLIENT = new Endpoint("ci-1.example", 20321);
  private static final Endpoint SERVICE = new Endpoint("tas.example", 31415);

  @Test
  void theGuidesStartMessageIsUnderstood() {
    var start = readTestOperation(START);

    assertEquals(TestOperation.Kind.START, start.kind());
    assertEquals(CLIENT, start.sender());
    assertEquals(SERVICE, start.receiver());
    assertEquals(RuntimeId.of("some_test_for_rm_123"), start.test().id());
    assertEquals(Target.FLASH, start.test().demand().target());
    assertEquals(ReleasingMode.MANUAL, start.test().demand().releasingMode());
    assertEquals(Duration.ofMillis(6360855), start.test().progress().timeout());
    assertEquals(
        List.of("execute.py", "data.zip", "TestArtifact1.dll"),
        start.test().execution().artifacts());
    assertEquals(
        List.of(ProductDescription.of(Map.of("rm-code", "RM-123", "role", "main"))),
        start.test().demand().requiredProducts());
    assertEquals(List.of(), start.test().complaints());
  }

  @Test
  void theLayoutOfAMessageDoesNotMatter() {
    var expected = read(START);
    String body = START.substring(START.indexOf('\n') + 1);

    assertEquals(expected, read(START.replaceAll("\n\\s*", "")), "one line");
    assertEquals(expected, read(START.replace("\n", "\r\n")), "CRLF");
    assertEquals(expected, read(START.replaceAll(">([^<\\s][^<]*)<", ">\n  $1\n  <")), "tall");
    assertEquals(expected, read(START.replaceAll(">([^<\\s][^<]*)<", "><![CDATA[$1]]><")), "CDATA");
    assertEquals(
        expected, read(START.replaceAll(">([^<\\s])([^<]*)<", "><!-- c -->$1<!--\nd -->$2<")));
    assertEquals(
        expected, read(START.replaceAll("<([a-z-]+)>", "<$1 note=\"a &gt; b\">")), "attributes");
    assertEquals(
        expected, read(START.replace("_", "&#95;").replace(".py", "&#x2E;py")), "references");
    assertEquals(expected, read(body), "no declaration");
    assertEquals(expected, read("\uFEFF" + START), "byte order mark");
    assertEquals(expected, read("\n \n" + START), "blank lines first");
    assertEquals(expected, read("<!-- the message -->\n" + START), "comment first");
    assertEquals(expected, read(START.replaceAll("(</?)([a-z])", "$1tas:$2")), "undeclared prefix");
    assertEquals(
        expected,
        read(
            START
                .replaceAll("(</?)([a-z])", "$1t:$2")
                .replace("<t:message", "<t:message xmlns:t=\"urn:t\"")),
        "declared prefix");
    assertEquals(
        expected, read(START.replace("<message", "<message xmlns=\"urn:t\"")), "default namespace");
    assertEquals(expected, read(upperCaseNames(START)), "names in capitals");
  }

  private static String upperCaseNames(String message) {
    return java.util.regex.Pattern.compile("</?[a-z-]+>")
        .matcher(message)
        .replaceAll(tag -> tag.group().toUpperCase(java.util.Locale.ROOT));
  }

  @Test
  void theOrderOfElementsDoesNotMatter() {
    var message =
        readTestOperation(
            "<message><envelope><test><reserved-products><product><imei>1</imei></product>"
                + "</reserved-products><id>T</id></test><operation>stop</operation></envelope>"
                + "<sender><port>1</port><hostname>h</hostname></sender>"
                + "<type>test-operation</type></message>");

    assertEquals(TestOperation.Kind.STOP, message.kind());
    assertEquals(new Endpoint("h", 1), message.sender());
    assertEquals("T", message.test().id().text());
    assertEquals(1, message.test().progress().reservedProducts().size());
  }

  @Test
  void unknownElementsAreSkippedWithAllInsideThem() {
    var message =
        readTestOperation(
            envelope(
                "test-operation",
                "<operation>start</operation><id>X</id><test><ext><id>wrong</id><url>wrong</url>"
                    + "<test><id>worse</id></test></ext><id>T</id><more/></test>"
                    + "<priority>9</priority>"));

    assertEquals(TestDescription.named(RuntimeId.of("T")), message.test());
  }

  @Test
  void elementsOfAProductThatNobodyKnowsAreItsAttributes() {
    var message =
        (ProductOperation)
            read(
                envelope(
                    "product-operation",
                    "<product><imei>1</imei><Colour>red</Colour><nest><imei>2</imei></nest>"
                        + "<sim1><pin1>1</pin1><icc>89</icc></sim1></product>"));

    assertEquals(
        ProductDescription.of(
            Map.of("imei", "1", "colour", "red", "sim1-pin1", "1", "sim1-icc", "89")),
        message.product());
    assertEquals(ProductOperation.Kind.UPDATE, message.kind());
    assertEquals(Optional.empty(), message.test());
  }

  @Test
  void anAttributeThatCouldNotBePassedOnIsNone() {
    var message =
        (ProductOperation)
            read(
                envelope(
                    "product-operation",
                    "<product><imei>1</imei><message>m</message><größe>5</größe><sim1-/>"
                        + "<sim1><test>t</test></sim1><test-node>n</test-node></product>"));

    assertEquals(ProductDescription.of(Map.of("imei", "1")), message.product());
  }

  @ParameterizedTest
  @CsvSource({
    "test-operation, CHECK",
    "file-operation, ABORT",
    "product-operation, UPDATE",
    "registry-operation, UPDATE"
  })
  void aMissingOperationIsWhatTheEarlierProgramsTakeItFor(String type, String expected) {
    var message =
        read(envelope(type, "<test><id>T</id></test><file/><product/><remote>client</remote>"));

    assertTrue(message.toString().contains("kind=" + expected), message.toString());
  }

  @Test
  void theExecutorScriptIsTheFirstArtifactUnlessListed() {
    assertEquals(
        List.of("run.sh", "a", "b"),
        startWith(
                "<executor-script>run.sh</executor-script><artifacts><artifact>a</artifact>"
                    + "<artifact/><artifact>b</artifact><artifact>a</artifact></artifacts>")
            .execution()
            .artifacts());
    assertEquals(
        List.of(), startWith("<executor-script></executor-script>").execution().artifacts());
  }

  @Test
  void bothNamesOfTheExpressionAreReadAndTheGuidesIsPreferred() {
    String guide = "<required-products-expression>(role:main;)</required-products-expression>";
    String earlier = "<required-environment>(role:remote;)</required-environment>";

    assertEquals("(role:remote;)", startWith(earlier).demand().expression());
    assertEquals("(role:main;)", startWith(guide + earlier).demand().expression());
    assertEquals("(role:main;)", startWith(earlier + guide).demand().expression());
  }

  @Test
  void whatIsNotUnderstoodInATestIsToldAndNotGuessed() {
    assertEquals(
        List.of(
            "target \"car\" is none of flash, nose",
            "product-releasing-mode \"later\" is none of automatic, manual",
            "product-disconnection-timeout \"-1\" is not a number of milliseconds between 0 and"
                + " 3153600000000",
            "role \"boss\" of required product 2 is none of main, remote, reference",
            "status \"dead\" is none of unknown, pending, started, stopped, finished, failed",
            "timeout \"6 h\" is not a number of milliseconds between 0 and 3153600000000"),
        startWith(
                "<target>car</target><product-releasing-mode>later</product-releasing-mode>"
                    + "<product-disconnection-timeout>-1</product-disconnection-timeout>"
                    + "<status>dead</status><timeout>6 h</timeout><required-products><product/>"
                    + "<product><role>boss</role></product></required-products>")
            .complaints());
  }

  @Test
  void aPriorityIsAWholeNumberWithinItsBounds() {
    assertEquals(-1000, startWith("<priority>-1000</priority>").demand().priority());
    assertEquals(0, startWith("<priority></priority>").demand().priority());
    for (String bad : List.of("high", "1001", "-1001", "1.5")) {
      assertEquals(
          List.of("priority \"" + bad + "\" is not a whole number between -1000 and 1000"),
          startWith("<priority>" + bad + "</priority>").complaints());
    }
  }

  @Test
  void aRegistrationOfANodeSaysWhereItListens() {
    assertEquals(
        new RegistryOperation(
            CLIENT,
            SERVICE,
            RegistryOperation.Kind.REGISTER,
            RegistryOperation.Remote.TEST_NODE,
            Optional.of(
                new NodeDescription(new Endpoint("node-1", 27182), "rack 4", "aol.alpha0.1"))),
        read(
            envelope(
                "registry-operation",
                "<operation>Register</operation><remote>test-node</remote><test-node>"
                    + "<hostname>node-1</hostname><port>27182</port><description>rack 4"
                    + "</description><test-automation-software-version>aol.alpha0.1"
                    + "</test-automation-software-version></test-node>")));
  }

  @Test
  void aFileIsNamedWithItsSize() {
    var put =
        (FileOperation)
            read(
                envelope(
                    "file-operation",
                    "<operation>put</operation><test><id>T</id><sub-id>_2</sub-id></test>"
                        + "<file><name>a.bin</name><size>80384</size></file>"));

    assertEquals(new FileReference("a.bin", "", 80384), put.file());
    assertEquals(new RuntimeId(new TestId("T"), "_2"), put.test().id());
  }

  @Test
  void theLinesOfATextKeepTheirIndentation() {
    assertEquals("one\n  two\n\nthree", text("\none\n  two\n\nthree\n\t\t"));
    assertEquals("one", text("one"));
    assertEquals("one", text("\r\none\r\n"));
    assertEquals("one", text("\none\t\t\t"));
    assertEquals("a <b> & c", text("\n<![CDATA[a <b> & c]]>\n"));
    assertEquals("", text("\n"));
    assertEquals("", text("\n    "));
    assertEquals("", text(""));
  }

  @Test
  void bytesThatAreNotUtf8AreReadAsLatin1() {
    var bytes =
        envelope("text-message", "<test><id>T</id></test><text>k\u00e4yt\u00f6ss\u00e4</text>")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    assertEquals("k\u00e4yt\u00f6ss\u00e4", ((TextMessage) CODEC.read(bytes)).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the message has no <type>; it is one of test-operation, product-operation,"
            + " file-operation, registry-operation, text-message"
            + "|<message></message>",
        "the type \"x\" of the message is not known; it is one of test-operation,"
            + " product-operation, file-operation, registry-operation, text-message"
            + "|<message><type>x</type></message>",
        "the operation \"go\" of a test-operation is not known; it is one of start, stop, update,"
            + " check|<message><type>test-operation</type><envelope><operation>go</operation>"
            + "<test><id>T</id></test></envelope></message>",
        "the test-operation has no <test> in its <envelope>"
            + "|<message><type>test-operation</type></message>",
        "the remote \"\" of a registry-operation is neither test-node nor client"
            + "|<message><type>registry-operation</type></message>",
        "the registry-operation has no <test-node> in its <envelope>"
            + "|<message><type>registry-operation</type><envelope><remote>test-node</remote>"
            + "</envelope></message>",
        "the port \"70000\" of the sender is not between 0 and 65535"
            + "|<message><type>text-message</type><sender><port>70000</port></sender></message>",
        "the size \"big\" of the file is not a number"
            + "|<message><type>file-operation</type><envelope><test><id>T</id></test><file>"
            + "<size>big</size></file></envelope></message>",
        "the document is a <html> where a <message> is expected|<html></html>",
        "the message is not well-formed XML in line 3: Unexpected close tag </message>; expected"
            + " </envelope>.|<message>\n<envelope>\n</message>",
      })
  void whatIsWrongIsSaidInOneSentence(String sentenceAndMessage) {
    var parts = sentenceAndMessage.split("\\|", 2);

    assertEquals(
        parts[0], assertThrows(ProtocolException.class, () -> read(parts[1])).getMessage());
  }

  private static final String START =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <message>
          <type>test-operation</type>
          <sender>
              <hostname>ci-1.example</hostname>
              <port>20321</port>
          </sender>
          <receiver>
              <hostname>tas.example</hostname>
              <port>31415</port>
          </receiver>
          <envelope>
              <operation>start</operation>
              <test>
                  <id>some_test_for_rm_123</id>
                  <workspace-path>/build/workspace/test_workspace_1</workspace-path>
                  <url>http://build.example/test_workspace_1/</url>
                  <target>flash</target>
                  <product-releasing-mode>manual</product-releasing-mode>
                  <timeout>6360855</timeout>
                  <executor-application>ipy</executor-application>
                  <executor-script>execute.py</executor-script>
                  <artifacts>
                      <artifact>execute.py</artifact>
                      <artifact>data.zip</artifact>
                      <artifact>TestArtifact1.dll</artifact>
                  </artifacts>
                  <results-filename>results.zip</results-filename>
                  <required-products>
                      <product>
                          <rm-code>RM-123</rm-code>
                          <role>main</role>
                      </product>
                  </required-products>
              </test>
          </envelope>
      </message>
      """;

  private static String text(String raw) {
    return ((TextMessage)
            read(envelope("text-message", "<test><id>T</id></test><text>" + raw + "</text>")))
        .text();
  }

  private static TestDescription startWith(String elements) {
    return readTestOperation(
            envelope(
                "test-operation",
                "<operation>start</operation><test><id>T</id>" + elements + "</test>"))
        .test();
  }

  private static String envelope(String type, String content) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><message><type>"
        + type
        + "</type><sender><hostname>ci-1.example</hostname><port>20321</port></sender>"
        + "<receiver><hostname>tas.example</hostname><port>31415</port></receiver><envelope>"
        + content
        + "</envelope></message>";
  }

  private static TestOperation readTestOperation(String message) {
    return (TestOperation) read(message);
  }

  private static Message read(String message) {
    return CODEC.read(message.getBytes(UTF_8));
  }
}
