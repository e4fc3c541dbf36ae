package com.nokia.ci.tas.service.farm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The promises of the farm, kept in simulated farms of many seeds, in which peers misbehave, the
 * service is killed at its writes, or both.
 */
final class SimulationTest {
  private static final int SEEDS = 30;

  @Test
  void noProductIsEverGrantedToTwoTests() {
    keeps(Invariants.OneTestAProduct::new);
  }

  @Test
  void anAcceptedTestIsNeverLost() {
    keeps(Invariants.AcceptedStays::new);
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
  void aRestartOfTheServiceDoesNotFailARunningTest() {
    keeps(List.of(Mischief.SERVICE), Invariants.RestartsHurtNobody::new);
  }

  @Test
  void theServiceOfASimulatedFarmIsReallyKilled() {
    for (long seed = 0; seed < SEEDS; seed++) {
      var simulation = new Simulation(seed, Mischief.SERVICE);
      simulation.run();
      assertTrue(simulation.service.life() > 1, "seed " + seed);
    }
  }

  @Test
  void theSameJournalGivesTheSameDecisions() {
    for (var mischief : Mischief.values()) {
      for (long seed = 0; seed < SEEDS; seed++) {
        var simulation = new Simulation(seed, mischief);
        simulation.run();
        var farm = new Farm(Simulation.RULES);
        for (int i = 0; i < simulation.journal.size(); i++) {
          assertEquals(
              simulation.decisions.get(i),
              farm.apply(simulation.journal.get(i)),
              "seed " + seed + " of " + mischief);
        }
        assertEquals(
            simulation.farm().snapshot().products(),
            farm.snapshot().products(),
            "seed " + seed + " of " + mischief);
      }
    }
  }

  private static void keeps(Supplier<Invariant> promise) {
    keeps(List.of(Mischief.values()), promise);
  }

  private static void keeps(List<Mischief> worlds, Supplier<Invariant> promise) {
    for (var mischief : worlds) {
      for (long seed = 0; seed < SEEDS; seed++) {
        new Simulation(seed, mischief, promise.get()).run();
      }
    }
  }
}
