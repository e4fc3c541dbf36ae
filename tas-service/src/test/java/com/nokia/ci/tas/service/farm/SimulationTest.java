package com.nokia.ci.tas.service.farm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The promises of the farm, kept in simulated farms of many seeds. */
final class SimulationTest {
  private static final int SEEDS = 100;

  @Test
  void noProductIsEverGrantedToTwoTests() {
    keeps(Invariants.OneTestAProduct::new);
  }

  @Test
  void everyTestEndsExactlyOnce() {
    keeps(Invariants.OneEnd::new);
  }

  @Test
  void aReservationAlwaysEnds() {
    keeps(Invariants.ReservationsEnd::new);
  }

  @Test
  void aZombieNodeCannotChangeAResult() {
    keeps(Invariants.TrueResults::new);
  }

  @Test
  void noTestStarves() {
    keeps(Invariants.NobodyStarves::new);
  }

  @Test
  void whatFollowsFromTheRecordsIsKeptTrue() {
    keeps(Invariants.BooksAgree::new);
  }

  @Test
  void theSameJournalGivesTheSameDecisions() {
    for (long seed = 0; seed < SEEDS; seed++) {
      var simulation = new Simulation(seed, Mischief.PEERS);
      simulation.run();
      var farm = new Farm(Simulation.RULES);
      for (int i = 0; i < simulation.journal.size(); i++) {
        assertEquals(
            simulation.decisions.get(i), farm.apply(simulation.journal.get(i)), "seed " + seed);
      }
      assertEquals(
          simulation.farm().snapshot().products(), farm.snapshot().products(), "seed " + seed);
    }
  }

  private static void keeps(Supplier<Invariant> promise) {
    for (long seed = 0; seed < SEEDS; seed++) {
      new Simulation(seed, Mischief.PEERS, promise.get()).run();
    }
  }
}
