package com.nokia.ci.tas.samples.bench.scale;

import com.nokia.ci.tas.service.farm.Decision;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.loop.Revived;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Step;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.sql.SqlStores;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The time that a service takes to be back. */
final class Restarts {
  private static final int GROUP = 256;
  private static final String STORE = "restart";

  /**
   * A service writes a checkpoint after so many events, or as many as tests wait if these are more.
   */
  private static final int TAIL = 50_000;

  private static final long PATIENCE_SECONDS = 120;

  private final Size size;
  private final Path scratch;

  Restarts(Size size, Path scratch) {
    this.size = size;
    this.scratch = scratch;
  }

  private static Store store(Path directory) {
    var ever = Duration.ofDays(3650);
    return SqlStores.embedded(directory, Retention.of(ever, ever));
  }

  /**
   * How a service comes back to a farm that waits.
   *
   * @param fromJournal seconds until a new Java process is ready, when there is no checkpoint yet
   * @param fromTail the same, from an image and as many events behind it as a kill can leave
   * @param fromCheckpoint the same, from an image of all
   * @param events that the journal has in all
   * @param eventsOfTail that are behind the image of {@code fromTail}
   */
  record Restart(
      double fromJournal, double fromTail, double fromCheckpoint, long events, long eventsOfTail) {}

  /** In a new process: opens a store and prints after how many seconds of its life it is ready. */
  public static void main(String[] arguments) {
    open(Path.of(arguments[0]), Size.full(Integer.parseInt(arguments[1])));
    long born = ManagementFactory.getRuntimeMXBean().getStartTime();
    System.out.println((System.currentTimeMillis() - born) / 1e3);
  }

  /** Keeps all that makes up the farm, then opens it several times. */
  Restart restart() throws IOException {
    long batches;
    long events;
    try (var store = store(scratch.resolve(STORE))) {
      var writer = new Writer(store, new Farm(LargeFarm.settings(size)));
      new LargeFarm(size, writer::take);
      writer.flush();
      batches = writer.number;
      events = writer.events;
    }
    double journal = inNewProcess();
    long tailBatches = Math.max(TAIL, size.waiting()) / GROUP;
    checkpoint(batches - tailBatches);
    double tail = inNewProcess();
    try (var store = store(scratch.resolve(STORE))) {
      var revived = Revived.of(store.past(), LargeFarm.settings(size));
      store.checkpoint(batches, revived.farm().snapshot().image());
    }
    return new Restart(
        journal, tail, inNewProcess(), events, Math.min(events, tailBatches * GROUP));
  }

  /** Keeps an image of the farm as it was behind a batch. */
  private void checkpoint(long batch) {
    try (var store = store(scratch.resolve(STORE))) {
      var farm = new Farm(LargeFarm.settings(size));
      store
          .past()
          .forEach(
              next -> {
                if (next.number() <= batch) {
                  next.steps().forEach(step -> farm.apply(step.event()));
                }
              });
      store.checkpoint(batch, farm.snapshot().image());
    }
  }

  private static void open(Path directory, Size size) {
    try (var store = store(directory)) {
      int waiting =
          Revived.of(store.past(), LargeFarm.settings(size)).farm().snapshot().waitingCount();
      if (waiting < size.waiting()) {
        throw new IllegalStateException(waiting + " tests are back, not " + size.waiting());
      }
    }
  }

  private double inNewProcess() throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The Java machine of a service, as this one is.
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("-X") && !option.contains("Recording"))
            .toList());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Restarts.class.getName(),
            scratch.resolve(STORE).toString(),
            Integer.toString(size.waiting())));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("a new process was not ready after " + PATIENCE_SECONDS + " s");
      }
      var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return lines.lines().reduce((first, last) -> last).map(Double::valueOf).orElse(Double.NaN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Writes what a farm takes, with what is decided on it. */
  private static final class Writer {
    private final Store store;
    private final Farm farm;
    private final List<Step> steps = new ArrayList<>();
    private long number;
    private long events;

    Writer(Store store, Farm farm) {
      this.store = store;
      this.farm = farm;
    }

    void take(Event event) {
      var decisions =
          farm.apply(event).stream().map(Decision::of).flatMap(Optional::stream).toList();
      steps.add(new Step(event, decisions));
      events++;
      if (steps.size() == GROUP) {
        flush();
      }
    }

    void flush() {
      if (!steps.isEmpty()) {
        number++;
        store.append(new Batch(number, steps), List.of());
        steps.clear();
      }
    }
  }
}
