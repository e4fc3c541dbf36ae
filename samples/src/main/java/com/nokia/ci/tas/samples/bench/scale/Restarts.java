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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The time that a service takes to be back. */
final class Restarts {
  private static final int GROUP = 256;

  private final Size size;
  private final Path scratch;

  Restarts(Size size, Path scratch) {
    this.size = size;
    this.scratch = scratch;
  }

  private Store open(String name) {
    var ever = Duration.ofDays(3650);
    return SqlStores.embedded(scratch.resolve(name), Retention.of(ever, ever));
  }

  /**
   * How a service comes back to a farm that waits.
   *
   * @param fromJournal seconds, when there is no checkpoint yet
   * @param fromCheckpoint seconds, from an image of all
   */
  record Restart(double fromJournal, double fromCheckpoint, long events) {}

  /** Keeps all that makes up the farm, then opens it twice. */
  Restart restart() {
    long batches;
    long events;
    try (var store = open("restart")) {
      var writer = new Writer(store, new Farm(LargeFarm.settings(size)));
      new LargeFarm(size, writer::take);
      writer.flush();
      batches = writer.number;
      events = writer.events;
    }
    double journal = timed();
    try (var store = open("restart")) {
      var revived = Revived.of(store.past(), LargeFarm.settings(size));
      store.checkpoint(batches, revived.farm().snapshot().image());
    }
    return new Restart(journal, timed(), events);
  }

  private double timed() {
    long begin = System.nanoTime();
    try (var store = open("restart")) {
      int waiting =
          Revived.of(store.past(), LargeFarm.settings(size)).farm().snapshot().waitingCount();
      if (waiting < size.waiting()) {
        throw new IllegalStateException(waiting + " tests are back, not " + size.waiting());
      }
    }
    return (System.nanoTime() - begin) / 1e9;
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
