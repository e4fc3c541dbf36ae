package com.nokia.ci.tas.service;

import static com.nokia.ci.tas.commons.message.RegistryOperation.Remote.CLIENT;
import static com.nokia.ci.tas.commons.message.RegistryOperation.Remote.TEST_NODE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TestOperation;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service that is started again in the same directory goes on where it stood. */
@Timeout(180)
class ServiceRestartTest {
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

  private ServiceProgram open(int port) throws IOException {
    return ServiceProgram.start(ServiceSettings.in(directory).onPort(port).named("127.0.0.1"));
  }

  private void restart() throws IOException {
    int port = service.address().port();
    service.close();
    service = open(port);
  }

  @AfterEach
  void end() {
    peers.forEach(ScriptedPeer::close);
    service.close();
  }

  @Test
  void anAcceptedTestIsNeverLost() throws Exception {
    var client = client();
    client.tell(TestOperation.Kind.START, asked());
    client.hear(TestOperation.class, it -> it.test().progress().status() == TestStatus.PENDING);

    restart();
    var node = node();

    assertEquals(1, node.hear(TestOperation.Kind.START).test().progress().attempt());
  }

  @Test
  void aRestartOfTheServiceDoesNotFailARunningTest() throws Exception {
    var client = client();
    var node = node();
    client.tell(TestOperation.Kind.START, asked());
    node.hear(TestOperation.Kind.START);
    node.running(new RunReference(NIGHTLY.id(), 1, List.of(new ProductId(IMEI))));
    node.tell(TestOperation.Kind.UPDATE, report(TestStatus.STARTED, 1));
    client.hear(TestOperation.class, it -> it.test().progress().status() == TestStatus.STARTED);

    restart();
    Until.isSo(() -> service.farm().running(ID).isPresent() && isConnected(node));
    node.tell(TestOperation.Kind.UPDATE, report(TestStatus.FINISHED, 1));

    var end = client.hear(TestOperation.class, ServiceRestartTest::isEnd);
    assertEquals(TestStatus.FINISHED, end.test().progress().status());
    assertEquals(List.of(), stops(node));
    Until.isSo(() -> service.farm().product(new ProductId(IMEI)).orElseThrow().holder().isEmpty());
  }

  @Test
  void anOrderThatMayHaveBeenLostIsGivenOnceMoreToANodeThatDoesNotHaveIt() throws Exception {
    var client = client();
    var node = node().acknowledgingNothing();
    client.tell(TestOperation.Kind.START, asked());
    node.hear(TestOperation.Kind.START);
    node.close();

    restart();
    var successor = node.successor().running();
    peers.push(successor);
    successor.begin();
    successor.plug(IMEI);

    assertEquals(1, successor.hear(TestOperation.Kind.START).test().progress().attempt());
    assertTrue(service.farm().running(ID).isPresent());
  }

  @Test
  void everyTestEndsExactlyOnce() throws Exception {
    var client = client();
    var node = node();
    client.tell(TestOperation.Kind.START, asked());
    node.hear(TestOperation.Kind.START);
    client.close();
    node.tell(TestOperation.Kind.UPDATE, report(TestStatus.FINISHED, 1));
    Until.isSo(() -> service.farm().ended(ID).isPresent());

    restart();
    var successor = client.successor();
    peers.push(successor);
    successor.begin();

    var end = successor.hear(TestOperation.class, ServiceRestartTest::isEnd);
    assertEquals(TestStatus.FINISHED, end.test().progress().status());
  }

  @Test
  void aStopThatWasNotConfirmedIsToldAgain() throws Exception {
    var client = client();
    var node = node();
    client.tell(TestOperation.Kind.START, asked());
    node.hear(TestOperation.Kind.START);
    node.running(new RunReference(NIGHTLY.id(), 1, List.of(new ProductId(IMEI))));
    node.tell(TestOperation.Kind.UPDATE, report(TestStatus.STARTED, 1));
    client.tell(TestOperation.Kind.STOP, NIGHTLY);
    node.hear(TestOperation.Kind.STOP);

    restart();

    assertEquals(NIGHTLY.id(), node.hear(TestOperation.Kind.STOP).test().id());
    assertTrue(service.farm().product(new ProductId(IMEI)).orElseThrow().holder().isPresent());
    node.tell(TestOperation.Kind.UPDATE, report(TestStatus.STOPPED, 1));
    Until.isSo(() -> service.farm().product(new ProductId(IMEI)).orElseThrow().holder().isEmpty());
  }

  private ScriptedPeer node() {
    return begun(ScriptedPeer.kept(service.address(), TEST_NODE).running()).plug(IMEI);
  }

  private ScriptedPeer client() {
    return begun(ScriptedPeer.kept(service.address(), CLIENT));
  }

  private ScriptedPeer begun(ScriptedPeer peer) {
    peers.push(peer);
    return peer.begin();
  }

  private boolean isConnected(ScriptedPeer node) {
    return service.farm().nodes().stream()
        .filter(it -> it.node().endpoint().equals(node.address()))
        .anyMatch(it -> it.remark().isEmpty() && it.condition().name().equals("CONNECTED"));
  }

  private static boolean isEnd(TestOperation operation) {
    return switch (operation.test().progress().status()) {
      case FINISHED, FAILED, STOPPED -> true;
      case UNKNOWN, PENDING, STARTED -> false;
    };
  }

  private static List<Message> stops(ScriptedPeer node) {
    return node.unheard().stream()
        .filter(
            it ->
                it instanceof TestOperation operation
                    && operation.kind() == TestOperation.Kind.STOP)
        .toList();
  }

  private static TestDescription asked() {
    return NIGHTLY
        .with(
            new TestDemand(
                Target.FLASH,
                ReleasingMode.AUTOMATIC,
                Duration.ZERO,
                "(rm-code:RM-763;)",
                List.of()))
        .with(
            new TestExecution(
                "sh", "run.sh", List.of("run.sh"), Map.of(), List.of(), "results.zip"))
        .with(TestProgress.NONE.within(Duration.ofHours(1)));
  }

  private static TestDescription report(TestStatus status, int attempt) {
    return NIGHTLY.with(TestProgress.NONE.with(status, "").attempt(attempt));
  }
}
