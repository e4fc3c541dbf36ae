package com.nokia.ci.tas.samples.bench.scale;

import com.nokia.ci.tas.service.farm.Decision;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.loop.FarmLoop;
import com.nokia.ci.tas.service.loop.Revived;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Step;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.sql.SqlStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * What it costs to keep a farm: durable accepted tests a second beside the bare group commit of the
 * store, and the time that a service takes to be back.
 */
final class Durability {
  private static final int GROUP = 256;

  /** How many have a test under way at a time. */
  private static final int CLIENTS = 4 * GROUP;

  private static final int TESTS = 40_000;
  private static final Instant NOW = Instant.parse("2026-01-01T08:00:00Z");

  private final Size size;
  private final Population population;
  private final Path scratch;

  Durability(Size size, Path scratch) {
    this.size = size;
    this.scratch = scratch;
    population = new Population(size);
  }

  private Store open(String name) {
    var ever = Duration.ofDays(3650);
    return SqlStores.embedded(scratch.resolve(name), Retention.of(ever, ever));
  }

  /** Tests a second, by a loop with a store, for as many clients as make up a few groups. */
  double accepted() {
    try (var store = open("accepted")) {
      var answers = new Semaphore(CLIENTS);
      var around =
          new FarmLoop.Surroundings(
              store,
              InstantSource.system(),
              effect -> {
                if (effect instanceof Effect.TellClient) {
                  answers.release();
                }
              },
              2 * CLIENTS,
              failure -> {
                throw failure;
              });
      var settings = LargeFarm.settings(size);
      try (var loop = FarmLoop.start(Revived.fresh(settings), settings, around)) {
        submit(loop, answers, TESTS / 4, "warm");
        long begin = System.nanoTime();
        submit(loop, answers, TESTS, "t");
        return TESTS / ((System.nanoTime() - begin) / 1e9);
      }
    }
  }

  /** A client has one test under way at a time. */
  private void submit(FarmLoop loop, Semaphore answers, int count, String prefix) {
    for (int i = 0; i < count; i++) {
      answers.acquireUninterruptibly();
      loop.post(submission(Instant.now(), prefix + i, i));
    }
    answers.acquireUninterruptibly(CLIENTS);
    answers.release(CLIENTS);
  }

  private Event.TestSubmitted submission(Instant at, String id, int number) {
    return new Event.TestSubmitted(
        at,
        population.client(number),
        population.test(id),
        population.wanted(number % size.requirements()));
  }

  /** The same submissions in groups of the same size, only written. */
  double bare() {
    try (var store = open("bare")) {
      long number = 0;
      for (int i = 0; i < TESTS / 4; i += GROUP) {
        number++;
        store.append(group(number, "warm", i), List.of());
      }
      long begin = System.nanoTime();
      int written = 0;
      for (; written < TESTS; written += GROUP) {
        number++;
        store.append(group(number, "t", written), List.of());
      }
      return written / ((System.nanoTime() - begin) / 1e9);
    }
  }

  private Batch group(long number, String prefix, int from) {
    var steps = new ArrayList<Step>();
    for (int i = from; i < from + GROUP; i++) {
      steps.add(new Step(submission(NOW, prefix + i, i), List.of()));
    }
    return new Batch(number, steps);
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
