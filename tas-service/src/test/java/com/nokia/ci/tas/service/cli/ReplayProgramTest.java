package com.nokia.ci.tas.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Decision;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.Wanted;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Step;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.sql.SqlStores;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A farm with one product and three tests of a minute each, while its service still runs. */
final class ReplayProgramTest {
  private static final Instant T0 = Instant.parse("2026-11-20T08:00:00Z");
  private static final Endpoint NODE = new Endpoint("node1.example.org", 27_182);
  private static final ClientId CI = new ClientId(new Endpoint("ci.example.org", 20_001));
  private static final ClientId NIGHTLY = new ClientId(new Endpoint("nightly.example.org", 20_002));
  private static final FarmSettings SETTINGS =
      FarmSettings.defaults(new Endpoint("service.example.org", 31_415));

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Farm farm = new Farm(SETTINGS);
  private Store store;
  private long batch;
  private Instant now = T0;

  @BeforeEach
  void keep() {
    store = SqlStores.embedded(directory, Retention.of(Duration.ofDays(365), Duration.ofDays(365)));
    apply(new Event.ServiceStarted(now, SETTINGS));
    apply(
        new Event.NodeRegistered(
            now, new NodeDescription(NODE, "rack", "1.0"), Optional.of(List.of())));
    apply(
        new Event.ProductReported(
            now,
            NODE,
            Event.Report.PLUGGED,
            ProductDescription.of(Map.of("imei", "350000000000001", "rm-code", "RM-763"))));
    submit("first", CI);
    submit("second", CI);
    submit("third", NIGHTLY);
    for (var name : List.of("first", "second", "third")) {
      pass(60);
      report(name, TestStatus.FINISHED);
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void submit(String name, ClientId client) {
    var id = RuntimeId.of(name);
    var demand = ProductDemand.of(Map.of("rm-code", "RM-763"));
    var test =
        TestDescription.named(id)
            .with(new TestExecution("sh", "run.sh", List.of("run.sh"), Map.of(), List.of(), ""))
            .with(TestProgress.NONE.within(Duration.ofHours(1)));
    apply(
        new Event.TestSubmitted(
            now, client, test, new Wanted.Understood(new Requirement(List.of(demand)))));
  }

  private void report(String name, TestStatus status) {
    apply(
        new Event.RunReported(
            now, new NodeId(NODE), RuntimeId.of(name), 1, status, "", Optional.empty()));
  }

  /** Its node says meanwhile that it is there. */
  private void pass(int seconds) {
    for (int i = 0; i < seconds; i += 10) {
      now = now.plusSeconds(10);
      apply(new Event.NodeSeen(now, new NodeDescription(NODE, "rack", "1.0")));
    }
  }

  private void apply(Event event) {
    var ended = new ArrayList<EndedTest>();
    var decisions = new ArrayList<Decision>();
    for (var effect : farm.apply(event)) {
      Decision.of(effect).ifPresent(decisions::add);
      if (effect instanceof Effect.RecordEnded end) {
        ended.add(end.test());
      }
    }
    append(new Step(event, decisions), ended);
  }

  private void append(Step step, List<EndedTest> ended) {
    batch++;
    store.append(new Batch(batch, List.of(step)), ended);
  }

  private int replay(String... changes) {
    var arguments = new ArrayList<String>();
    arguments.add(directory.toString());
    for (var change : changes) {
      arguments.add("--what-if");
      arguments.add(change);
    }
    return ReplayProgram.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  private String row(String name) {
    return out.toString()
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElseThrow()
        .substring(name.length())
        .strip()
        .replaceAll(" {2,}", " | ");
  }

  @Test
  void theSameJournalGivesTheSameDecisions() {
    assertEquals(0, replay(), err.toString());
    assertEquals(batch + " batches, " + batch + " events, 6 decisions, all the same\n", text());
  }

  private String text() {
    return out.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void decisionThatIsNotMadeAnyMoreIsToldWithItsEvent() {
    var event = new Event.NodeSeen(now, new NodeDescription(NODE, "rack", "1.0"));
    append(
        new Step(event, List.of(new Decision.TestRefused(RuntimeId.of("fourth"), "no-executor"))),
        List.of());
    assertEquals(1, replay());
    assertTrue(text().startsWith("event " + batch + " (batch " + batch + ", NodeSeen at "), text());
    assertTrue(text().contains("then: [TestRefused[test=fourth, code=no-executor]]"), text());
    assertTrue(text().contains("now:  []"), text());
  }

  @Test
  void twoMoreProductsLetNoTestWait() {
    assertEquals(0, replay("add 2 rm-code:RM-763"), err.toString());
    assertEquals("3 | 3", row("tests started"));
    assertEquals("60.0 s | 0.0 s", row("waited, median"));
    assertEquals("120.0 s | 0.0 s", row("waited, longest"));
  }

  @Test
  void testWhoseNodeWereNotThereIsNeverStarted() {
    assertEquals(0, replay("remove node " + NODE), err.toString());
    assertEquals("3 | 0", row("tests started"));
    assertEquals("0 | 3", row("tests never started"));
  }

  @Test
  void testsOfAnIssuerThatHadPriorityStartBeforeOthers() {
    assertEquals(0, replay("priority 5 issuer nightly.example.org", "remove product 1"));
    assertEquals("60.0 s | 60.0 s", row("waited, median"));
    assertEquals("120.0 s | 120.0 s", row("waited, longest"));
  }

  @Test
  void sentenceThatIsNotUnderstoodIsToldWithExamples() {
    for (var sentence :
        List.of(
            "more phones",
            "add many rm-code:RM-763",
            "remove node here",
            "priority 9999 issuer x",
            "add 1 rm-cod:RM-1")) {
      assertEquals(2, replay(sentence), sentence);
    }
    assertTrue(err.toString().contains("\"more phones\" is no change that is understood; write"));
    assertTrue(err.toString().contains("the number of products is \"many\", no number"));
    assertTrue(err.toString().contains("the priority is 9999, must be from -1000 to 1000"));
    assertEquals("", out.toString());
  }

  @Test
  void directoryWithoutAStoreIsTold() {
    int code =
        ReplayProgram.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            directory.resolve("nowhere").toString());
    assertEquals(1, code);
    assertTrue(err.toString().contains("there is no store in "), err.toString());
  }
}
