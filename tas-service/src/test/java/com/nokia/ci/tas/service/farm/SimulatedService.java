package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.service.farm.Simulation.Violation;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The service of a simulated farm: takes events, keeps them in batches, and only then lets out what
 * was decided. May be killed before a batch is written, behind it with all, some or none of its
 * effects let out, while it writes a checkpoint, and at any other instant; then it goes on with
 * what it has written.
 */
final class SimulatedService {
  private static final Duration SOFT = Duration.ofSeconds(1);
  private static final Duration GATHERED = Duration.ofMillis(20);
  private static final double DEATH_AT_A_WRITE = 0.004;

  private final Simulation simulation;
  private final SimulatedDisk disk;
  private final List<Applied> applied = new ArrayList<>();
  private final List<Runnable> askers = new ArrayList<>();
  private Farm farm = new Farm(Simulation.RULES);
  private final Seen records = new Seen();
  private Optional<Instant> deadline = Optional.empty();
  private boolean isUp = true;
  private boolean isWritePlanned;
  private boolean isImagePlanned;
  private int life;
  private long batches;

  /** An event that was applied, and is not written yet. */
  private record Applied(Event event, List<Effect> effects) {
    Step step() {
      var decisions = effects.stream().map(Decision::of).flatMap(Optional::stream).toList();
      return new Step(event, decisions);
    }

    /** Whether something waits for this to be written. */
    boolean isHard() {
      for (var effect : effects) {
        if (!(effect instanceof Effect.ProbeNode || effect instanceof Effect.ProbeClient)) {
          return true;
        }
      }
      return false;
    }
  }

  SimulatedService(Simulation simulation) {
    this.simulation = simulation;
    disk = new SimulatedDisk(simulation.make.is(Make.Trait.WRITTEN));
  }

  Farm farm() {
    return farm;
  }

  boolean isUp() {
    return isUp;
  }

  /** When it has to be told that time has passed, unless something happens before. */
  Optional<Instant> nextDeadline() {
    if (!isUp) {
      return Optional.empty();
    }
    if (records.isNew(farm.books())) {
      deadline = farm.nextDeadline();
    }
    return deadline;
  }

  /** How many lives it has had before. */
  int life() {
    return life;
  }

  /** Takes what comes back on a connection of this life, and of no other. */
  Consumer<Event> line() {
    int mine = life;
    return event -> {
      if (life == mine) {
        post(event);
      }
    };
  }

  /** Does something when all that was taken so far, and is not a mere sign of life, is written. */
  void whenKept(Runnable action) {
    if (applied.stream().anyMatch(Applied::isHard)) {
      askers.add(action);
    } else if (isUp) {
      action.run();
    }
  }

  /** Takes an event, unless nobody is there. */
  void post(Event event) {
    if (!isUp) {
      return;
    }
    var effects = farm.apply(event);
    for (var effect : effects) {
      if (effect instanceof Effect.RuleFailed failure) {
        throw new IllegalStateException("a rule failed: " + failure.what(), failure.cause());
      }
    }
    simulation.applied(event, effects);
    var now = new Applied(event, effects);
    applied.add(now);
    if (!isMortal() || (now.isHard() && simulation.chance(0.7))) {
      write();
    } else if (!isWritePlanned) {
      isWritePlanned = true;
      int mine = life;
      simulation.after(
          now.isHard() ? simulation.between(Duration.ZERO, GATHERED) : SOFT,
          () -> {
            if (life == mine) {
              write();
            }
          });
    }
  }

  private boolean isMortal() {
    return simulation.mischief.isOfService();
  }

  private boolean dies(double probability) {
    return isMortal() && !simulation.isPeace() && simulation.chance(probability);
  }

  // ---- what is written

  private void write() {
    isWritePlanned = false;
    if (applied.isEmpty()) {
      return;
    }
    if (dies(DEATH_AT_A_WRITE)) {
      die();
      return;
    }
    var batch = List.copyOf(applied);
    applied.clear();
    if (isMortal()) {
      long number = ++batches;
      disk.append(number, () -> new Batch(number, batch.stream().map(Applied::step).toList()));
    }
    batch.forEach(step -> simulation.kept(step.event(), step.effects()));
    var effects = batch.stream().flatMap(step -> step.effects().stream()).toList();
    boolean isLast = dies(DEATH_AT_A_WRITE);
    int out = isLast ? simulation.random.nextInt(effects.size() + 1) : effects.size();
    effects.subList(0, out).forEach(effect -> effect.giveTo(simulation.world));
    if (isLast) {
      die();
      return;
    }
    var kept = List.copyOf(askers);
    askers.clear();
    kept.forEach(Runnable::run);
    if (isMortal() && !isImagePlanned && disk.length() >= simulation.make.batches()) {
      checkpoint();
    }
  }

  /** Goes on while it is written; counts when it is complete. */
  private void checkpoint() {
    isImagePlanned = true;
    long last = batches;
    var written = disk.written(farm.snapshot());
    int mine = life;
    simulation.after(
        simulation.between(Duration.ZERO, Duration.ofSeconds(3)),
        () -> {
          if (life == mine && dies(0.05)) {
            die();
          } else if (life == mine) {
            isImagePlanned = false;
            disk.checkpoint(last, written);
          }
        });
  }

  // ---- its lives

  void begin() {
    if (isMortal()) {
      post(new Event.ServiceStarted(simulation.now, simulation.world.settings()));
      simulation.after(simulation.between(SOFT, Duration.ofMinutes(10)), this::dieOfChance);
    }
  }

  private void dieOfChance() {
    if (!simulation.isPeace()) {
      if (isUp) {
        die();
      }
      simulation.after(simulation.between(SOFT, Duration.ofMinutes(10)), this::dieOfChance);
    }
  }

  private void die() {
    isUp = false;
    isWritePlanned = false;
    isImagePlanned = false;
    life++;
    applied.clear();
    askers.clear();
    simulation.world.serviceDied();
    var longest = simulation.chance(0.2) ? Duration.ofMinutes(2) : Duration.ofSeconds(5);
    simulation.after(simulation.between(Duration.ofMillis(200), longest), this::startAgain);
  }

  private void startAgain() {
    farm = disk.image().map(Farm::restored).orElseGet(() -> new Farm(Simulation.RULES));
    for (var batch : disk.batches()) {
      for (var step : batch.steps()) {
        var again = new Applied(step.event(), farm.apply(step.event())).step();
        if (!again.decisions().equals(step.decisions())) {
          throw new Violation(
              "batch " + batch.number() + " was decided otherwise: " + step + ", now " + again);
        }
      }
    }
    isUp = true;
    post(new Event.ServiceStarted(simulation.now, simulation.world.settings()));
  }
}
