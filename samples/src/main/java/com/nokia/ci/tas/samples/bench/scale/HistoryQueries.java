package com.nokia.ci.tas.samples.bench.scale;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestOrigin;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Search;
import com.nokia.ci.tas.service.store.Step;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.sql.SqlStores;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.commons.io.FileUtils;

/**
 * Fills a history and measures what programs ask of it, one page of 100 tests at a time: of the
 * store itself, then of a service over HTTP.
 */
final class HistoryQueries {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int AT_ONCE = 1_000;
  private static final int TIMES = 200;
  private static final int WARM = 300;

  /** A service that has run for a while has its code compiled. */
  private static final int FIRST = 1_500;

  private static final int PRODUCTS = 10_000;

  private final PrintStream out;
  private final int tests;

  /** One test ended each second, the last one just now. */
  private final Instant begin;

  HistoryQueries(PrintStream out, int tests) {
    this.out = out;
    this.tests = tests;
    this.begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(tests);
  }

  /**
   * Prints a row for each query.
   *
   * @param scratch where the history is filled, unless it was filled there before
   */
  void measure(Path scratch) throws Exception {
    Path filled = scratch.resolve("filled");
    boolean isNew = Files.notExists(filled);
    Files.createDirectories(filled);
    var forever = Retention.of(Duration.ofDays(10_000), Duration.ofDays(10_000));
    try (var store = SqlStores.embedded(filled, forever)) {
      if (isNew) {
        fill(store);
      }
      heading("of the store");
      for (var query : queries().entrySet()) {
        row(
            query.getKey(),
            HistoryQueries::ownProcessorTime,
            () -> store.history().find(query.getValue()));
      }
    }
    Path served;
    try (var farm = LocalFarm.start(scratch.resolve("served"))) {
      farm.killService();
      served = farm.serviceHome().resolve("store/" + farm.port());
      FileUtils.deleteDirectory(served.toFile());
      Files.move(filled, served);
      farm.startService();
      for (int i = 0; i < FIRST; i++) {
        asked(farm, "");
      }
      heading("of a service");
      for (var query : addresses().entrySet()) {
        row(
            query.getKey(),
            () -> farm.service().processorTime().toNanos(),
            () -> asked(farm, query.getValue()));
      }
    }
    Files.move(served, filled);
  }

  /** Of the thread that asks, which does all the work there. */
  private static long ownProcessorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void asked(LocalFarm farm, String filters) throws Exception {
    var answer = farm.get("/api/v1/tests?state=ended&" + filters);
    if (answer.statusCode() != 200) {
      throw new IOException(filters + " was answered with " + answer.body());
    }
  }

  private Map<String, String> addresses() {
    var addresses = new LinkedHashMap<String, String>();
    addresses.put("the last 100", "");
    addresses.put("the last 10", "limit=10");
    addresses.put("one test", "id=nightly_" + tests / 2);
    addresses.put("text, found once", "text=nightly_" + tests / 2);
    addresses.put("text, found everywhere", "text=nightly");
    addresses.put("project", "project=project7");
    addresses.put("product", "product=" + imei(7));
    addresses.put("node", "node=node7.example:27182");
    addresses.put("verdict failed", "verdict=failed");
    var middle = begin.plusSeconds(tests / 2);
    addresses.put(
        "failed, of a project, in a day",
        "verdict=failed&project=project7&since=%d&before=%d"
            .formatted(middle.toEpochMilli(), middle.plus(DAY).toEpochMilli()));
    return addresses;
  }

  private void fill(Store store) {
    long number = 1;
    for (int from = 0; from < tests; from += AT_ONCE) {
      var ended = new ArrayList<EndedTest>();
      for (int i = from; i < Math.min(tests, from + AT_ONCE); i++) {
        ended.add(test(i));
      }
      var step = new Step(new Event.TimePassed(begin.plusSeconds(from)), List.of());
      store.append(new Batch(number++, List.of(step)), ended);
    }
  }

  private Map<String, Search> queries() {
    var queries = new LinkedHashMap<String, Search>();
    var middle = begin.plusSeconds(tests / 2);
    queries.put("the last 100", Search.LATEST);
    queries.put("a page in the middle", Search.LATEST.below(tests / 2));
    queries.put("id", Search.LATEST.with(Search.Aspect.ID, "nightly_" + tests / 2));
    queries.put("text, found once", Search.LATEST.withText("nightly_" + tests / 2));
    queries.put("text, found everywhere", Search.LATEST.withText("nightly"));
    queries.put("project", Search.LATEST.with(Search.Aspect.PROJECT, "project7"));
    queries.put("product", Search.LATEST.with(Search.Aspect.PRODUCT, imei(7)));
    queries.put("node", Search.LATEST.with(Search.Aspect.NODE, "node7.example:27182"));
    queries.put("owner", Search.LATEST.with(Search.Aspect.OWNER, "user7"));
    queries.put("client", Search.LATEST.with(Search.Aspect.CLIENT, "ci7.example:16180"));
    queries.put("fault", Search.LATEST.with(Search.Aspect.FAULT, Fault.TEST.text()));
    queries.put("code, seldom", Search.LATEST.with(Search.Aspect.CODE, "results-missing"));
    queries.put("verdict failed", Search.LATEST.with(EndedTest.Verdict.FAILED));
    queries.put("a minute in the middle", Search.LATEST.ended(middle, middle.plusSeconds(60)));
    queries.put("failed, of an owner", failed().with(Search.Aspect.OWNER, "user20"));
    queries.put("stopped, of an owner", stopped().with(Search.Aspect.OWNER, "user7"));
    queries.put("stopped, of a client", stopped().with(Search.Aspect.CLIENT, "ci7.example:16180"));
    queries.put("stopped, of a node", stopped().with(Search.Aspect.NODE, "node7.example:27182"));
    queries.put("failed, of a product", failed().with(Search.Aspect.PRODUCT, imei(20)));
    queries.put("stopped, of a project", stopped().with(Search.Aspect.PROJECT, "project7"));
    queries.put(
        "fault and project",
        Search.LATEST
            .with(Search.Aspect.FAULT, Fault.TEST.text())
            .with(Search.Aspect.PROJECT, "project20"));
    queries.put(
        "code, seldom, and project",
        Search.LATEST
            .with(Search.Aspect.CODE, "results-missing")
            .with(Search.Aspect.PROJECT, "project20"));
    queries.put(
        "project and owner",
        Search.LATEST.with(Search.Aspect.PROJECT, "project7").with(Search.Aspect.OWNER, "user7"));
    queries.put(
        "project and owner, none",
        Search.LATEST.with(Search.Aspect.PROJECT, "project7").with(Search.Aspect.OWNER, "user8"));
    queries.put(
        "project and node, none",
        Search.LATEST
            .with(Search.Aspect.PROJECT, "project7")
            .with(Search.Aspect.NODE, "node8.example:27182"));
    queries.put("seen by somebody", Search.LATEST.within(scope("project7", "user8")));
    queries.put("seen by somebody new", Search.LATEST.within(scope("project_new", "user_new")));
    queries.put("failed, seen by somebody", failed().within(scope("project20", "user8")));
    queries.put("text everywhere, of a project", text().with(Search.Aspect.PROJECT, "project7"));
    queries.put("text everywhere, stopped", text().with(EndedTest.Verdict.STOPPED));
    queries.put(
        "failed, of a project, in a day",
        Search.LATEST
            .with(EndedTest.Verdict.FAILED)
            .with(Search.Aspect.PROJECT, "project7")
            .ended(middle, middle.plus(DAY)));
    return queries;
  }

  private static Search failed() {
    return Search.LATEST.with(EndedTest.Verdict.FAILED);
  }

  private static Search stopped() {
    return Search.LATEST.with(EndedTest.Verdict.STOPPED);
  }

  private static Search text() {
    return Search.LATEST.withText("nightly");
  }

  private static Search.Scope scope(String project, String owner) {
    return new Search.Scope(Set.of(project), Optional.of(owner));
  }

  private void heading(String of) {
    out.printf(
        Locale.ROOT,
        "%-34s %10s %10s %10s %10s%n",
        "asked " + of,
        "tests",
        "median ms",
        "p99 ms",
        "core ms");
  }

  /** What is measured. */
  @FunctionalInterface
  private interface Query {
    void ask() throws Exception;
  }

  /**
   * Prints the times of a query, and what it takes of a core of whoever answers it.
   *
   * @param processor nanoseconds of processor time that those used so far
   */
  private void row(String name, LongSupplier processor, Query query) throws Exception {
    var times = new Times(TIMES);
    for (int i = 0; i < WARM; i++) {
      query.ask();
    }
    long before = processor.getAsLong();
    while (!times.isFull()) {
      long start = System.nanoTime();
      query.ask();
      times.add(System.nanoTime() - start);
    }
    out.printf(
        Locale.ROOT,
        "%-34s %10d %10.2f %10.2f %10.2f%n",
        name,
        tests,
        times.median() / 1_000,
        times.p99() / 1_000,
        (processor.getAsLong() - before) / 1e6 / TIMES);
  }

  private EndedTest test(int i) {
    var product = ProductDescription.of(Map.of("imei", imei(i), "rm-code", "RM-763"));
    boolean isFailed = i % 20 == 0;
    var at = begin.plusSeconds(i);
    var origin =
        new TestOrigin(
            "/w",
            "",
            Optional.of(new ProjectId("project" + i % 50)),
            Optional.of(new UserId("user" + i % 200)));
    var progress =
        new TestProgress(
            isFailed ? TestStatus.FAILED : TestStatus.FINISHED,
            "",
            at,
            Duration.ofHours(1),
            1,
            List.of(product));
    return new EndedTest(
        new TestDescription(
            RuntimeId.of("nightly_" + i),
            origin,
            TestDemand.NOTHING,
            new TestExecution("python3", "run.py", List.of(), Map.of(), List.of(), "r.zip"),
            progress,
            List.of()),
        new ClientId(new Endpoint("ci" + i % 100 + ".example", 16_180)),
        isFailed ? EndedTest.Verdict.FAILED : EndedTest.Verdict.FINISHED,
        isFailed ? Optional.of(reason(i)) : Optional.empty(),
        1,
        Optional.of(new NodeId(new Endpoint("node" + i % 1_000 + ".example", 27_182))),
        new EndedTest.Times(
            at.minusSeconds(90), Optional.of(at.minusSeconds(60)), Optional.of(at), at));
  }

  /** One of five hundred that fail does so for another reason. */
  private static Reason reason(int i) {
    return i % 10_000 == 0
        ? new Reason(Fault.ARTIFACT, "results-missing", "no results")
        : new Reason(Fault.TEST, "exit-code", "it failed");
  }

  private static String imei(int i) {
    return "%015d".formatted(4_402_136_000_000L + i % PRODUCTS);
  }
}
