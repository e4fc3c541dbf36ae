package com.nokia.ci.tas.service;

import static com.nokia.ci.tas.commons.message.RegistryOperation.Remote.CLIENT;
import static com.nokia.ci.tas.commons.message.RegistryOperation.Remote.TEST_NODE;
import static com.nokia.ci.tas.service.ScriptedPeer.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.Target;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole service in this process, with peers that keep sessions and peers that do not. */
@Timeout(180)
class ServiceSessionsTest {
  private static final String IMEI = "004402136230483";
  private static final TestDescription NIGHTLY = TestDescription.named(RuntimeId.of("nightly"));
  private static final TestId ID = new TestId("nightly");

  @TempDir Path directory;

  private final Deque<ScriptedPeer> peers = new ArrayDeque<>();
  private ServiceProgram service;

  @BeforeEach
  void start() throws IOException {
    service = open(0);
  }

  private void loseStore(int port) throws IOException {
    try (var files = Files.newDirectoryStream(directory.resolve("store/" + port), "farm.db*")) {
      for (var file : files) {
        Files.delete(file);
      }
    }
  }

  private ServiceProgram open(int port) throws IOException {
    return ServiceProgram.start(ServiceSettings.in(directory).onPort(port).named("127.0.0.1"));
  }

  @AfterEach
  void end() {
    peers.forEach(ScriptedPeer::close);
    service.close();
  }

  private ScriptedPeer peer(String kind, RegistryOperation.Remote remote) {
    var peer =
        switch (kind) {
          case "session" -> ScriptedPeer.kept(service.address(), remote);
          case "dialable" -> ScriptedPeer.dialable(service.address(), remote);
          default -> ScriptedPeer.plain(service.address(), remote);
        };
    peers.push(peer);
    return peer;
  }

  private ScriptedPeer node(String kind) {
    return peer(kind, TEST_NODE).begin().plug(IMEI);
  }

  private ScriptedPeer client(String kind) {
    return peer(kind, CLIENT).begin();
  }

  private static TestDescription asked(Optional<DirectAccess> direct) {
    return new TestDescription(
        NIGHTLY.id(),
        NIGHTLY.origin(),
        new TestDemand(
            Target.FLASH, ReleasingMode.AUTOMATIC, Duration.ZERO, "(rm-code:RM-763;)", List.of()),
        new TestExecution("sh", "run.sh", List.of("run.sh"), Map.of(), List.of(), "results.zip"),
        TestProgress.NONE.within(Duration.ofHours(1)),
        List.of(),
        direct);
  }

  private static TestDescription report(TestStatus status, int attempt, String route) {
    return NIGHTLY.with(TestProgress.NONE.with(status, "").attempt(attempt).by(route));
  }

  @ParameterizedTest
  @CsvSource({
    "session, session, relayed, 2",
    "session, plain, relayed, 2",
    "plain, session, relayed, 2",
    "plain, plain, '', 0",
    "dialable, plain, '', 0",
    "dialable, session, relayed, 2"
  })
  void aTestRunsInEveryPairing(String nodeKind, String clientKind, String route, int relayed)
      throws Exception {
    var node = node(nodeKind);
    var client = client(clientKind);
    boolean isDirect = nodeKind.equals("dialable") && clientKind.equals("plain");
    if (nodeKind.equals("dialable")) {
      awaitNode(node, "", /* isThere= */ true);
    }
    var direct = new DirectAccess(new Endpoint("127.0.0.1", 9), "opensesame", Optional.empty());
    client.tell(TestOperation.Kind.START, asked(Optional.of(direct)));
    var start = node.hear(TestOperation.Kind.START);
    boolean isNodeKept = !nodeKind.equals("plain");
    assertEquals(
        !isNodeKept && clientKind.equals("session") ? service.address() : client.address(),
        start.sender());
    assertEquals(isNodeKept ? Optional.of(direct) : Optional.empty(), start.test().direct());

    if (isDirect) {
      assertEquals("", start.test().progress().route());
      return;
    }
    done(node.get(start.sender(), NIGHTLY, "run.sh"));
    var get = client.hear(FileOperation.class, it -> it.kind() == FileOperation.Kind.GET);
    done(client.put(get.sender(), NIGHTLY, "run.sh", "echo hello"));
    assertEquals("echo hello", node.receive().content());
    node.tell(TestOperation.Kind.UPDATE, report(TestStatus.STARTED, 1, isNodeKept ? route : ""));
    done(node.say(start.sender(), NIGHTLY, "hello"));
    assertEquals("hello", client.hear(TextMessage.class, it -> true).text());
    done(node.put(start.sender(), NIGHTLY, "results.zip", "green"));
    var results = client.receive();
    assertEquals("green", results.content());
    assertEquals("results.zip", results.put().file().name());
    node.tell(TestOperation.Kind.UPDATE, report(TestStatus.FINISHED, 1, isNodeKept ? route : ""));
    var end =
        client.hear(
            TestOperation.class, it -> it.test().progress().status() == TestStatus.FINISHED);

    assertEquals(route, end.test().progress().route());
    assertEquals(Optional.empty(), end.test().direct());
    assertFalse(page("/api/v1/tests/nightly").contains("opensesame"));
    if (!route.isEmpty()) {
      assertTrue(page("/api/v1/tests/nightly").contains("\"route\" : \"" + route + "\""));
    }
    assertTrue(page("/metrics").contains("tas_relayed_files_total " + relayed + "\n"));
  }

  @Test
  void strangersCannotRelay() throws Exception {
    var node = node("session");
    var client = client("session");
    var stranger = client("session");
    var otherNode = peer("session", TEST_NODE).begin();
    client.tell(TestOperation.Kind.START, asked(Optional.empty()));
    node.hear(TestOperation.Kind.START);
    client.hear(TestOperation.Kind.UPDATE);

    for (var who : List.of(stranger, otherNode)) {
      for (var to : List.of(node.address(), client.address())) {
        assertThrows(CompletionException.class, () -> done(who.say(to, NIGHTLY, "hello")));
        assertThrows(CompletionException.class, () -> done(who.get(to, NIGHTLY, "run.sh")));
        assertThrows(
            CompletionException.class, () -> done(who.put(to, NIGHTLY, "results.zip", "red")));
      }
    }
    assertFalse(node.hasFiles() || client.hasFiles());
    assertTrue(client.unheard().stream().noneMatch(TextMessage.class::isInstance));
    assertTrue(node.unheard().stream().noneMatch(TextMessage.class::isInstance));
    assertTrue(stranger.unheard().isEmpty());
  }

  @Test
  void aNodeThatIsNotTheRunsNodeCannotReportForIt() throws Exception {
    var node = node("session");
    var other = peer("session", TEST_NODE).begin();
    var client = client("session");
    client.tell(TestOperation.Kind.START, asked(Optional.empty()));
    node.hear(TestOperation.Kind.START);

    other.tell(TestOperation.Kind.UPDATE, report(TestStatus.FINISHED, 1, ""));
    other.tell(
        new TestOperation(
            node.address(),
            service.address(),
            TestOperation.Kind.UPDATE,
            report(TestStatus.FINISHED, 1, "")));
    node.tell(TestOperation.Kind.UPDATE, report(TestStatus.STARTED, 1, ""));
    client.hear(TestOperation.class, it -> it.test().progress().status() == TestStatus.STARTED);

    assertTrue(service.farm().running(ID).isPresent());
  }

  @Test
  void nobodyElseDeregistersANodeThatHasASession() throws Exception {
    var node = node("session");
    try (var stranger = new PlainPeer(service.address())) {
      String answer =
          stranger.say(
              Scripts.registerNode(node.address())
                  .replace("<operation>register</operation>", "<operation>deregister</operation>"));

      assertTrue(answer.contains("has a session"), answer);
    }
    assertTrue(service.farm().node(new NodeId(node.address())).isPresent());
  }

  @Test
  void aNodeThatFallsAwayIsInTroubleAtOnceAndGoesOnWithItsRunsWhenItIsBack() throws Exception {
    var node = node("session");
    var client = client("session");
    client.tell(TestOperation.Kind.START, asked(Optional.empty()));
    node.hear(TestOperation.Kind.START);
    node.tell(TestOperation.Kind.UPDATE, report(TestStatus.STARTED, 1, ""));
    client.hear(TestOperation.class, it -> it.test().progress().status() == TestStatus.STARTED);

    node.close();
    awaitNode(node, "cannot be reached", /* isThere= */ true);
    var back =
        node.successor().running(new RunReference(NIGHTLY.id(), 1, List.of(new ProductId(IMEI))));
    peers.push(back);
    back.begin();
    awaitNode(node, "", /* isThere= */ true);
    back.tell(TestOperation.Kind.UPDATE, report(TestStatus.FINISHED, 1, ""));

    var end =
        client.hear(
            TestOperation.class, it -> it.test().progress().status() == TestStatus.FINISHED);
    assertEquals(1, end.test().progress().attempt());
  }

  @Test
  void aServiceThatLostItsStoreEndsWhatItDoesNotKnowAndNumbersOn() throws Exception {
    var node = node("session").running(new RunReference(NIGHTLY.id(), 1, List.of(imei())));
    var client = client("session");
    client.tell(TestOperation.Kind.START, asked(Optional.empty()));
    node.hear(TestOperation.Kind.START);

    int port = service.address().port();
    service.close();
    loseStore(port);
    service = open(port);
    var stop = node.hear(TestOperation.Kind.STOP);
    assertEquals(1, stop.test().progress().attempt());
    node.plug(IMEI);
    Until.isSo(() -> service.farm().product(imei()).flatMap(it -> it.holder()).isPresent());
    var again = asked(Optional.empty());
    client.tell(TestOperation.Kind.START, again.with(again.progress().attempt(1)));
    Until.isSo(() -> service.farm().waiting(ID).isPresent());
    node.tell(TestOperation.Kind.UPDATE, report(TestStatus.FAILED, 1, ""));

    assertEquals(2, node.hear(TestOperation.Kind.START).test().progress().attempt());
  }

  @Test
  void finalMessagesWaitForAClientThatIsAway() throws Exception {
    try (var wire = new CutWire(service.address().port())) {
      var node = node("session");
      var client = peer("session", CLIENT).begin(wire.address());
      client.tell(TestOperation.Kind.START, asked(Optional.empty()));
      var start = node.hear(TestOperation.Kind.START);
      node.tell(TestOperation.Kind.UPDATE, report(TestStatus.STARTED, 1, ""));
      client.hear(TestOperation.class, it -> it.test().progress().status() == TestStatus.STARTED);

      wire.cut();
      Until.isSo(() -> sessionsAway() == 1);
      var results = node.put(start.sender(), NIGHTLY, "results.zip", "green");
      done(node.say(start.sender(), NIGHTLY, "last words"));
      node.tell(TestOperation.Kind.UPDATE, report(TestStatus.FINISHED, 1, ""));
      Until.isSo(() -> service.farm().ended(ID).isPresent());
      wire.mend();

      assertEquals("last words", client.hear(TextMessage.class, it -> true).text());
      client.hear(TestOperation.class, it -> it.test().progress().status() == TestStatus.FINISHED);
      done(results);
      assertEquals("green", client.receive().content());
    }
  }

  private static ProductId imei() {
    return new ProductId(IMEI);
  }

  private int sessionsAway() {
    return page("/metrics").contains("tas_sessions{state=\"away\"} 1\n") ? 1 : 0;
  }

  private void awaitNode(ScriptedPeer node, String remark, boolean isThere) {
    Until.isSo(
        () ->
            service
                    .farm()
                    .node(new NodeId(node.address()))
                    .filter(
                        view ->
                            remark.isEmpty()
                                ? view.remark().isEmpty()
                                : view.remark().contains(remark))
                    .isPresent()
                == isThere);
  }

  private String page(String path) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + service.address().port() + path))
                  .timeout(Duration.ofSeconds(30))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(path, e);
    }
  }
}
