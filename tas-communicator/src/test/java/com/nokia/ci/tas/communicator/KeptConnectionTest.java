package com.nokia.ci.tas.communicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.SessionLimits;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A whole communicator that keeps its connections, on a wire that can be cut. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
final class KeptConnectionTest {
  private static final RuntimeId NIGHTLY = RuntimeId.of("nightly");
  private static final ProductId PRODUCT = new ProductId("004402136230483");

  /** Where nobody is: whoever dialled it would fail. */
  private static final Endpoint BEHIND_NAT = new Endpoint("192.0.2.1", 9);

  @TempDir Path directory;
  private final Station service = new Station(Duration.ofMinutes(10));
  private final Station client = new Station(Duration.ofMillis(200));
  private CutWire wire;
  private CommunicatorProgram program;

  @BeforeEach
  void start() throws IOException {
    wire = new CutWire(service.endpoint().port());
    program = CommunicatorProgram.start(settings());
  }

  @AfterEach
  void close() {
    Closing.all(program, service, client, wire);
  }

  @Test
  void aRunOfAClientThatCannotBeDialledGoesThroughTheService() throws Exception {
    assertEquals(Optional.of(List.of()), service.await(RegistryOperation.class).runs());
    service.artifacts.put("run.sh", "cat a.img; echo; echo done > results.zip");
    service.artifacts.put("a.img", "image");

    order(BEHIND_NAT, execution("run.sh", List.of("a.img"), "results.zip"), relayed());

    var get = service.await(FileOperation.class);
    assertEquals(BEHIND_NAT, get.receiver());
    assertEquals("relayed", service.awaitReport(TestStatus.STARTED).progress().route());
    var text = service.awaitText();
    assertEquals(BEHIND_NAT, text.receiver());
    assertEquals("7/1", text.number().orElseThrow().text());
    assertEquals("done\n", service.awaitPut().content());
    assertEquals(7, service.awaitReport(TestStatus.FINISHED).progress().attempt());
  }

  @Test
  void aRunOfAClientWithADoorGoesThereWithItsTicket() throws Exception {
    service.await(RegistryOperation.class);
    client.artifacts.put("run.sh", "echo hello; echo done > results.zip");

    order(client.endpoint(), execution("run.sh", List.of(), "results.zip"), direct());

    assertEquals("nightly-ticket", awaitTicket());
    client.awaitLine("hello"::equals);
    assertEquals("done\n", client.awaitPut().content());
    assertEquals("direct", service.awaitReport(TestStatus.STARTED).progress().route());
    service.awaitReport(TestStatus.FINISHED);
  }

  @Test
  void manyArtifactsAreAskedForBeforeTheFirstHasCome() throws Exception {
    service.await(RegistryOperation.class);
    var names = IntStream.range(0, 100).mapToObj(i -> "a" + i).toList();
    var answers = new ArrayList<FileOperation>();

    order(BEHIND_NAT, execution("", names, ""), relayed());

    for (int i = 0; i < 32; i++) {
      answers.add(service.await(FileOperation.class));
    }
    assertEquals(names.subList(0, 32), answers.stream().map(get -> get.file().name()).toList());
  }

  @Test
  void filesThatAreCutOnTheirWayArriveWhole() throws Exception {
    service.await(RegistryOperation.class);
    var image = new StringBuilder();
    IntStream.range(0, 500_000).forEach(i -> image.append("block ").append(i).append('\n'));
    service.artifacts.put("big.img", image.toString());
    wire.cutAfter(2_000_000);

    order(
        BEHIND_NAT,
        new TestExecution(
            "sh -c \"cat big.img big.img > results.zip\"",
            "",
            List.of("big.img"),
            Map.of(),
            List.of(),
            "results.zip"),
        relayed());

    service.awaitReport(TestStatus.STARTED);
    wire.cutAfter(3_000_000);
    assertTrue(service.awaitPut().content().contentEquals(image + "" + image));
    service.awaitReport(TestStatus.FINISHED);
  }

  @Test
  void aCutConnectionLosesAndDoublesNothing() throws Exception {
    service.await(RegistryOperation.class);
    String command =
        "for i in $(seq 1 200); do echo line $i; sleep 0.01; done; echo x > results.zip";
    order(BEHIND_NAT, command(command, "results.zip"), relayed());

    var lines = new ArrayList<String>();
    while (lines.size() < 200) {
      lines.addAll(service.awaitText().text().lines().toList());
      wire.cut();
    }

    assertEquals(IntStream.rangeClosed(1, 200).mapToObj(i -> "line " + i).toList(), lines);
    assertEquals("x\n", service.awaitPut().content());
    service.awaitReport(TestStatus.FINISHED);
    wire.cut();
    service.say(node(), stop());
    // Whatever else was said came before the answer to this, and was no second report.
    assertEquals(
        TestStatus.FINISHED, service.await(TestOperation.class).test().progress().status());
  }

  @Test
  void aRestartedServiceIsToldWhatRunsAndHowItEnded() throws Exception {
    service.await(RegistryOperation.class);
    String command = "echo ready; while [ ! -e " + directory + "/go ]; do sleep 0.01; done";
    order(BEHIND_NAT, command(command, ""), relayed());
    service.awaitLine("ready"::equals);

    wire.down();
    service.restart();
    wire.up();

    var runs = service.await(RegistryOperation.class).runs().orElseThrow();
    assertEquals(List.of(new RunReference(NIGHTLY, 7, List.of(PRODUCT))), runs);
    Files.createFile(directory.resolve("go"));
    service.awaitReport(TestStatus.FINISHED);
  }

  @Test
  void aRunThatEndedWhileTheServiceWasAwayIsListedUntilItsEndIsTold() throws Exception {
    service.await(RegistryOperation.class);
    String command =
        "echo ready; while [ ! -e %1$s/go ]; do sleep 0.01; done; touch %1$s/end"
            .formatted(directory);
    order(BEHIND_NAT, command(command, ""), relayed());
    service.awaitLine("ready"::equals);
    wire.down();
    service.die();
    Files.createFile(directory.resolve("go"));
    awaitEnd();

    service.restart();
    wire.up();

    var runs = service.await(RegistryOperation.class).runs().orElseThrow();
    assertEquals(List.of("nightly"), runs.stream().map(run -> run.test().text()).toList());
    service.awaitReport(TestStatus.FINISHED);
  }

  @Test
  void outputOfAClientWhoseDoorClosesGoesThroughTheService() throws Exception {
    service.await(RegistryOperation.class);
    String command =
        "i=0; while [ ! -e " + directory + "/go ]; do i=$((i+1)); echo line $i; sleep 0.02; done";
    order(client.endpoint(), command(command, ""), direct());
    client.awaitLine("line 1"::equals);

    client.die();

    assertEquals(client.endpoint(), service.awaitText().receiver());
    Files.createFile(directory.resolve("go"));
    service.awaitReport(TestStatus.FINISHED);
    var lines =
        Stream.concat(client.texts.stream(), service.texts.stream())
            .collect(
                Collectors.toMap(
                    text -> text.number().orElseThrow(),
                    TextMessage::text,
                    this::same,
                    TreeMap::new))
            .values()
            .stream()
            .flatMap(String::lines)
            .toList();
    assertEquals(IntStream.rangeClosed(1, lines.size()).mapToObj(i -> "line " + i).toList(), lines);
  }

  private String same(String one, String other) {
    assertEquals(one, other);
    return one;
  }

  @Test
  void whoHasASessionObeysNobodyAtItsPort() throws Exception {
    service.await(RegistryOperation.class);
    awaitSession();
    try (var stranger = new Station()) {
      var start =
          new TestOperation(
              client.endpoint(),
              program.endpoint(),
              TestOperation.Kind.START,
              test(execution("run.sh", List.of(), ""), relayed()));

      var refusal =
          assertThrows(CompletionException.class, () -> stranger.say(program.endpoint(), start));
      assertTrue(
          refusal.getCause().getMessage().contains("takes orders from its service"),
          refusal.getCause().getMessage());
    }
    assertFalse(Files.exists(directory.resolve("workspace/nightly")));
  }

  @Test
  void aSecretParameterReachesTheExecutorAndNoText() throws Exception {
    service.await(RegistryOperation.class);
    service.artifacts.put("run.sh", "test \"$PASSWORD\" = s3cr3t-word && echo it is $PASSWORD");
    var execution =
        execution("run.sh", List.of(), "")
            .with(Map.of("PASSWORD", "s3cr3t-word"), Set.of("PASSWORD"));

    order(BEHIND_NAT, execution, relayed());

    assertFalse(service.awaitLine(line -> line.startsWith("it is")).contains("s3cr3t-word"));
    service.awaitReport(TestStatus.FINISHED);
  }

  @Test
  void endingSaysGoodBye() throws Exception {
    service.await(RegistryOperation.class);
    awaitSession();

    program.close();

    assertEquals(RegistryOperation.Kind.DEREGISTER, service.await(RegistryOperation.class).kind());
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
        wire.endpoint(),
        Optional.of(
            new SessionTerms(
                Optional.empty(),
                SessionLimits.DEFAULT
                    .withAnswer(Duration.ofSeconds(60))
                    .withLongestPause(Duration.ofMillis(100)),
                Duration.ofMinutes(1),
                Duration.ofSeconds(3))),
        new CommunicatorSettings.Own(Optional.of("127.0.0.1"), 0, "bench 3"),
        new Endpoint("127.0.0.1", 1),
        directory,
        new CommunicatorSettings.Runs(KeepRule.NONE, Duration.ofDays(7), ProductArgument.FILE),
        limits);
  }

  private Endpoint node() {
    return program.endpoint();
  }

  /** The node has its session as soon as what is said to it arrives. */
  private void awaitSession() throws InterruptedException {
    service.say(node(), stop());
    service.awaitReport(TestStatus.FAILED);
  }

  private TestOperation stop() {
    var test = TestDescription.named(NIGHTLY).with(TestProgress.NONE.attempt(7));
    return new TestOperation(service.endpoint(), node(), TestOperation.Kind.STOP, test);
  }

  private void order(Endpoint client, TestExecution execution, TestDescription manner) {
    service.say(
        node(),
        new TestOperation(client, node(), TestOperation.Kind.START, test(execution, manner)));
  }

  private static TestDescription test(TestExecution execution, TestDescription manner) {
    return manner.with(execution);
  }

  private static TestDescription relayed() {
    return TestDescription.named(NIGHTLY)
        .with(
            TestProgress.NONE
                .attempt(7)
                .by("relayed")
                .reserving(List.of(ProductDescription.of(Map.of("imei", PRODUCT.imei())))));
  }

  private TestDescription direct() {
    return relayed()
        .with(relayed().progress().by(""))
        .directly(
            Optional.of(new DirectAccess(client.endpoint(), "nightly-ticket", Optional.empty())));
  }

  private String awaitTicket() throws Exception {
    Until.isSo("a ticket is shown", () -> !client.tickets.isEmpty());
    return client.tickets.get(0);
  }

  /** Needs no artifact. */
  private static TestExecution command(String command, String results) {
    return new TestExecution(
        "sh -c \"" + command + "\"", "", List.of(), Map.of(), List.of(), results);
  }

  private static TestExecution execution(String script, List<String> artifacts, String results) {
    return new TestExecution("sh", script, artifacts, Map.of(), List.of(), results);
  }

  private void awaitEnd() throws Exception {
    Until.exists(directory.resolve("end"));
  }
}
