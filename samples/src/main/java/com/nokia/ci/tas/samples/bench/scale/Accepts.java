package com.nokia.ci.tas.samples.bench.scale;

import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.Event;
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
import java.util.concurrent.TimeUnit;

/**
 * How many tests a second are accepted durably by a farm all of whose products are in use, beside
 * the bare group commit of the store: the same submissions in groups of the same size, made and
 * only written. Both by turns, so that both meet the same disk and the same machine.
 */
final class Accepts {
  private static final int GROUP = 256;

  /** How many have a test under way at a time. */
  private static final int CLIENTS = 4 * GROUP;

  /** Until both sides have the memory that they need. */
  private static final int WARM_UP = 80_000;

  /** Long enough that each has its part of what comes about a few times a second: a collection. */
  private static final int ROUND = 160 * GROUP;

  private static final int ROUNDS = 5;
  private static final int ALONE = 1_000;

  private final Size size;
  private final Population population;
  private final Path scratch;
  private final Semaphore answers = new Semaphore(0);
  private FarmLoop loop;
  private int submitted;
  private long groups;

  private Accepts(Size size, Path scratch) {
    this.size = size;
    this.scratch = scratch;
    population = new Population(size);
  }

  /**
   * What was measured.
   *
   * @param accepted tests a second, for as many clients as make up a few groups
   * @param bare submissions a second
   * @param shares what the threads did while tests were accepted
   * @param alone from submission to answer, for one client that waits for each answer
   * @param bareAlone one submission, only written
   */
  record Rates(double accepted, double bare, Shares shares, Times alone, Times bareAlone) {}

  /**
   * Measures twice and counts the second time: in the first the Java machine still compiles, on a
   * core that the service then lacks and bare writing on one thread does not.
   */
  static Rates measure(Size size, Path scratch) {
    new Accepts(size, scratch.resolve("first")).measure();
    System.gc(); // of the farm that is left behind
    return new Accepts(size, scratch.resolve("second")).measure();
  }

  private Rates measure() {
    try (var store = open("accepted");
        var bare = open("bare")) {
      var settings = LargeFarm.settings(size);
      var around =
          new FarmLoop.Surroundings(
              store,
              InstantSource.system(),
              this::perform,
              2 * size.products() + 2 * CLIENTS,
              failure -> {
                throw failure;
              });
      loop = FarmLoop.start(Revived.fresh(settings), settings, around);
      try {
        populate();
        submit(WARM_UP);
        write(bare, WARM_UP);
        var shares = new Shares();
        long accepted = 0;
        long written = 0;
        for (int i = 0; i < ROUNDS; i++) {
          written += write(bare, ROUND);
          shares.begin();
          accepted += submit(ROUND);
          shares.end();
        }
        return new Rates(rate(accepted), rate(written), shares, alone(), aloneWritten(bare));
      } finally {
        loop.close();
      }
    }
  }

  /** Tests a second in all rounds, which took so many nanoseconds. */
  private static double rate(long nanos) {
    return ROUNDS * ROUND * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
  }

  private Store open(String name) {
    var ever = Duration.ofDays(3650);
    return SqlStores.embedded(scratch.resolve(name), Retention.of(ever, ever));
  }

  /** Nodes and products come, and each product gets a test that runs. */
  private void populate() {
    for (int node = 0; node < size.nodes(); node++) {
      var description = population.node(node);
      loop.report(new Event.NodeRegistered(Instant.now(), description));
      for (int place = 0; place < size.productsPerNode(); place++) {
        loop.report(
            new Event.ProductReported(
                Instant.now(),
                description.endpoint(),
                Event.Report.PLUGGED,
                population.product(node, place)));
      }
    }
    loop.settled().toCompletableFuture().join();
    submit(2 * size.products());
  }

  private void perform(Effect effect) {
    var now = Instant.now();
    if (effect instanceof Effect.TellClient told) {
      if (told.test().progress().status() == TestStatus.PENDING) {
        answers.release();
      }
    } else if (effect instanceof Effect.ProbeNode probe) {
      loop.report(new Event.NodeAnswered(now, probe.node()));
    } else if (effect instanceof Effect.ProbeClient probe) {
      loop.report(new Event.ClientSeen(now, probe.client()));
    } else if (effect instanceof Effect.StartRun start) {
      var id = start.test().id();
      int attempt = start.test().progress().attempt();
      loop.report(new Event.OrderDelivered(now, start.node(), id, attempt, Event.Order.START));
      loop.report(
          new Event.RunReported(
              now, start.node(), id, attempt, TestStatus.STARTED, "", Optional.empty()));
    }
  }

  /**
   * So many tests, each by a client that has one under way at a time.
   *
   * @return nanoseconds until the last is answered
   */
  private long submit(int count) {
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      if (i >= CLIENTS) {
        answers.acquireUninterruptibly();
      }
      loop.report(next());
    }
    answers.acquireUninterruptibly(Math.min(count, CLIENTS));
    return System.nanoTime() - begin;
  }

  /** One client has one test under way at a time. */
  private Times alone() {
    var times = new Times(ALONE);
    for (int i = 0; i < 2 * ALONE; i++) {
      long took = submit(1);
      if (i >= ALONE) {
        times.add(took);
      }
    }
    return times;
  }

  private Event.TestSubmitted next() {
    int number = submitted++;
    return new Event.TestSubmitted(
        Instant.now(),
        population.client(number),
        population.test("t" + number),
        population.wanted(number % size.requirements()));
  }

  /**
   * So many submissions in groups, made and only written.
   *
   * @return nanoseconds
   */
  private long write(Store bare, int count) {
    long begin = System.nanoTime();
    for (int i = 0; i < count; i += GROUP) {
      bare.append(group(GROUP), List.of());
    }
    return System.nanoTime() - begin;
  }

  private Times aloneWritten(Store bare) {
    var times = new Times(ALONE);
    for (int i = 0; i < ALONE; i++) {
      var batch = group(1);
      long begin = System.nanoTime();
      bare.append(batch, List.of());
      times.add(System.nanoTime() - begin);
    }
    return times;
  }

  private Batch group(int length) {
    var steps = new ArrayList<Step>();
    for (int i = 0; i < length; i++) {
      steps.add(new Step(next(), List.of()));
    }
    groups++;
    return new Batch(groups, steps);
  }
}
