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
                  Duration.ofMinutes(2),
                  Duration.ofMinutes(4)))
          .with(new Bounds(2, 100, 20, Duration.ofHours(4)));
  private static final Duration PEACE = Duration.ofHours(3);
  private static final Duration GLANCE = Duration.ofMinutes(5);

  /** Looks at the farm after every event, and once more at the end. */
  interface Invariant {
    /** An event was applied; it may yet be forgotten, should the service be killed. */
    default void afterEvent(Simulation simulation, Event event, List<Effect> effects) {}

    /** An event will not be forgotten; its effects are about to go out. */
    default void afterWrite(Simulation simulation, Event event, List<Effect> effects) {}

    /** Something happened in the world, whether the farm knows or not. */
    default void afterAction(Simulation simulation) {}

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
  final Mischief mischief;
  final Make make;
  final List<Event> journal = new ArrayList<>();
  final List<List<Effect>> decisions = new ArrayList<>();
  final World world;
  final SimulatedService service;
  Instant now = T0;

  private final Scenario scenario;
  private final List<Invariant> invariants;
  private final PriorityQueue<Planned> plan =
      new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparing(Planned::number));
  private long planned;

  /** A farm that is held to the given, and to nothing else. */
  Simulation(Scenario scenario, List<Invariant> invariants) {
    this.scenario = scenario;
    mischief = scenario.mischief();
    make = scenario.make();
    this.invariants = List.copyOf(invariants);
    random = new Random(scenario.seed());
    world = new World(this);
    service = new SimulatedService(this);
  }

  /** A farm that is held to all its promises. */
  static Simulation of(Scenario scenario) {
    return new Simulation(scenario, Invariants.all(scenario.mischief()));
  }

  Farm farm() {
    return service.farm();
  }

  /** Lives through it all; a violation names the seed. */
  void run() {
    try {
      service.begin();
      world.begin();
      until(chaosEnd());
      world.makePeace();
      boolean isOver = false;
      for (var end = chaosEnd().plus(PEACE); now.isBefore(end) && !isOver; ) {
        // What was decided a moment ago may not have been written yet, and nobody has heard of it.
        boolean wasQuiet = isQuiet();
        until(now.plus(GLANCE));
        isOver = wasQuiet && isQuiet();
      }
      invariants.forEach(invariant -> invariant.atTheEnd(this));
    } catch (Violation | RuntimeException e) {
      throw new AssertionError(scenario + ", event " + journal.size() + " at " + now + ": " + e, e);
    }
  }

  private boolean isQuiet() {
    var snapshot = farm().snapshot();
    return snapshot.waitingCount() == 0
        && snapshot.running().isEmpty()
        && snapshot.products().stream().allMatch(p -> p.holder().isEmpty());
  }

  private Instant chaosEnd() {
    return T0.plus(make.chaos());
  }

  boolean isPeace() {
    return !now.isBefore(chaosEnd());
  }

  /** Whether nodes, products, clients and the wire do what they should. */
  boolean isCalm() {
    return isPeace() || !mischief.isOfPeers();
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

  /** Something happened: the service is told, if it is there. */
  void post(Event event) {
    service.post(event);
  }

  void applied(Event event, List<Effect> effects) {
    invariants.forEach(invariant -> invariant.afterEvent(this, event, effects));
  }

  void kept(Event event, List<Effect> effects) {
    journal.add(event);
    decisions.add(effects);
    world.kept(event, effects);
    invariants.forEach(invariant -> invariant.afterWrite(this, event, effects));
  }

  private void until(Instant end) {
    while (true) {
      var deadline = service.nextDeadline();
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
      invariants.forEach(invariant -> invariant.afterAction(this));
    }
  }
}
