package com.nokia.ci.tas.communicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.SessionLimits;
import com.nokia.ci.tas.commons.transport.TransportSettings;
import com.nokia.ci.tas.communicator.edge.EdgeLimits;
import com.nokia.ci.tas.communicator.edge.ServiceLinkSettings;
import com.nokia.ci.tas.communicator.edge.SessionTerms;
import com.nokia.ci.tas.communicator.execution.ExecutorSettings;
import com.nokia.ci.tas.communicator.execution.KeepRule;
import com.nokia.ci.tas.communicator.execution.ProductArgument;
import com.nokia.ci.tas.communicator.execution.Workspace;
import com.nokia.ci.tas.communicator.keeping.KeepLimits;
import com.nokia.ci.tas.communicator.keeping.KeptRun;
import com.nokia.ci.tas.communicator.keeping.KeptRuns;
import com.nokia.ci.tas.communicator.node.ExecutorEnd;
import com.nokia.ci.tas.communicator.node.NodeSettings;
import com.nokia.ci.tas.communicator.node.Reach;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A communicator begins in a directory in which another was killed. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
final class NodeRestartTest {
  private static final String SUBMISSION = "c0ffee";
  private static final RuntimeId NIGHTLY = RuntimeId.of("nightly");
  private static final ProductId PRODUCT = new ProductId("004402136230483");
  private static final Endpoint BEHIND_NAT = new Endpoint("192.0.2.1", 9);

  @TempDir Path directory;
  private final Station service = new Station(Duration.ofMinutes(10));
  private Optional<CommunicatorProgram> program = Optional.empty();

  @AfterEach
  void close() {
    program.ifPresent(CommunicatorProgram::close);
    service.close();
  }

  @Test
  void resultsThatWereUnderWayAreDeliveredAndTheTestFinishes() throws Exception {
    var run = killed("a.txt|b.txt|>output.txt");
    run.started(Instant.now());
    run.ended(new ExecutorEnd(0));
    workspaceFile("a.txt", "first");
    workspaceFile("b.txt", "second");
    Files.writeString(run.output(), "all of it");

    start(KeepRule.NONE);

    assertListed();
    var names = new HashSet<String>(); // they are sent beside one another
    for (int i = 0; i < 3; i++) {
      names.add(service.awaitPut().message().file().name());
    }
    assertEquals(Set.of("a.txt", "b.txt", "output.txt"), names);
    var finished = service.awaitReport(TestStatus.FINISHED).progress();
    assertEquals(7, finished.attempt());
    assertTrue(finished.startTime().isAfter(Instant.EPOCH));
    Until.isGone(directory.resolve("workspace/nightly"));
  }

  @Test
  void aRunThatWasUnderWayIsReportedDeliversWhatThereIsAndKeepsItsWorkspace() throws Exception {
    var run = killed("results.zip|*.log");
    run.started(Instant.now());
    workspaceFile("part.log", "so far");

    start(KeepRule.FAILED);

    assertListed();
    assertEquals("so far", service.awaitPut().content());
    var failed = service.awaitReport(TestStatus.FAILED).progress();
    assertEquals("its node was restarted while it ran", failed.details());
    assertEquals(Optional.of(Fault.NODE), failed.fault());
    Path note = directory.resolve("workspace/nightly").resolve(Workspace.FAILURE_NOTE);
    Until.isSo("the node notes the workspace", () -> Files.exists(note) && Files.size(note) > 0);
    assertEquals("its node was restarted while it ran", Files.readString(note).strip());
  }

  @Test
  void aRunThatHadNotBegunIsReportedToo() throws Exception {
    killed("results.zip");

    start(KeepRule.NONE);

    assertEquals(
        Optional.of(Fault.NODE), service.awaitReport(TestStatus.FAILED).progress().fault());
    Until.isGone(directory.resolve("results/nightly"));
    Until.isGone(directory.resolve("workspace/nightly"));
  }

  @Test
  void outputAndResultsOfAnEarlierLifeCanBeFetchedByTheirClientAlone() throws Exception {
    var run = killed("a.txt");
    run.started(Instant.now());
    run.ended(new ExecutorEnd(0));
    workspaceFile("a.txt", "first");
    Files.writeString(run.output(), "all of it");
    start(KeepRule.NONE);
    assertEquals("first", service.awaitPut().content());
    service.awaitReport(TestStatus.FINISHED);
    Until.isSo(
        "the service has been told",
        () -> Files.readString(directory.resolve("results/nightly/run.json")).contains("told"));
    program.orElseThrow().close();
    service.await(
        m -> m instanceof RegistryOperation it && it.kind() == RegistryOperation.Kind.DEREGISTER);

    start(KeepRule.NONE);

    assertEquals(Optional.of(List.of()), service.await(RegistryOperation.class).runs());
    get(BEHIND_NAT, "output.txt");
    assertEquals("all of it", service.awaitPut().content());
    get(BEHIND_NAT, "a.txt");
    assertEquals("first", service.awaitPut().content());
    var elsewhere = new Endpoint("192.0.2.2", 9);
    get(elsewhere, "a.txt");
    service.await(m -> m instanceof FileOperation it && it.kind() == FileOperation.Kind.ABORT);
    get(elsewhere, "a.txt", SUBMISSION);
    assertEquals("first", service.awaitPut().content(), "it knows what the client calls its test");
  }

  private void get(Endpoint client, String name) {
    get(client, name, "");
  }

  private void get(Endpoint client, String name, String submission) {
    service.say(
        program.orElseThrow().endpoint(),
        new FileOperation(
            client,
            program.orElseThrow().endpoint(),
            FileOperation.Kind.GET,
            TestDescription.named(NIGHTLY).with(TestOrigin.UNKNOWN.submittedAs(submission)),
            FileReference.named(name)));
  }

  private void assertListed() throws InterruptedException {
    assertEquals(
        Optional.of(List.of(new RunReference(NIGHTLY, 7, List.of(PRODUCT)))),
        service.await(RegistryOperation.class).runs());
  }

  /** What a communicator leaves that is killed when it has a run. */
  private KeptRun killed(String results) {
    var execution = new TestExecution("sh", "", List.of(), Map.of(), List.of(), results);
    var product = ProductDescription.of(Map.of("imei", PRODUCT.imei()));
    var test =
        TestDescription.named(NIGHTLY)
            .with(TestOrigin.UNKNOWN.submittedAs(SUBMISSION))
            .with(execution)
            .with(TestProgress.NONE.attempt(7).reserving(List.of(product)));
    return KeptRuns.open(directory.resolve("results"), KeepLimits.DEFAULT, InstantSource.system())
        .begin(new RunOrder(test, BEHIND_NAT, Reach.RELAYED));
  }

  private void workspaceFile(String name, String text) throws IOException {
    Path workspace = Files.createDirectories(directory.resolve("workspace/nightly"));
    Files.writeString(workspace.resolve(name), text);
  }

  private void start(KeepRule keep) {
    var limits =
        new CommunicatorLimits(
            new EdgeLimits(
                NodeSettings.DEFAULT,
                new ServiceLinkSettings(
                    Duration.ofHours(1), Duration.ofHours(1), Duration.ofMillis(20)),
                TransportSettings.defaults()),
            ExecutorSettings.DEFAULT,
            Duration.ofMillis(20));
    program =
        Optional.of(
            CommunicatorProgram.start(
                new CommunicatorSettings(
                    service.endpoint(),
                    Optional.of(
                        new SessionTerms(
                            Optional.empty(),
                            SessionLimits.DEFAULT.withAnswer(Duration.ofSeconds(60)),
                            Duration.ofMinutes(1),
                            Duration.ofSeconds(3))),
                    new CommunicatorSettings.Own(Optional.of("127.0.0.1"), 0, "bench 3"),
                    new Endpoint("127.0.0.1", 1),
                    directory,
                    new CommunicatorSettings.Runs(keep, Duration.ofDays(7), ProductArgument.FILE),
                    limits)));
  }
}
