package com.nokia.ci.tas.samples.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Measures a farm of real processes on this machine and prints a table with a floor beside each
 * figure, taken in the same run. Needs the jars built, a Unix shell and {@code mkfifo}, about two
 * gigabytes of scratch space, and a machine that has nothing else to do.
 */
public final class Bench {
  private static final String USAGE =
      """
      Usage: ./tas bench [SECTION …] [--rounds N] [--json FILE] [--compare FILE] [--publish] [--from FILE]

      Measures, and prints a table: the farm's figure, the floor of this machine taken in the same
      run, their ratio, how far the best round was from the worst, and the bar where there is one.
      All takes about ten minutes on two cores that have nothing else to do.

        --rounds N      so often instead of as each section has it
        --json FILE     keeps the table
        --chart FILE    draws it, as SVG
        --compare FILE  says what is worse than in a kept table beyond the noise of both;
                        the exit code is 1 then
        --publish       writes the table and its picture into docs/performance.md
        --from FILE     takes a kept table instead of measuring

      Sections; without one all but those in brackets are measured:
      """;

  private static final String EXAMPLE =
      """

      Example: ./tas bench --json before.json; then, with the change: ./tas bench --compare before.json
      "./tas bench scale" measures the core at length, "./tas bench history" what programs ask of a
      large history, "./tas bench page" how long pages take in a browser.
      """;

  /** The whole table. Files come first, before anything else has been deleted. */
  private static final List<Section> SECTIONS =
      List.of(
          new Section(
              "files",
              "files reach nodes and clients",
              1,
              scene -> FileRates.measure(scene, FileRates.Amount.USUAL)),
          new Section("ready", "programs start", 3, Readiness::measure),
          new Section(
              "start",
              "a test starts",
              3,
              scene -> StartLatency.measure(scene.issuer(), scene.scratch())),
          new Section("output", "output of executors", 3, OutputRate::measure),
          new Section("launch", "executors start", 1, scene -> LaunchCost.measure(scene.scratch())),
          new Section("throughput", "many tests at once", 1, Throughput::measure),
          new Section("web", "pages and interface for programs", 1, WebTimes::measure),
          new Section("core", "the core decides, accepts and restarts", 1, Core::measure),
          new Section("nodes", "a thousand nodes are connected", 1, ConnectedNodes::measure),
          new Section("messages", "messages cross a socket", 3, scene -> MessageRate.measure()),
          new Section("parts", "messages are read and written", 1, Parts::measure),
          new Section("idle", "nothing happens", 1, IdleCost::measure),
          new Section("events", "the event stream is read", 1, EventReaders::measure),
          new Section("return", "nodes come back", 1, Reconnection::measure));

  /** Longer, or looked at when something in the table is odd. */
  private static final List<Section> FURTHER =
      List.of(
          new Section(
              "gigabyte",
              "the files section with a file of 1 GB",
              1,
              scene -> FileRates.measure(scene, FileRates.Amount.WHOLE)),
          new Section("session", "files between two networks", 1, SessionRate::measure),
          new Section(
              "flood",
              "the service is flooded",
              1,
              scene -> new FloodLatency(scene.farm(), scene.issuer(), scene.scratch()).measure()));

  /** The longest takes two minutes on a quiet machine. */
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(6);

  private final List<Section> sections = new ArrayList<>();
  private Optional<Path> keepIn = Optional.empty();
  private Optional<Path> drawIn = Optional.empty();
  private Optional<Path> former = Optional.empty();
  private Optional<Path> kept = Optional.empty();
  private boolean isPublished;
  private boolean isWhole = true;
  private int rounds;

  private Bench() {}

  /**
   * Measures what was asked for. The exit code is 0 when every figure could be taken, 1 when one
   * got worse, 2 for wrong usage.
   */
  public static void main(String[] arguments) throws Exception {
    var bench = new Bench();
    try {
      if (!bench.read(List.of(arguments))) {
        System.out.print(usage());
        return;
      }
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.err.print(usage());
      System.exit(2);
    }
    System.exit(bench.run(System.out) ? 0 : 1);
  }

  private static String usage() {
    var text = new StringBuilder(USAGE);
    for (Section section : SECTIONS) {
      text.append(String.format(Locale.ROOT, "  %-14s%s%n", section.name(), section.subject()));
    }
    for (Section section : FURTHER) {
      text.append(
          String.format(Locale.ROOT, "  %-14s%s%n", "[" + section.name() + "]", section.subject()));
    }
    return text.append(EXAMPLE).toString();
  }

  /**
   * Takes the arguments in.
   *
   * @return whether there is something to do; else help is wanted
   * @throws IllegalArgumentException with a sentence
   */
  private boolean read(List<String> arguments) {
    var words = arguments.iterator();
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "--help", "-h" -> {
          return false;
        }
        case "--json" -> keepIn = Optional.of(Path.of(value(word, words)));
        case "--chart" -> drawIn = Optional.of(Path.of(value(word, words)));
        case "--compare" -> former = Optional.of(Path.of(value(word, words)));
        case "--from" -> kept = Optional.of(Path.of(value(word, words)));
        case "--publish" -> isPublished = true;
        case "--rounds" -> rounds = number(word, value(word, words));
        default -> sections.add(section(word));
      }
    }
    if (sections.isEmpty()) {
      sections.addAll(SECTIONS);
    }
    return true;
  }

  private static String value(String option, Iterator<String> words) {
    if (!words.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return words.next();
  }

  private static int number(String option, String value) {
    if (!value.matches("[1-9][0-9]?")) {
      throw new IllegalArgumentException(option + " takes 1 to 99, not \"" + value + "\"");
    }
    return Integer.parseInt(value);
  }

  private static Section section(String word) {
    return Stream.concat(SECTIONS.stream(), FURTHER.stream())
        .filter(section -> section.name().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no section \"" + word + "\""));
  }

  /**
   * Measures, and prints as it goes; what cannot be measured does not keep the rest from it.
   *
   * @return whether all was measured and nothing got worse
   */
  private boolean run(PrintStream out) throws Exception {
    Optional<KeptRun> before =
        former.isPresent() ? Optional.of(KeptRun.read(former.get())) : Optional.empty();
    var run = kept.isPresent() ? shown(KeptRun.read(kept.get()), out) : measured(out);
    if (keepIn.isPresent()) {
      run.write(keepIn.get());
    }
    if (drawIn.isPresent()) {
      Chart.write(drawIn.get(), run.rows());
    }
    if (isPublished) {
      PerformancePage.ofThisProject().show(run);
    }
    List<String> worse = before.map(run::worseThan).orElse(List.of());
    if (before.isPresent()) {
      out.println(worse.isEmpty() ? "nothing is worse than before" : "worse than before:");
      worse.forEach(out::println);
    }
    return isWhole && worse.isEmpty();
  }

  private static KeptRun shown(KeptRun run, PrintStream out) {
    out.println("machine: " + run.machine());
    out.println(Row.header());
    run.rows().forEach(out::println);
    return run;
  }

  private KeptRun measured(PrintStream out) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (var scene = new Scene()) {
      String machine = Machine.describe(scene.scratch());
      out.println("machine: " + machine);
      out.println(Row.header());
      for (Section section : sections) {
        try {
          List<Row> measured = measure(section, scene);
          measured.forEach(out::println);
          rows.addAll(measured);
        } catch (IOException | TimeoutException | ExecutionException | RuntimeException e) {
          isWhole = false;
          System.err.println("bench: section \"" + section.name() + "\" could not be measured:");
          e.printStackTrace();
          scene.endFarm();
        }
      }
      return new KeptRun(machine, rows);
    }
  }

  /** On a thread of its own: one that hangs is told to stop, and the next has its turn. */
  private List<Row> measure(Section section, Scene scene) throws Exception {
    var measuring = new FutureTask<>(() -> rows(section, scene));
    var thread = new Thread(measuring, "bench-" + section.name());
    thread.setDaemon(true);
    thread.start();
    long limit = LONGEST_ROUND.toMinutes() * count(section);
    try {
      return measuring.get(limit, TimeUnit.MINUTES);
    } catch (TimeoutException e) {
      measuring.cancel(/* mayInterruptIfRunning= */ true);
      scene.endFarm();
      throw new TimeoutException("it was not over after " + limit + " minutes");
    }
  }

  private int count(Section section) {
    return rounds > 0 ? rounds : section.rounds();
  }

  private List<Row> rows(Section section, Scene scene) throws Exception {
    Map<String, List<Figure>> byName = new LinkedHashMap<>();
    long begin = System.nanoTime();
    int count = count(section);
    for (int round = 1; round <= count; round++) {
      System.err.printf("bench: %s, round %d of %d%n", section.subject(), round, count);
      for (Figure figure : section.measurement().measure(scene)) {
        byName.computeIfAbsent(figure.name(), name -> new ArrayList<>()).add(figure);
      }
    }
    System.err.printf(
        Locale.ROOT, "bench: %s took %.0f s%n", section.name(), (System.nanoTime() - begin) / 1e9);
    return byName.values().stream().map(figures -> Row.of(section.name(), figures)).toList();
  }
}
