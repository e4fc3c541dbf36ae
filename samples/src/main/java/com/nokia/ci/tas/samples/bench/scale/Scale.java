package com.nokia.ci.tas.samples.bench.scale;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * Measures the farm's core with 10,000 products on 1,000 nodes and 1,000 to 100,000 waiting tests
 * of 200 different requirements, and prints how much longer decisions take when more tests wait.
 */
public final class Scale {
  private static final int LARGEST = 100_000;
  private static final List<Integer> QUEUES = List.of(1_000, 10_000, LARGEST);

  /** More than the farm has indexes for. */
  private static final int MANY_BOUNDS = 100;

  private static final int HISTORY = 300_000;
  private static final int MANY_BOUNDS_QUEUE = 10_000;
  private static final double MEDIAN_BAR = 50;
  private static final double P99_BAR = 1_000;
  private static final double DURABLE_BAR = 0.5;
  private static final double RESTART_BAR = 5;
  private static final int MEGABYTE = 1 << 20;

  private final PrintStream out;
  private final List<Decisions.Sort> first = new ArrayList<>();

  private Scale(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs all, or with numbers queues of that length, or with {@code decisions}, {@code accepts},
   * {@code restart} or {@code ranges} only those, or with {@code history} and a number the queries
   * of a history of so many tests, in a directory that keeps it if there is a third word, and
   * prints as it goes.
   */
  public static void main(String[] arguments) throws Exception {
    var scale = new Scale(System.out);
    switch (arguments.length == 0 ? "" : arguments[0]) {
      case "" -> scale.run(QUEUES);
      case "decisions" -> scale.decisions(QUEUES);
      case "ranges" -> scale.ranges();
      case "history" -> scale.history(arguments);
      case "accepts" -> scale.withScratch(scratch -> scale.accepts(LARGEST, scratch));
      case "restart" -> scale.withScratch(scratch -> scale.restart(LARGEST, scratch));
      default -> scale.run(Stream.of(arguments).map(Integer::valueOf).toList());
    }
  }

  private void history(String... arguments) throws Exception {
    int tests = arguments.length > 1 ? Integer.parseInt(arguments[1]) : HISTORY;
    out.println("load of the machine: " + load());
    WithFiles queries = scratch -> new HistoryQueries(out, tests).measure(scratch);
    if (arguments.length > 2) {
      queries.measure(Path.of(arguments[2]));
    } else {
      withScratch(queries);
    }
  }

  private void run(List<Integer> queues) throws Exception {
    decisions(queues);
    int waiting = queues.get(queues.size() - 1);
    withScratch(
        scratch -> {
          accepts(waiting, scratch);
          restart(waiting, scratch);
        });
    out.printf(
        Locale.ROOT,
        "bars: median %.0f us, p99 %.0f us; most memory of this process: %s%n",
        MEDIAN_BAR,
        P99_BAR,
        mostMemory());
  }

  private void decisions(List<Integer> queues) throws IOException {
    heading();
    for (int waiting : queues) {
      decisions(Size.full(waiting));
    }
  }

  private void heading() throws IOException {
    out.println("load of the machine: " + load());
    out.printf(
        Locale.ROOT,
        "%-28s %8s %10s %10s %10s %10s %10s %8s%n",
        "decision",
        "waiting",
        "median us",
        "p99 us",
        "cpu median",
        "cpu p99",
        "allocated",
        "to first");
  }

  /** Tests that ask for more than a number: all for the same, and for many. */
  private void ranges() throws IOException {
    heading();
    decisions(Size.full(LARGEST).comparing(1));
    decisions(Size.full(MANY_BOUNDS_QUEUE).comparing(MANY_BOUNDS));
  }

  private void decisions(Size size) throws IOException {
    if (size.bounds() > 0) {
      out.printf(Locale.ROOT, "tests that also compare, with %d different bounds%n", size.bounds());
    }
    var farm = new LargeFarm(size, event -> {});
    var sorts = new Decisions(farm).measure();
    if (first.isEmpty()) {
      first.addAll(sorts);
    }
    for (int i = 0; i < sorts.size(); i++) {
      row(sorts.get(i), size.waiting(), first.get(i));
    }
    out.printf(
        Locale.ROOT,
        "heap with %,d waiting and %,d running: %d MB%n",
        farm.farm().snapshot().waitingCount(),
        farm.farm().snapshot().running().size(),
        heap());
  }

  /** Something measured with files. */
  private interface WithFiles {
    void measure(Path scratch) throws Exception;
  }

  private void withScratch(WithFiles work) throws Exception {
    Path scratch = Files.createTempDirectory("tas-scale");
    try {
      work.measure(scratch);
    } finally {
      FileUtils.deleteQuietly(scratch.toFile());
    }
  }

  private void restart(int waiting, Path scratch) throws IOException {
    var restart = new Restarts(Size.full(waiting), scratch).restart();
    out.printf(
        Locale.ROOT,
        "restart with %,d waiting, in a new Java process (bar %.0f s):%n"
            + "  a checkpoint of all: %.1f s%n"
            + "  a checkpoint and the most events that a kill leaves behind it: %.1f s%n"
            + "  all of %,d events, without a checkpoint: %.1f s%n",
        waiting,
        RESTART_BAR,
        restart.fromCheckpoint(),
        restart.fromTail(),
        restart.events(),
        restart.fromJournal());
  }

  private void accepts(int waiting, Path scratch) {
    var rates = Accepts.measure(Size.full(waiting), scratch);
    out.printf(
        Locale.ROOT,
        "durable accepted tests: %,.0f a second; bare group commit of the store: %,.0f; ratio"
            + " %.2f (bar %.1f)%n  %s%n",
        rates.accepted(),
        rates.bare(),
        rates.accepted() / rates.bare(),
        DURABLE_BAR,
        rates.shares());
    out.printf(
        Locale.ROOT,
        "one client alone, submit to durable answer: median %.0f us, p99 %.0f us; bare commit of"
            + " the store: %.0f, %.0f%n",
        rates.alone().median(),
        rates.alone().p99(),
        rates.bareAlone().median(),
        rates.bareAlone().p99());
  }

  private void row(Decisions.Sort sort, int waiting, Decisions.Sort first) {
    out.printf(
        Locale.ROOT,
        "%-28s %8d %10.1f %10.1f %10.1f %10.1f %7.1f KB %8.2f%n",
        sort.name(),
        waiting,
        sort.wall().median(),
        sort.wall().p99(),
        sort.processor().median(),
        sort.processor().p99(),
        sort.memory().median(),
        sort.processor().median() / first.processor().median());
  }

  /** What is really in use, in megabytes. */
  private static long heap() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / MEGABYTE;
  }

  private static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.isReadable(file) ? Files.readString(file).strip() : "not known";
  }

  private static String mostMemory() throws IOException {
    Path file = Path.of("/proc/self/status");
    return Files.isReadable(file)
        ? Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .findFirst()
            .map(line -> line.substring("VmHWM:".length()).strip())
            .orElse("not known")
        : "not known";
  }
}
