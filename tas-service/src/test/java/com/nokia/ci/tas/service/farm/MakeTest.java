package com.nokia.ci.tas.service.farm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the simulated farms of many seeds are like. */
final class MakeTest {
  private record Farm(Make make, Mischief mischief) {}

  @Test
  void eachMakeIsPlayedInEachWorld() {
    Set<Farm> farms = new HashSet<>();
    for (long seed = 0; seed < 96; seed++) {
      farms.add(new Farm(Make.of(seed), Mischief.of(seed)));
    }

    assertEquals(Make.values().length * Mischief.values().length, farms.size());
  }

  @Test
  void moreComparisonsAreMadeAtOnceThanAreLookedAfter() {
    var most = new AtomicInteger();
    Simulation.Invariant counter =
        new Simulation.Invariant() {
          @Override
          public void afterWrite(Simulation simulation, Event event, List<Effect> effects) {
            long now =
                simulation.farm().books().groups.values().toList().stream()
                    .flatMap(group -> group.wish().demands().stream())
                    .flatMap(demand -> demand.comparisons().stream())
                    .distinct()
                    .count();
            most.accumulateAndGet((int) now, Math::max);
          }
        };

    new Simulation(Scenario.of(15, Make.COMPARING), List.of(counter)).run();

    assertTrue(most.get() > 64, "at most " + most.get() + " at once");
  }
}
