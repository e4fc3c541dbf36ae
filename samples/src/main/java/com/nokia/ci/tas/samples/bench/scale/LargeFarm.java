package com.nokia.ci.tas.samples.bench.scale;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.Wanted;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A farm of a given size in virtual time: every product is in use, and as many tests wait as asked.
 * Nodes keep saying that they are there, so that time can pass.
 */
final class LargeFarm {
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private static final Instant BEGIN = Instant.parse("2026-01-01T08:00:00Z");

  /** One decision in a millisecond: more than any farm has for long. */
  private static final Duration STEP = Duration.ofMillis(1);

  /** Each node is heard of once in so many steps times the number of nodes. */
  private static final int STEPS_A_BEAT = 5;

  private final Farm farm;
  private final Population population;
  private final Size size;
  private final Consumer<Event> journal;
  private final Deque<Effect.StartRun> fresh = new ArrayDeque<>();
  private final Deque<Effect.StartRun> starts = new ArrayDeque<>();
  private Instant now = BEGIN;
  private int submitted;
  private int steps;
  private Took took = new Took(0, 0, 0);

  /**
   * What a decision took.
   *
   * @param wall nanoseconds by the clock: whatever else this machine does counts
   * @param processor nanoseconds of the processor alone
   * @param memory bytes that were allocated: the same on any machine
   */
  record Took(long wall, long processor, long memory) {}

  /**
   * Builds the farm and fills it.
   *
   * @param journal is shown every event that the farm takes
   */
  LargeFarm(Size size, Consumer<Event> journal) {
    this.size = size;
    this.journal = journal;
    population = new Population(size);
    farm = new Farm(settings(size));
    populate();
    fill();
  }

  static FarmSettings settings(Size size) {
    return FarmSettings.defaults(Population.SERVICE)
        .with(
            new FarmSettings.Bounds(
                size.productsPerNode() + 1, 1_000_000, 1_000, Duration.ofHours(24)));
  }

  Farm farm() {
    return farm;
  }

  /** What the last decision took. */
  Took took() {
    return took;
  }

  private void populate() {
    for (int node = 0; node < size.nodes(); node++) {
      var description = population.node(node);
      apply(new Event.NodeRegistered(now, description));
      for (int place = 0; place < size.productsPerNode(); place++) {
        apply(
            new Event.ProductReported(
                now,
                description.endpoint(),
                Event.Report.PLUGGED,
                population.product(node, place)));
      }
    }
  }

  /** All products are taken, then so many tests come that wait. */
  private void fill() {
    for (int i = 0; farm.snapshot().waitingCount() == 0; i++) {
      int requirement = i % size.requirements();
      if (Population.isAlone(requirement)) {
        submit(requirement);
      }
    }
    for (int i = 1; i < size.waiting(); i++) {
      submit(i % size.requirements());
    }
    settleStarts();
    // After this products are kept for the tests that need two.
    pass(Duration.ofSeconds(5));
    settleStarts();
  }

  // ---- decisions

  /** One more test with a requirement: there are enough of those, so it waits. */
  List<Effect> submit(int requirement) {
    int number = submitted++;
    String id = "r" + requirement + "_" + number;
    return apply(submission(id, number, population.wanted(requirement)));
  }

  /** Which requirement a test has that was started. */
  static int requirement(Effect.StartRun start) {
    String id = id(start).text();
    return Integer.parseInt(id.substring(1, id.indexOf('_')));
  }

  /** A test for a product that is free. */
  List<Effect> submitForSpare(int number) {
    return apply(submission("spare_" + number, number, population.spare()));
  }

  private Event.TestSubmitted submission(String id, int client, Wanted wanted) {
    return new Event.TestSubmitted(now, population.client(client), population.test(id), wanted);
  }

  /** Plugs in a product of the kind that nobody waits for. */
  void plugSpare() {
    apply(
        new Event.ProductReported(
            now, population.node(0).endpoint(), Event.Report.PLUGGED, population.spareProduct()));
  }

  /** The oldest run ends well: its product is free, and goes to a test that waits. */
  List<Effect> finishOldest() {
    return finish(starts.remove());
  }

  /** The run that started last ends well. */
  List<Effect> finishNewest() {
    return finish(starts.removeLast());
  }

  private List<Effect> finish(Effect.StartRun run) {
    return apply(report(run, TestStatus.FINISHED));
  }

  /** What was started is delivered and runs. */
  void settleStarts() {
    while (!fresh.isEmpty()) {
      var start = fresh.remove();
      apply(
          new Event.OrderDelivered(
              now, start.node(), id(start), attempt(start), Event.Order.START));
      apply(report(start, TestStatus.STARTED));
      starts.add(start);
    }
  }

  private Event.RunReported report(Effect.StartRun run, TestStatus status) {
    return new Event.RunReported(
        now, run.node(), id(run), attempt(run), status, "", Optional.empty());
  }

  private static RuntimeId id(Effect.StartRun start) {
    return start.test().id();
  }

  private static int attempt(Effect.StartRun start) {
    return start.test().progress().attempt();
  }

  // ---- time

  /** A moment passes; now and then a node is heard of. */
  void step() {
    steps++;
    pass(STEP);
    if (steps % STEPS_A_BEAT == 0) {
      beat(steps / STEPS_A_BEAT % size.nodes());
    }
  }

  private void beat(int node) {
    apply(new Event.NodeSeen(now, population.node(node)));
  }

  private void pass(Duration duration) {
    now = now.plus(duration);
    if (farm.nextDeadline().filter(due -> !due.isAfter(now)).isPresent()) {
      apply(new Event.TimePassed(now));
    }
  }

  private List<Effect> apply(Event event) {
    journal.accept(event);
    long memory = THREADS.getCurrentThreadAllocatedBytes();
    long processor = THREADS.getCurrentThreadCpuTime();
    long begin = System.nanoTime();
    var effects = farm.apply(event);
    long wall = System.nanoTime() - begin;
    processor = THREADS.getCurrentThreadCpuTime() - processor;
    took = new Took(wall, processor, THREADS.getCurrentThreadAllocatedBytes() - memory);
    var consequences = new ArrayList<Event>();
    for (var effect : effects) {
      if (effect instanceof Effect.StartRun start) {
        fresh.add(start);
      } else if (effect instanceof Effect.ProbeNode probe) {
        consequences.add(new Event.NodeAnswered(now, probe.node()));
      } else if (effect instanceof Effect.RecordEnded end) {
        consequences.add(
            new Event.EndDelivered(now, end.test().client(), end.test().test().id().test()));
      } else if (effect instanceof Effect.RuleFailed failure) {
        throw new IllegalStateException(failure.what(), failure.cause());
      }
    }
    var decided = took;
    consequences.forEach(this::apply);
    took = decided;
    return effects;
  }
}
