package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A promise of the farm: SIM codes and secret variables reach the executor and the issuer of the
 * test, whatever the executor or the node does with them, and nobody else. Everything that anybody
 * can see is searched for them.
 */
class SealedSecretsTest {
  private static final String PIN = "70918263";
  private static final String PUK = "59483726";
  private static final String SECURITY_CODE = "83746152";
  private static final String VARIABLE = "v4riable-not-to-be-read";
  private static final List<String> SECRETS = List.of(PIN, PUK, SECURITY_CODE, VARIABLE);

  @TempDir static Path scratch;
  private static LocalFarm farm;
  private static LocalFarm.Node node;

  @BeforeAll
  static void startFarm() throws Exception {
    farm =
        LocalFarm.start(
            scratch,
            "test-minimal-execution-time=1000",
            "maximal-number-of-retries-for-failed-test=0");
    node = farm.addNode("node", 1);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void secretsStaySealed() throws Exception {
    giveCodesToTheProduct();
    Path gate = scratch.resolve("gate");
    var test =
        ShellTest.in(
            scratch,
            "printing",
            """
            cat products.json "${1#*:}" > results.txt
            echo "$DOOR_KEY" >> results.txt
            cat results.txt
            echo "the key is $DOOR_KEY, the PIN %1$s"
            printf '%2$s'; sleep 0.3; echo '%3$s'
            echo everything is printed
            while [ ! -e '%4$s' ]; do sleep 0.05; done
            exit 7
            """
                .formatted(PIN, PUK.substring(0, 4), PUK.substring(4), gate));
    var arguments = test.arguments("--secret-env", "DOOR_KEY", "--results", "results.txt");
    arguments.addAll(List.of("--require", "rm-code:RM-763;sim1-pin1:" + PIN + ";"));
    arguments.addAll(0, List.of("start", "--service", farm.address()));

    try (var stranger = new PlainPeer();
        var client =
            Program.ofJar(
                Program.CLIENT,
                scratch.resolve("issuer"),
                Map.of("DOOR_KEY", VARIABLE),
                arguments.toArray(String[]::new))) {
      client.untilPrinted("everything is printed");
      client.untilPrinted("the key is ***, the PIN ***");
      assertSealed(whatIsSeen("printing", stranger));
      Files.createFile(gate);
      assertEquals(1, client.exitCode(), client.text());
      assertSealed(Map.of("the issuer's console", client.text()));
      assertSealed(whatIsSeen("printing", stranger));
    }
    String results = Files.readString(test.workspace().resolve("results.txt"));
    for (String secret : SECRETS) {
      assertTrue(results.contains(secret), "the executor has it: " + secret);
    }
  }

  @Test
  void secretsStaySealedWhenANodeTellsThem() throws Exception {
    try (var talkative = new PlainPeer();
        var issuer = new PlainPeer();
        var stranger = new PlainPeer()) {
      tell(talkative, "<type>registry-operation</type>", register(talkative));
      tell(talkative, "<type>product-operation</type>", product(talkative));
      Patience.untilTrue("the product is there", () -> farm.product("350000000000017").isPresent());
      tell(issuer, "<type>test-operation</type>", order());
      var start = talkative.untilStatus("told", "started");
      assertTrue(start.xml().contains("<pin1>" + PIN + "</pin1>"), "the node has the code");
      assertTrue(start.xml().contains(VARIABLE), "the node has the variable");

      tell(
          talkative,
          "<type>test-operation</type>",
          "<operation>update</operation><test><id>told</id><status>failed</status><status-details>"
              + String.join(" and ", SECRETS)
              + "</status-details></test>");

      var end = issuer.untilStatus("told", "failed");
      assertEquals("*** and *** and *** and ***", end.leaf("status-details"));
      assertTrue(end.xml().contains("<pin1>" + PIN + "</pin1>"), "the issuer has the code");
      assertFalse(end.xml().contains(VARIABLE), "the variable does not come back");
      assertSealed(whatIsSeen("told", stranger));
    }
  }

  /** Edits the product's file as its owner does, and waits until the farm knows. */
  private static void giveCodesToTheProduct() throws Exception {
    String imei =
        farm.products().stream()
            .filter(product -> product.path("rmCode").asText().equals("RM-763"))
            .map(product -> product.path("imei").asText())
            .findFirst()
            .orElseThrow();
    Path file = node.home().resolve("products").resolve(imei + ".xml");
    String edited =
        Files.readString(file)
            .replaceAll("<pin1>[^<]*", "<pin1>" + PIN)
            .replaceAll("<puk2>[^<]*", "<puk2>" + PUK)
            .replaceAll("<security-code>[^<]*", "<security-code>" + SECURITY_CODE)
            .replace("</product>", "<codes>known</codes></product>");
    for (String secret : List.of(PIN, PUK, SECURITY_CODE)) {
      assertTrue(edited.contains(secret), edited);
    }
    Files.writeString(file, edited);
    Patience.untilTrue(
        "the farm knows the edited product",
        () ->
            farm.product(imei)
                .filter(
                    product -> product.path("attributes").path("codes").asText().equals("known"))
                .isPresent());
  }

  /** By name, everything that a visitor, a script, another client or a reader of logs can see. */
  private static Map<String, String> whatIsSeen(String test, PlainPeer stranger) throws Exception {
    var seen = new LinkedHashMap<String, String>();
    var addresses =
        Stream.concat(
            Stream.of(
                "/",
                "/products",
                "/metrics",
                "/tests/" + test,
                "/api/v1/tests",
                "/api/v1/tests/" + test,
                "/api/v1/queue",
                "/api/v1/products",
                "/api/v1/nodes"),
            farm.products().stream()
                .map(product -> product.path("imei").asText())
                .flatMap(imei -> Stream.of("/products/" + imei, "/api/v1/products/" + imei)));
    for (String address : addresses.toList()) {
      var answer = farm.get(address);
      assertEquals(200, answer.statusCode(), address);
      seen.put(address, answer.body());
    }
    for (Path directory : List.of(farm.serviceHome(), node.home())) {
      files(directory.resolve("logs"), seen);
    }
    files(farm.serviceHome().resolve("statistics"), seen);
    seen.put("the service's console", farm.service().text());
    seen.put("the node's console", node.communicator().text());
    for (String command : List.of("check", "products")) {
      String[] which = command.equals("check") ? new String[] {"--id", test} : new String[0];
      try (var other = farm.client(command, which)) {
        other.exitCode();
        seen.put("the command " + command, other.text());
      }
    }
    int before = stranger.received().size();
    tell(
        stranger,
        "<type>test-operation</type>",
        "<operation>check</operation><test><id>" + test + "</id></test>");
    seen.put(
        "the answer to a stranger",
        Patience.until(
                "the stranger is answered",
                () -> stranger.received().stream().skip(before).findFirst())
            .xml());
    return seen;
  }

  private static void files(Path directory, Map<String, String> seen) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        seen.put(file.toString(), Files.readString(file));
      }
    }
  }

  private static void assertSealed(Map<String, String> seen) {
    seen.forEach(
        (where, text) -> {
          Optional<String> found = SECRETS.stream().filter(text::contains).findFirst();
          assertTrue(found.isEmpty(), () -> where + " shows " + found + ":\n" + text);
        });
  }

  private static void tell(PlainPeer sender, String type, String envelope) throws IOException {
    PlainPeer.send(
        farm.port(),
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><message>"
                + type
                + "<sender>"
                + address(sender)
                + "</sender><envelope>"
                + envelope
                + "</envelope></message>")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static String address(PlainPeer peer) {
    return "<hostname>localhost</hostname><port>" + peer.port() + "</port>";
  }

  private static String register(PlainPeer node) {
    return "<operation>register</operation><remote>test-node</remote><test-node>"
        + address(node)
        + "<description>talkative</description>"
        + "<test-automation-software-version>1.0</test-automation-software-version></test-node>";
  }

  private static String product(PlainPeer node) {
    return "<operation>add</operation><product><imei>350000000000017</imei><rm-code>RM-1</rm-code>"
        + "<role>main</role>"
        + address(node)
        + "<sim1><pin1>"
        + PIN
        + "</pin1><puk2>"
        + PUK
        + "</puk2><security-code>"
        + SECURITY_CODE
        + "</security-code></sim1></product>";
  }

  private static String order() {
    return "<operation>start</operation><test><id>told</id><timeout>3600000</timeout>"
        + "<secret-variables>DOOR_KEY</secret-variables>"
        + "<executor-application>sh</executor-application>"
        + "<envparams><envparam><key>DOOR_KEY</key><value>"
        + VARIABLE
        + "</value></envparam></envparams>"
        + "<required-products-expression>rm-code:RM-1;</required-products-expression></test>";
  }
}
