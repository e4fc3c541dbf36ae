package com.nokia.ci.tas.samples.torture;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/** Carries out a plan, and starts again what it has ended. For one thread. */
final class Storm {
  private static final Duration LOOK = Duration.ofMillis(200);

  private final TorturedFarm farm;
  private final PrintStream log;
  private final long begun = System.nanoTime();
  private final List<String> accidents = new ArrayList<>();
  private final PriorityQueue<Deed> deeds = new PriorityQueue<>(Comparator.comparing(Deed::at));

  private record Deed(Duration at, Act act) {}

  private interface Act {
    void perform() throws IOException, InterruptedException;
  }

  /**
   * A storm that has just begun.
   *
   * @param log gets a line for each blow
   */
  Storm(TorturedFarm farm, List<Blow> plan, PrintStream log) {
    this.farm = farm;
    this.log = log;
    plan.forEach(blow -> deeds.add(new Deed(blow.at(), () -> strike(blow))));
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Rages until that age. */
  void rage(Duration until) throws IOException, InterruptedException {
    while (age().compareTo(until) < 0) {
      Deed next = deeds.peek();
      if (next != null && next.at().compareTo(age()) <= 0) {
        deeds.remove(next);
        next.act().perform();
      } else {
        LockSupport.parkNanos(LOOK.toNanos());
      }
      lookForTheDead();
    }
  }

  /** Ends: all programs run again. */
  void abate() throws IOException, InterruptedException {
    for (Victim victim : farm.victims()) {
      victim.raise();
    }
  }

  /** Programs that ended although nobody had told them to: a sentence for each. */
  List<String> accidents() {
    return List.copyOf(accidents);
  }

  private void strike(Blow blow) throws IOException, InterruptedException {
    log.println(blow);
    for (String name : blow.victims()) {
      Victim victim =
          farm.victims().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
      if (victim.isUp() && !victim.hasEndedByItself()) {
        victim.hit(blow.means());
        deeds.add(new Deed(age().plus(blow.lasts()), victim::raise));
      }
    }
  }

  void lookForTheDead() throws IOException {
    for (Victim victim : farm.victims()) {
      if (victim.hasEndedByItself()) {
        accidents.add(
            "%s ended by itself, %.1f s after the storm began; the newest console-….txt in %s tells more"
                .formatted(victim.name(), age().toMillis() / 1000.0, victim.home()));
        victim.bury();
        victim.start();
      }
    }
  }
}
