package com.nokia.ci.tas.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.edge.Admission;
import com.nokia.ci.tas.service.store.StoreLock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole service in this process, spoken to over plain sockets. */
@Timeout(120)
class ServiceProgramTest {
  private static final String IMEI = "004402136230483";

  @TempDir Path directory;

  private final HttpClient browser = HttpClient.newHttpClient();
  private ServiceProgram service;
  private PlainPeer node;
  private PlainPeer client;

  @BeforeEach
  void start() throws IOException {
    service = ServiceProgram.start(settings());
    node = new PlainPeer(service.address());
    client = new PlainPeer(service.address());
  }

  @AfterEach
  void end() {
    Closing.all(node, client, service);
  }

  static Stream<Arguments> layouts() {
    return Stream.of(
        layout("as the guide prints it", it -> it),
        layout("indented", it -> it.replaceAll("(?m)^<(?!\\?)", "   \t<")),
        layout("one line", it -> it.replace("\n", "")),
        layout("CRLF", it -> it.replace("\n", "\r\n")),
        layout("no declaration", it -> it.substring(it.indexOf("<message>"))),
        layout("comments", it -> it.replaceAll("(?m)$", "<!-- a <comment> & more -->")),
        layout("CDATA", it -> it.replaceAll("<id>(.*?)</id>", "<id><![CDATA[$1]]></id>")),
        layout(
            "attributes", it -> it.replaceAll("<(test|id|message)>", "<$1 lang=\"x > y\" a='b'>")),
        layout("entities", it -> it.replace("night", "&#110;igh&#x74;")),
        layout("spaces in tags", it -> it.replaceAll("<(/?[a-z-]+)>", "<$1 >")),
        layout("empty elements", it -> it.replace("<url></url>", "<url/>")),
        layout("no last line end", String::strip),
        layout("byte order mark", it -> "\uFEFF" + it));
  }

  private static Arguments layout(String name, UnaryOperator<String> change) {
    return Arguments.of(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layouts")
  void handWrittenMessagesOfAnyLayoutRunATest(String name, UnaryOperator<String> layout)
      throws Exception {
    assertEquals("", node.say(layout.apply(Scripts.registerNode(node.address()))));
    assertEquals("", node.say(layout.apply(Scripts.addProduct(node.address(), IMEI))));

    assertEquals("", client.say(layout.apply(Scripts.start(client.address(), "nightly"))));

    client.hear("<status>pending</status>", "<workspace-path>/home/ci</workspace-path>");
    node.hear("product-operation", IMEI, "<status>busy</status>", "nightly");
    node.hear(
        "<operation>start</operation>",
        "<port>" + client.address().port() + "</port>",
        "<artifact>run &amp; go.sh</artifact>",
        IMEI);
    node.say(layout.apply(Scripts.report(node.address(), "nightly", "started", "")));
    client.hear("<status>started</status>", IMEI);
    node.say(layout.apply(Scripts.report(node.address(), "nightly", "finished", "")));
    client.hear("<operation>update</operation>", "<status>finished</status>", IMEI);
    node.hear("product-operation", IMEI, "<status>free</status>");
  }

  static Stream<String> badInput() {
    return Stream.of(
        "garbage\n\n",
        "\u0000\u0001\u0002\u0003\n",
        "<?xml version=\"1.0\"?><message>\n</message>\n",
        "<?xml version=\"1.0\"?><message><type>car</type></message>\n",
        "<!DOCTYPE m [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><message><type>&x;</type></message>\n",
        "<message><type>test-operation</type><envelope><operation>start</operation>",
        "<message>" + "<a>".repeat(10_000) + "</message>\n",
        "<message><type>test-operation</type><sender><hostname></hostname><port>0</port></sender>"
            + "<envelope><operation>start</operation><test><id>x</id></test></envelope></message>\n",
        "<message><type>product-operation</type><sender><hostname>h</hostname><port>1</port></sender>"
            + "<envelope><operation>add</operation><product></product></envelope></message>\n");
  }

  @ParameterizedTest
  @MethodSource("badInput")
  void badInputHarmsNobody(String bytes) throws Exception {
    client.say(bytes);

    assertEquals(200, get("/healthz").statusCode());
    assertEquals(List.of(), service.farm().nodes());
    assertEquals(List.of(), service.farm().products());
    assertEquals(0, service.farm().waitingCount());
  }

  @Test
  void whoeverCannotBeAnsweredIsToldWhy() throws Exception {
    String answer =
        client.say(
            Scripts.start(client.address(), "nightly")
                .replace("<port>" + client.address().port() + "</port>", "<port>0</port>"));

    assertTrue(answer.contains("sender"), answer);
  }

  @Test
  void aRefusedTestIsAnsweredWithItsReason() throws Exception {
    client.say(Scripts.start(client.address(), "a*b"));

    String answer = client.hear("<status>failed</status>");
    assertTrue(answer.contains("contains the character *"), answer);
  }

  @Test
  void anExpressionThatMakesNoSenseIsAnsweredWithThePlace() throws Exception {
    client.say(
        Scripts.start(client.address(), "nightly")
            .replace("(rm-code:RM-763;)", "(rm-cod:RM-763;)"));

    String answer = client.hear("<status>failed</status>");
    assertTrue(answer.contains("position 2") && answer.contains("rm-code"), answer);
  }

  @Test
  void checkAndStopOfATestThatIsNotThereAreAnsweredWithAStop() throws Exception {
    client.say(Scripts.test(client.address(), "check", "<id>nobody</id>\n"));
    client.hear("<operation>stop</operation>", "<status>failed</status>", "nobody");
    client.say(Scripts.test(client.address(), "stop", "<id>nobody</id>\n"));
    client.hear("<operation>stop</operation>", "<status>failed</status>", "nobody");
  }

  @Test
  void pagesAndProgramsSeeTheSameFarm() throws Exception {
    node.say(Scripts.registerNode(node.address()));
    node.say(Scripts.addProduct(node.address(), IMEI));
    client.say(
        Scripts.start(client.address(), "nightly").replace("rm-code:RM-763", "rm-code:RM-999"));
    client.hear("<status>pending</status>");

    String page = get("/").body();
    assertTrue(page.contains("Rack &lt;2&gt;"), page);
    for (String part : List.of(IMEI, "nightly", "by hand", "Second floor")) {
      assertTrue(page.contains(part), part + " on " + page);
    }
    assertTrue(get("/products").body().contains(IMEI));
    assertTrue(get("/api/v1/tests/nightly").body().contains("\"state\" : \"waiting\""));
    assertTrue(get("/api/v1/queue").body().contains("nightly"));
    assertTrue(get("/metrics").body().contains("tas_tests{state=\"waiting\"} 1"));
  }

  @Test
  void anEditOfTheSettingsReachesTheFarm() throws Exception {
    Files.writeString(directory.resolve("configuration.dat"), "maintenance-mode=1\n");

    Until.isSo(() -> service.farm().settings().maintenance());
    assertTrue(get("/").body().contains("Maintenance."));
  }

  @Test
  void anEndedTestIsRecordedWithoutCodes() throws Exception {
    node.say(Scripts.registerNode(node.address()));
    node.say(
        Scripts.product(
            node.address(),
            "add",
            "<imei>" + IMEI + "</imei><rm-code>RM-763</rm-code><sim1><pin1>7391</pin1></sim1>\n"));
    client.say(Scripts.start(client.address(), "nightly"));
    node.hear("<operation>start</operation>", "<pin1>7391</pin1>");
    node.say(Scripts.report(node.address(), "nightly", "started", ""));
    node.say(Scripts.report(node.address(), "nightly", "finished", ""));
    client.hear("<status>finished</status>");

    service.close();

    try (var files = Files.list(directory.resolve("statistics"))) {
      String records = Files.readString(files.findFirst().orElseThrow());
      assertTrue(records.contains("\"verdict\":\"finished\""), records);
      assertTrue(records.contains(IMEI), records);
      assertFalse(records.contains("7391"), records);
    }
  }

  @Test
  void aStrangerGetsARefusalAndNothingElse() throws Exception {
    try (var strict =
            ServiceProgram.start(
                ServiceSettings.in(directory).onPort(0).named("127.0.0.1"),
                networks -> new Admission(networks, peer -> false));
        var stranger = new PlainPeer(strict.address())) {
      String answer = stranger.say(Scripts.registerNode(stranger.address()));

      assertTrue(answer.contains("plain-peer-networks="), answer);
      assertEquals(List.of(), strict.farm().nodes());
      assertEquals(1, answer.lines().count());
    }
  }

  @Test
  void aPortThatIsTakenEndsTheStart() {
    var refusal =
        assertThrows(
            SettingsException.class,
            () -> ServiceProgram.start(settings().onPort(service.address().port())));
    assertTrue(
        refusal.getMessage().contains(String.valueOf(service.address().port())),
        refusal.getMessage());
  }

  @Test
  void aStoreThatIsTakenEndsTheStart() throws IOException {
    Path store = directory.resolve("store").resolve(String.valueOf(service.address().port()));

    var refusal = assertThrows(SettingsException.class, () -> StoreLock.take(store));

    assertTrue(refusal.getMessage().contains("belongs to a service that is running"));
    service.close();
    StoreLock.take(store).close();
  }

  @Test
  void theDirectoriesOfTheGuideAreThere() {
    String port = String.valueOf(service.address().port());
    for (String name :
        List.of("configuration.dat", "statistics", "workspace_for_tas_127.0.0.1_" + port)) {
      assertTrue(Files.exists(directory.resolve(name)), name);
    }
  }

  @Test
  void nothingIsLeftRunning() throws Exception {
    // Whatever is started in here belongs to the group: other classes have services of their own.
    var group = new ThreadGroup("service");
    Path home = Files.createDirectory(directory.resolve("other"));
    var started = new FutureTask<>(() -> ServiceProgram.start(settings(home)));
    new Thread(group, started).start();

    try (var other = started.get()) {
      assertTrue(other.address().port() > 0);
      assertTrue(threads(group).anyMatch(name -> name.startsWith("tas-farm-")));
    }

    Until.isSo(
        () ->
            threads(group)
                .noneMatch(
                    name ->
                        name.startsWith("tas-farm-")
                            || name.startsWith("tas-statistics")
                            || name.startsWith("tas-pages")));
  }

  private static Stream<String> threads(ThreadGroup group) {
    var threads = new Thread[group.activeCount() + 100];
    return Stream.of(threads).limit(group.enumerate(threads)).map(Thread::getName);
  }

  private ServiceSettings settings() {
    return settings(directory);
  }

  private static ServiceSettings settings(Path directory) {
    return ServiceSettings.in(directory).onPort(0).named("127.0.0.1").describedAs("Second floor");
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + service.address().port() + path);
    return browser.send(
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
