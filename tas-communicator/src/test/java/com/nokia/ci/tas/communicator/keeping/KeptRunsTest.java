package com.nokia.ci.tas.communicator.keeping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.communicator.execution.KeepRule;
import com.nokia.ci.tas.communicator.execution.Workspace;
import com.nokia.ci.tas.communicator.execution.Workspaces;
import com.nokia.ci.tas.communicator.node.ExecutorEnd;
import com.nokia.ci.tas.communicator.node.Reach;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
final class KeptRunsTest {
  private static final Instant T0 = Instant.parse("2026-11-20T12:00:00Z");
  private static final Endpoint CLIENT = new Endpoint("10.1.1.9", 20321);
  private static final Endpoint STRANGER = new Endpoint("10.1.1.8", 20321);
  private static final RuntimeId NIGHTLY = new RuntimeId(new TestId("nightly"), "_2");
  private static final String PIN = "7391";

  @TempDir Path directory;
  private Instant now = T0;
  private Path root;
  private Path outside;
  private Workspaces workspaces;

  @BeforeEach
  void aFileOutside() throws IOException {
    root = directory.resolve("results");
    outside = Files.createDirectories(directory.resolve("outside")).resolve("precious.xml");
    Files.writeString(outside, "mine");
    workspaces = new Workspaces(directory.resolve("workspace"), KeepRule.NONE);
  }

  @Test
  void theNextLifeKnowsWhichRunsThereWereAndHowFarTheyWere() throws IOException {
    var preparing = open(KeepLimits.DEFAULT).begin(order("preparing", "results.zip"));
    var kept = open(KeepLimits.DEFAULT);
    var over = kept.begin(order("over", "results.zip"));
    over.started(T0);
    var end = new ExecutorEnd(3, "memory ran out", Optional.of("product 1 is sick"));
    over.ended(end);
    Files.writeString(root.resolve("over/.run.json.part"), "half a n");

    var next = open(KeepLimits.DEFAULT).unfinished();

    assertEquals(
        Set.of(preparing.order(), over.order()),
        Set.copyOf(next.stream().map(KeptRun::order).toList()));
    var read = next.stream().filter(it -> it.order().equals(over.order())).findFirst().get();
    assertEquals(T0, read.startTime());
    assertEquals(Optional.of(end), read.end());
  }

  @Test
  void aNoteWhoseLastLineWasCutSaysWhatStoodBefore() throws IOException {
    var run = open(KeepLimits.DEFAULT).begin(order("nightly", "results.zip"));
    run.started(T0);
    run.ended(new ExecutorEnd(3, "", Optional.empty()));
    Path note = root.resolve("nightly/run.json");
    String whole = Files.readString(note);
    Files.writeString(note, whole.substring(0, whole.length() - 20));

    var next = open(KeepLimits.DEFAULT).unfinished().get(0);
    assertEquals(T0, next.startTime());
    assertEquals(Optional.empty(), next.end());
    var end = new ExecutorEnd(4, "", Optional.empty());
    next.ended(end);

    assertEquals(Optional.of(end), open(KeepLimits.DEFAULT).unfinished().get(0).end());
  }

  @Test
  void aNoteDoesNotGrowWithEachChange() throws IOException {
    var run = open(KeepLimits.DEFAULT).begin(order("nightly", "results.zip"));
    for (int i = 1; i <= 300; i++) {
      run.started(T0.plusSeconds(i));
    }

    assertTrue(Files.size(root.resolve("nightly/run.json")) <= 16 * 1024);
    assertEquals(T0.plusSeconds(300), open(KeepLimits.DEFAULT).unfinished().get(0).startTime());
  }

  @Test
  void aNoteHoldsNoSecret() throws IOException {
    var execution =
        new TestExecution("sh", "", List.of(), Map.of(), List.of(), "*.xml")
            .with(Map.of("PASSWORD", "s3cr3t-word"), Set.of("PASSWORD"));
    var order = order("nightly", "*.xml");
    var test =
        order
            .test()
            .with(execution)
            .directly(Optional.of(new DirectAccess(CLIENT, "b7a1f0c2", Optional.empty())));

    open(KeepLimits.DEFAULT).begin(new RunOrder(test, CLIENT, Reach.DIRECT));

    String note = Files.readString(root.resolve("nightly/run.json"));
    for (String secret : List.of("s3cr3t-word", PIN, "b7a1f0c2")) {
      assertFalse(note.contains(secret), note);
    }
    assertEquals(Reach.RELAYED, open(KeepLimits.DEFAULT).unfinished().get(0).order().reach());
  }

  @Test
  void filesAndPatternsAreCollectedAndNothingElse() throws IOException {
    var run = open(KeepLimits.DEFAULT).begin(order(NIGHTLY, "logs/run.log|**/*.xml|>output.txt"));
    var workspace = workspaces.prepare(NIGHTLY);
    write(workspace, "logs/run.log", "a log");
    write(workspace, "report.xml", "one");
    write(workspace, "deep/deeper/report.xml", "another");
    write(workspace, "artifact.xml", "came from the client");
    write(workspace, "report.html", "nobody wants it");
    Files.createSymbolicLink(workspace.directory().resolve("link.xml"), outside);
    Files.createSymbolicLink(workspace.directory().resolve("links"), outside.getParent());
    Files.writeString(run.output(), "all of it");

    assertEquals(List.of(), run.collect(workspace));

    var contents = new TreeMap<String, String>();
    for (String name : names(run)) {
      contents.put(name, content(run, name));
    }
    assertEquals(
        Map.of(
            "run_2.log", "a log",
            // Two of one name: the second goes by its path.
            "report_2.xml", "one",
            "deep_deeper_report_2.xml", "another",
            "output_2.txt", "all of it"),
        contents);
  }

  @Test
  void whatIsMissingIsTold() throws IOException {
    var run = open(KeepLimits.DEFAULT).begin(order("nightly", "results.zip|a/b.log|x.txt|*.xml"));
    var workspace = workspaces.prepare(RuntimeId.of("nightly"));
    write(workspace, "x.txt", "x");
    Files.createSymbolicLink(workspace.directory().resolve("results.zip"), outside);
    Files.createSymbolicLink(workspace.directory().resolve("a"), outside.getParent());
    Files.writeString(outside.resolveSibling("b.log"), "not of this run");

    assertEquals(
        List.of(
            "the executor did not leave the results file results.zip",
            "the executor did not leave the results file a/b.log"),
        run.collect(workspace));
    assertEquals(List.of("x.txt"), names(run));
  }

  @Test
  void whatWasDeliveredIsNotSentAgainInTheNextLife() throws IOException {
    var run = open(KeepLimits.DEFAULT).begin(order("nightly", "a|b"));
    var workspace = workspaces.prepare(RuntimeId.of("nightly"));
    write(workspace, "a", "1");
    write(workspace, "b", "2");
    run.collect(workspace);
    run.delivered("a");

    var next = open(KeepLimits.DEFAULT).unfinished().get(0);

    workspaces.clear(Set.of());
    assertEquals(List.of(), next.collect(workspace));
    assertEquals(List.of("b"), names(next));
    assertEquals("2", content(next, "b"));
  }

  @Test
  void outputAndResultsStayForTheirClientAloneUntilTheyAreTooOld() throws IOException {
    var kept = open(KeepLimits.DEFAULT);
    end(kept, "nightly", "older");
    now = T0.plus(Duration.ofHours(1));
    end(kept, "nightly", "newer");

    var test = RuntimeId.of("nightly");
    assertEquals(
        "newer", Files.readString(kept.find(test, "r", it -> it.client().equals(CLIENT)).get()));
    assertTrue(kept.find(test, "output.txt", it -> it.client().equals(CLIENT)).isPresent());
    assertTrue(kept.find(test, "run.json", it -> it.client().equals(CLIENT)).isEmpty());
    assertTrue(kept.find(test, "r", it -> it.client().equals(STRANGER)).isEmpty());
    now = T0.plus(Duration.ofHours(24)).plusSeconds(1);
    kept.sweep();
    assertEquals(1, root.toFile().list().length);
    assertEquals(
        "newer",
        Files.readString(
            open(KeepLimits.DEFAULT).find(test, "r", it -> it.client().equals(CLIENT)).get()));
    now = T0.plus(Duration.ofHours(26));
    kept.sweep();
    assertEquals(0, root.toFile().list().length);
  }

  @Test
  void ofTooMuchTheOldestGoesFirstAndWhatWasDeliveredBeforeWhatWasNot() throws IOException {
    var kept = open(new KeepLimits(Duration.ofHours(24), 11, 0));
    undelivered(kept, "lost", "12345");
    now = now.plusSeconds(1);
    end(kept, "first", "12345");
    now = now.plusSeconds(1);
    end(kept, "second", "12345");

    kept.sweep();
    assertEquals(Set.of("lost", "second"), Set.of(root.toFile().list()));
    assertTrue(kept.facts().get("results-warning").contains("ResultsLimit="));
    now = now.plusSeconds(1);
    undelivered(kept, "lost-too", "12345678");
    kept.sweep();
    assertEquals(Set.of("lost-too"), Set.of(root.toFile().list()));
  }

  @Test
  void aDiskThatIsNearlyFullIsToldBeforeItIs() throws IOException {
    var kept = open(new KeepLimits(Duration.ofHours(24), Long.MAX_VALUE, Long.MAX_VALUE));
    end(kept, "delivered", "12345");
    undelivered(kept, "lost", "12345");

    kept.sweep();

    assertEquals(Set.of("lost"), Set.of(root.toFile().list()));
    assertEquals("1", kept.facts().get("results-undelivered"));
    assertTrue(kept.facts().get("results-warning").contains("DiskWarning="), "" + kept.facts());
  }

  @Test
  void aRunThatLeavesNothingIsForgottenWhenItsEndIsTold() {
    var kept = open(KeepLimits.DEFAULT);
    kept.begin(order("nightly", ""));

    kept.told(RuntimeId.of("nightly"), 7);

    assertEquals(List.of(), kept.unfinished());
    assertEquals(0, root.toFile().list().length);
  }

  @Test
  void whatIsNoRunIsDeletedAndNoLinkIsFollowed() throws IOException {
    Files.createDirectories(root.resolve("empty"));
    Files.writeString(Files.createDirectories(root.resolve("broken")).resolve("run.json"), "");
    Files.createSymbolicLink(root.resolve("linked"), outside.getParent());
    Files.createSymbolicLink(root.resolve("broken/link"), outside.getParent());
    var traversal = open(KeepLimits.DEFAULT).begin(order("traversal", "a"));
    write(workspaces.prepare(RuntimeId.of("traversal")), "a", "1");
    traversal.collect(workspaces.left(RuntimeId.of("traversal")));
    Path note = root.resolve("traversal/run.json");
    Files.writeString(note, Files.readString(note).replace("files/a", "../../outside/a"));

    assertEquals(List.of(), open(KeepLimits.DEFAULT).unfinished());

    assertEquals(0, root.toFile().list().length);
    assertEquals("mine", Files.readString(outside));
  }

  private void end(KeptRuns kept, String id, String results) throws IOException {
    var run = undelivered(kept, id, results);
    run.delivered("r");
  }

  private KeptRun undelivered(KeptRuns kept, String id, String results) throws IOException {
    var run = kept.begin(order(id, "r"));
    var workspace = workspaces.prepare(RuntimeId.of(id));
    write(workspace, "r", results);
    Files.createFile(run.output());
    run.collect(workspace);
    kept.told(RuntimeId.of(id), 7);
    return run;
  }

  private static void write(Workspace workspace, String path, String text) throws IOException {
    Path file = workspace.directory().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> names(KeptRun run) {
    return run.undelivered().stream().map(KeptRun.Outgoing::name).toList();
  }

  private static String content(KeptRun run, String name) throws IOException {
    return Files.readString(
        run.undelivered().stream().filter(it -> it.name().equals(name)).findFirst().get().file());
  }

  private KeptRuns open(KeepLimits limits) {
    return KeptRuns.open(root, limits, () -> now);
  }

  private static RunOrder order(String id, String results) {
    return order(RuntimeId.of(id), results);
  }

  private static RunOrder order(RuntimeId id, String results) {
    var execution =
        new TestExecution("sh", "", List.of("artifact.xml"), Map.of(), List.of(), results);
    var product = ProductDescription.of(Map.of("imei", "004402136230483", "sim1-pin1", PIN));
    return new RunOrder(
        TestDescription.named(id)
            .with(execution)
            .with(TestProgress.NONE.attempt(7).reserving(List.of(product))),
        CLIENT);
  }
}
