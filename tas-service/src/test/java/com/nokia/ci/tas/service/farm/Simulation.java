package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.T0;

import com.nokia.ci.tas.service.farm.FarmSettings.Bounds;
import com.nokia.ci.tas.service.farm.FarmSettings.TestLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A whole farm in virtual time: nodes that crash, return and are cut off, reports that are late,
 * lost, doubled and out of order, clients that vanish, products that are unplugged, moved and
 * disabled. One seed decides everything.
 *
 * <p>After a while of that, peace comes, and what was begun has to come to its end.
 */
final class Simulation {
  static final FarmSettings RULES =
      SETTINGS
          .with(
              new TestLimits(
                  Duration.ofHours(1),
                  Duration.ofMinutes(1),
                  Duration.ofMinutes(15),
                  2,
                  Duration.ofSeconds(2),
                  Duration.ofMinutes(2)))
          .with(new Bounds(2, 100, 20, Duration.ofHours(4)));
  private static final Duration CHAOS = Duration.ofMinutes(20);
  private static final Duration PEACE = Duration.ofHours(3);
  private static final Duration GLANCE = Duration.ofMinutes(5);

  /** Looks at the farm after every event, and once more at the end. */
  interface Invariant {
    void afterEvent(Simulation simulation, Event event, List<Effect> effects);

    default void atTheEnd(Simulation simulation) {}
  }

  /** Something that must never be. */
  static final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
      super(message);
    }
  }

  private record Planned(Instant at, long number, Runnable action) {}

  final Random random;
  final Farm farm = new Farm(RULES);
  final List<Event> journal = new ArrayList<>();
  final List<List<Effect>> decisions = new ArrayList<>();
  final World world;
  Instant now = T0;

  private final long seed;
  private final List<Invariant> invariants;
  private final PriorityQueue<Planned> plan =
      new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparing(Planned::number));
  private long planned;

  Simulation(long seed, Invariant... invariants) {
    this.seed = seed;
    this.invariants = List.of(invariants);
    random = new Random(seed);
    world = new World(this);
  }

  /** Lives through it all; a violation names the seed. */
  void run() {
    try {
      world.begin();
      until(T0.plus(CHAOS));
      world.makePeace();
      for (var end = T0.plus(CHAOS).plus(PEACE); now.isBefore(end) && !isQuiet(); ) {
        until(now.plus(GLANCE));
      }
      invariants.forEach(invariant -> invariant.atTheEnd(this));
    } catch (Violation | RuntimeException e) {
      throw new AssertionError(
          "seed " + seed + ", event " + journal.size() + " at " + now + ": " + e, e);
    }
  }

  private boolean isQuiet() {
    var snapshot = farm.snapshot();
    return snapshot.waitingCount() == 0
        && snapshot.running().isEmpty()
        && snapshot.products().stream().allMatch(p -> p.holder().isEmpty());
  }

  boolean isPeace() {
    return !now.isBefore(T0.plus(CHAOS));
  }

  void after(Duration delay, Runnable action) {
    plan.add(new Planned(now.plus(delay), planned++, action));
  }

  /** Something between two durations. */
  Duration between(Duration least, Duration most) {
    return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T oneOf(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  void post(Event event) {
    var effects = farm.apply(event);
    journal.add(event);
    decisions.add(effects);
    for (var effect : effects) {
      if (effect instanceof Effect.RuleFailed failure) {
        throw new IllegalStateException("a rule failed: " + failure.what(), failure.cause());
      }
    }
    invariants.forEach(invariant -> invariant.afterEvent(this, event, effects));
    effects.forEach(effect -> effect.giveTo(world));
  }

  private void until(Instant end) {
    while (true) {
      var deadline = farm.nextDeadline();
      var action = plan.peek();
      boolean isDeadline =
          deadline.isPresent() && (action == null || !deadline.get().isAfter(action.at()));
      var at = isDeadline ? deadline.get() : action == null ? end : action.at();
      if (!at.isBefore(end)) {
        now = end;
        return;
      }
      now = at.isAfter(now) ? at : now;
      if (isDeadline) {
        post(new Event.TimePassed(now));
      } else {
        plan.remove().action().run();
      }
    }
  }
}
