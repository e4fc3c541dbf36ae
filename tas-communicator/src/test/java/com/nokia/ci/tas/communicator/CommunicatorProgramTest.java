package com.nokia.ci.tas.communicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.TransportSettings;
import com.nokia.ci.tas.communicator.edge.EdgeLimits;
import com.nokia.ci.tas.communicator.edge.ServiceLinkSettings;
import com.nokia.ci.tas.communicator.edge.SessionTerms;
import com.nokia.ci.tas.communicator.execution.EndingPatience;
import com.nokia.ci.tas.communicator.execution.ExecutorSettings;
import com.nokia.ci.tas.communicator.execution.KeepRule;
import com.nokia.ci.tas.communicator.execution.ProductArgument;
import com.nokia.ci.tas.communicator.gate.GateSettings;
import com.nokia.ci.tas.communicator.node.NodeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A whole communicator between a plain service and a plain client that follow a script. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
final class CommunicatorProgramTest {
  private static final String IMEI = "004402136230483";
  private static final RuntimeId NIGHTLY = new RuntimeId(new TestId("nightly"), "_2");
  private static final ProductDescription PRODUCT = ProductDescription.of(Map.of("imei", IMEI));

  @TempDir Path directory;
  private final Station service = new Station();
  private final Station client = new Station();
  private ServerSocket ciProxy;
  private CommunicatorProgram program;

  @BeforeEach
  void start() throws IOException {
    ciProxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    program = CommunicatorProgram.start(settings());
  }

  @AfterEach
  void close() {
    Closing.all(program, service, client, ciProxy);
  }

  @Test
  void aTestGoesFromItsArtifactsToItsResults() throws Exception {
    var registration = service.await(RegistryOperation.class);
    assertEquals(program.endpoint(), registration.sender());
    assertEquals(program.endpoint(), registration.node().orElseThrow().endpoint());
    client.artifacts.put("a.img", "image");
    client.artifacts.put(
        "run.sh", "cat a.img; echo; echo \"$1\"; sleep 0.5; echo done > results.zip");

    order(execution("sh", "run.sh", List.of("a.img"), "results.zip"));

    assertEquals("run.sh", client.await(FileOperation.class).file().name());
    assertEquals("a.img", client.await(FileOperation.class).file().name());
    var started = service.awaitReport(TestStatus.STARTED);
    assertEquals(NIGHTLY, started.id());
    assertEquals(7, started.progress().attempt());
    assertTrue(started.progress().startTime().toEpochMilli() > 0);
    client.awaitLine("image"::equals);
    client.awaitLine(("main:" + directory.resolve("products/" + IMEI + ".xml"))::equals);
    var results = client.awaitPut();
    assertEquals("results_2.zip", results.message().file().name());
    assertEquals(5, results.message().file().size());
    assertEquals("done\n", results.content());
    var finished = service.awaitReport(TestStatus.FINISHED);
    assertEquals(7, finished.progress().attempt());
    Until.isGone(directory.resolve("workspace/nightly_2"));
  }

  @Test
  void aNonZeroExitCodeFailsTheTestAfterItsResults() throws Exception {
    client.artifacts.put("run.sh", "echo x > r; exit 3");

    order(execution("sh", "run.sh", List.of(), "r"));

    assertEquals("r_2", client.awaitPut().message().file().name());
    var failed = service.awaitReport(TestStatus.FAILED).progress();
    assertEquals("executor ended with exit code 3", failed.details());
    assertEquals(Optional.of(Fault.TEST), failed.fault());
  }

  @Test
  void missingResultsFailTheTest() throws Exception {
    client.artifacts.put("run.sh", "exit 0");

    order(execution("sh", "run.sh", List.of(), "results.zip"));

    assertEquals(
        "the executor did not leave the results file results.zip",
        service.awaitReport(TestStatus.FAILED).progress().details());
  }

  @Test
  void anArtifactThatTheClientAbortsFailsTheTest() throws Exception {
    client.artifacts.put("run.sh", "true");
    client.artifacts.put("a.img", "ABORT");

    order(execution("sh", "run.sh", List.of("a.img"), ""));

    var failed = service.awaitReport(TestStatus.FAILED).progress();
    assertEquals("the client aborted the artifact a.img", failed.details());
    assertEquals(Optional.of(Fault.ARTIFACT), failed.fault());
  }

  @Test
  void anArtifactOfTheWrongSizeIsAskedForTwiceAgain() throws Exception {
    order(execution("sh", "run.sh", List.of(), ""));

    for (int i = 0; i < 3; i++) {
      var get = client.await(FileOperation.class);
      assertEquals(FileOperation.Kind.GET, get.kind());
      put("run.sh", 10, "true");
    }
    var failed = service.awaitReport(TestStatus.FAILED).progress();
    assertTrue(failed.details().contains("run.sh, announced with 10 bytes"), failed.details());
    assertFalse(Files.exists(directory.resolve("workspace/nightly_2/run.sh")));
  }

  @Test
  void aFileThatNobodyAskedForIsNotStored() throws Exception {
    client.artifacts.put("run.sh", "echo ready; sleep 300");
    order(execution("sh", "run.sh", List.of(), ""));
    client.awaitLine("ready"::equals);

    put("evil.sh", 4, "true");
    put("../evil.sh", 4, "true");
    put("run.sh", 4, "true");

    assertEquals(
        "echo ready; sleep 300", Files.readString(directory.resolve("workspace/nightly_2/run.sh")));
    assertFalse(Files.exists(directory.resolve("workspace/nightly_2/evil.sh")));
    assertFalse(Files.exists(directory.resolve("workspace/evil.sh")));
    assertFalse(Files.exists(directory.resolve("evil.sh")));
  }

  @Test
  void aStopEndsTheWholeTree() throws Exception {
    client.artifacts.put(
        "run.sh", "setsid sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1; done' & wait");
    order(execution("sh", "run.sh", List.of(), "results.zip"));
    long grandchild = Long.parseLong(client.awaitLine(line -> line.matches("[0-9]+")));

    service.say(program.endpoint(), operation(TestOperation.Kind.STOP, stopOrder()));

    var failed = service.awaitReport(TestStatus.FAILED).progress();
    assertEquals("stopped by its issuer", failed.details());
    assertFalse(isRunning(grandchild));
  }

  @Test
  void aStopWhileArtifactsComeEndsTheRun() throws Exception {
    order(execution("sh", "run.sh", List.of(), ""));
    client.await(FileOperation.class);

    service.say(program.endpoint(), operation(TestOperation.Kind.STOP, stopOrder()));

    assertEquals(
        "stopped by its issuer", service.awaitReport(TestStatus.FAILED).progress().details());
    Until.isGone(directory.resolve("workspace/nightly_2"));
  }

  @Test
  void anUpdateToStoppedIsAStopToo() throws Exception {
    order(execution("sh", "run.sh", List.of(), ""));
    client.await(FileOperation.class);

    var stop = stopOrder().with(stopOrder().progress().with(TestStatus.STOPPED, ""));
    service.say(program.endpoint(), operation(TestOperation.Kind.UPDATE, stop));

    assertEquals(
        "stopped by " + service.endpoint(),
        service.awaitReport(TestStatus.FAILED).progress().details());
  }

  @Test
  void filesOfARunAreGivenToItsClientAlsoAWhileAfterIt() throws Exception {
    client.artifacts.put("run.sh", "echo kept > results.zip; echo ready; read line; exit 0");
    client.artifacts.put("a.img", "image");
    order(execution("sh", "run.sh", List.of("a.img"), "results.zip"));
    service.awaitReport(TestStatus.FINISHED);
    Until.isGone(directory.resolve("workspace/nightly_2"));
    assertEquals("kept\n", client.awaitPut().content());

    client.say(program.endpoint(), get("results_2.zip"));
    assertEquals("kept\n", client.awaitPut().content());
    client.say(program.endpoint(), get("../../etc/passwd"));
    client.await(it -> it instanceof FileOperation said && said.kind() == FileOperation.Kind.ABORT);
  }

  @Test
  void reportsWaitForAServiceThatIsAway() throws Exception {
    client.artifacts.put("run.sh", "echo ready; sleep 0.2");
    order(execution("sh", "run.sh", List.of(), ""));
    client.awaitLine("ready"::equals);
    service.awaitReport(TestStatus.STARTED);
    service.goAway();
    Until.isGone(directory.resolve("workspace/nightly_2"));

    service.comeBack();

    assertEquals(7, service.awaitReport(TestStatus.FINISHED).progress().attempt());
  }

  @Test
  void productsComeAndGoWithTheCiProxy() throws Exception {
    try (var link = ciProxy.accept()) {
      say(link, "2@RM-763|USB4|GConnId_a|" + IMEI + "|15000$");
      var added = service.await(ProductOperation.class);
      assertEquals(ProductOperation.Kind.ADD, added.kind());
      assertEquals(program.endpoint(), added.sender());
      assertEquals(IMEI, added.product().id().imei());
      assertEquals(Integer.toString(service.endpoint().port()), added.product().value("tas-port"));

      say(link, "0@RM-763|USB4|GConnId_a|" + IMEI + "|15000$");
      var removed = service.await(ProductOperation.class);
      assertEquals(ProductOperation.Kind.REMOVE, removed.kind());
      assertFalse(removed.product().value("disconnection-time").isEmpty());
    }
  }

  @Test
  void endingFailsWhatRunsAndSaysGoodBye() throws Exception {
    client.artifacts.put("run.sh", "echo $$; sleep 300");
    order(execution("sh", "run.sh", List.of(), ""));
    long pid = Long.parseLong(client.awaitLine(line -> line.matches("[0-9]+")));

    program.close();

    assertEquals(
        "stopped by its node, which is shutting down",
        service.awaitReport(TestStatus.FAILED).progress().details());
    assertEquals(RegistryOperation.Kind.DEREGISTER, service.await(RegistryOperation.class).kind());
    assertFalse(isRunning(pid));
  }

  @Test
  void aSecondCommunicatorInTheDirectoryIsRefused() {
    assertThrows(SettingsException.class, () -> CommunicatorProgram.start(settings()));
  }

  private CommunicatorSettings settings() {
    var limits =
        new CommunicatorLimits(
            new EdgeLimits(
                NodeSettings.DEFAULT,
                new ServiceLinkSettings(
                    Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(20)),
                TransportSettings.defaults()),
            ExecutorSettings.DEFAULT.with(EndingPatience.politely(Duration.ofMillis(100))),
            GateSettings.NONE,
            Duration.ofMillis(20));
    return new CommunicatorSettings(
        service.endpoint(),
        Optional.of(SessionTerms.DEFAULT),
        new CommunicatorSettings.Own(Optional.of("127.0.0.1"), 0, "bench 3"),
        new Endpoint("127.0.0.1", ciProxy.getLocalPort()),
        directory,
        new CommunicatorSettings.Runs(KeepRule.NONE, Duration.ofDays(7), ProductArgument.FILE),
        limits);
  }

  private void order(TestExecution execution) {
    var test =
        TestDescription.named(NIGHTLY)
            .with(execution)
            .with(TestProgress.NONE.attempt(7).reserving(List.of(PRODUCT)));
    service.say(
        program.endpoint(),
        new TestOperation(client.endpoint(), program.endpoint(), TestOperation.Kind.START, test));
  }

  private static TestDescription stopOrder() {
    return TestDescription.named(NIGHTLY)
        .with(TestProgress.NONE.attempt(7).with(TestStatus.STOPPED, "stopped by its issuer"));
  }

  private TestOperation operation(TestOperation.Kind kind, TestDescription test) {
    return new TestOperation(service.endpoint(), program.endpoint(), kind, test);
  }

  private FileOperation get(String name) {
    return new FileOperation(
        client.endpoint(),
        program.endpoint(),
        FileOperation.Kind.GET,
        TestDescription.named(NIGHTLY),
        FileReference.named(name));
  }

  /** By hand, because no honest sender sends a wrong size. */
  private void put(String name, long announced, String content) throws IOException {
    String message =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <message><type>file-operation</type>
        <sender><hostname>127.0.0.1</hostname><port>%d</port></sender>
        <envelope><operation>put</operation><test><id>nightly</id><sub-id>_2</sub-id></test>
        <file><name>%s</name><size>%d</size></file></envelope></message>
        """
            .formatted(client.endpoint().port(), name, announced);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), program.endpoint().port())) {
      socket.getOutputStream().write((message + content).getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  }

  private static TestExecution execution(
      String application, String script, List<String> artifacts, String results) {
    return new TestExecution(application, script, artifacts, Map.of(), List.of(), results);
  }

  private static void say(Socket link, String text) throws IOException {
    link.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Whoever has ended and only waits to be noticed by its parent does not run. */
  private static boolean isRunning(long pid) throws IOException {
    Path stat = Path.of("/proc/" + pid + "/stat");
    return ProcessHandle.of(pid).isPresent()
        && !(Files.exists(stat) && Files.readString(stat).matches("(?s).*\\) [ZX] .*"));
  }
}
