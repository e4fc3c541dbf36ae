package com.nokia.ci.tas.samples.bench.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.io.FileUtils;

/**
 * What {@link Scale} measures at length, as far as the whole table has time for it: prints one line
 * of JSON with a list of {@link Measured}. Runs in a Java machine with the options of a service.
 */
public final class CoreFigures {
  private static final List<Integer> QUEUES = List.of(1_000, 10_000, 100_000);
  private static final List<Integer> NODES = List.of(10, 100);
  private static final int PRODUCTS_PER_NODE = 10;
  private static final int REQUIREMENTS = 200;
  private static final int LARGEST = 100_000;
  private static final double MICROSECONDS = 1e3;

  private final List<Measured> measured = new ArrayList<>();

  /**
   * A figure.
   *
   * @param name what was measured
   * @param value the core's figure
   * @param floor of the same run; 0: there is none
   * @param unit of both
   */
  public record Measured(String name, double value, double floor, String unit) {}

  private CoreFigures() {}

  /** Measures {@code decisions}, {@code accepts} or {@code restart}. */
  public static void main(String[] arguments) throws Exception {
    var figures = new CoreFigures();
    Path scratch = Files.createTempDirectory("tas-core");
    try {
      switch (arguments[0]) {
        case "decisions" -> figures.decisions();
        case "accepts" -> figures.accepts(scratch);
        case "restart" -> figures.restart(scratch);
        default -> throw new IllegalArgumentException("there is no part \"" + arguments[0] + "\"");
      }
    } finally {
      FileUtils.deleteQuietly(scratch.toFile());
    }
    System.out.println(new ObjectMapper().writeValueAsString(figures.measured));
  }

  /** Against longer queues on a farm of one size, then against larger farms. */
  private void decisions() {
    for (int waiting : QUEUES) {
      decide(Size.full(waiting));
    }
    for (int nodes : NODES) {
      decide(new Size(nodes, PRODUCTS_PER_NODE, REQUIREMENTS, 1_000, 0));
    }
  }

  private void decide(Size size) {
    for (var sort : new Decisions(new LargeFarm(size, event -> {})).measure()) {
      String name =
          String.format(
              Locale.ROOT,
              "%s, %,d wait, %,d products",
              sort.name(),
              size.waiting(),
              size.products());
      measured.add(new Measured(name, sort.wall().median(), 0, "us"));
    }
  }

  private void accepts(Path scratch) {
    var rates = Accepts.measure(Size.full(LARGEST), scratch);
    measured.add(
        new Measured(
            "durable accepts at the loop (floor: the store's bare group commit)",
            rates.accepted(),
            rates.bare(),
            "accepts/s"));
    measured.add(
        new Measured(
            "one client alone, submit to durable answer (floor: a bare commit)",
            rates.alone().median() / MICROSECONDS,
            rates.bareAlone().median() / MICROSECONDS,
            "ms"));
  }

  private void restart(Path scratch) throws IOException {
    var restart = new Restarts(Size.full(LARGEST), scratch).restart();
    measured.add(
        new Measured("restart, 100,000 wait, from a checkpoint", restart.fromCheckpoint(), 0, "s"));
    measured.add(
        new Measured(
            String.format(
                Locale.ROOT,
                "restart from a checkpoint with %,d events behind it",
                restart.eventsOfTail()),
            restart.fromTail(),
            0,
            "s"));
    measured.add(
        new Measured(
            String.format(Locale.ROOT, "restart from %,d events alone", restart.events()),
            restart.fromJournal(),
            0,
            "s"));
  }
}
