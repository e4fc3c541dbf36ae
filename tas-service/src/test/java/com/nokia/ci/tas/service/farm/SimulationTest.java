package com.nokia.ci.tas.service.farm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The promises of the farm, kept in simulated farms of many seeds, in which peers misbehave, the
 * service is killed at its writes, or both. Every farm is held to all promises at once; each test
 * looks for the breaches of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SimulationTest {
  private static final int FARMS = 60;

  /** Farms that broke a promise once, each by a cause of its own. */
  private static final List<Long> MENDED =
      List.of(
          5223L, 5400L, 5559L, 5596L, 120026L, 120542L, 200605L, 200989L, 300184L, 300219L,
          300599L);

  private final List<Breach> breaches = new ArrayList<>();
  private final List<Simulation> farms = new ArrayList<>();

  /** A promise that was broken, by the class that watches over it. */
  private record Breach(String by, String message) {}

  @BeforeAll
  void live() {
    var seeds = Stream.concat(LongStream.range(0, FARMS).boxed(), MENDED.stream()).toList();
    for (long seed : seeds) {
      var mischief = Mischief.of(seed);
      var simulation = new Simulation(seed, mischief, Invariants.all(mischief));
      try {
        simulation.run();
        farms.add(simulation);
      } catch (AssertionError e) {
        breaches.add(new Breach(breached(e.getCause()), e.getMessage()));
      }
    }
  }

  /** Whose violation it is; of any other error it is not known which promise it would break. */
  private static String breached(Throwable cause) {
    return cause instanceof Simulation.Violation
        ? Arrays.stream(cause.getStackTrace())
            .map(StackTraceElement::getClassName)
            .filter(name -> name.startsWith(Invariants.class.getName() + "$"))
            .findFirst()
            .orElse("")
        : "";
  }

  private void keeps(Class<? extends Invariant> promise) {
    var broken =
        breaches.stream()
            .filter(breach -> breach.by().isEmpty() || breach.by().equals(promise.getName()))
            .map(Breach::message)
            .toList();
    assertEquals(List.of(), broken);
    assertTrue(farms.size() > FARMS / 2, "most farms came to their end: " + farms.size());
  }

  @Test
  void noProductIsEverGrantedToTwoTests() {
    keeps(Invariants.OneTestAProduct.class);
  }

  @Test
  void anAcceptedTestIsNeverLost() {
    keeps(Invariants.AcceptedStays.class);
  }

  @Test
  void everyTestEndsExactlyOnce() {
    keeps(Invariants.OneEnd.class);
  }

  @Test
  void aReservationAlwaysEnds() {
    keeps(Invariants.ReservationsEnd.class);
  }

  @Test
  void aZombieNodeCannotChangeAResult() {
    keeps(Invariants.TrueResults.class);
  }

  @Test
  void noTestStarves() {
    keeps(Invariants.NobodyStarves.class);
  }

  @Test
  void whatAPersonHasInHandIsGivenToNoTest() {
    keeps(Invariants.HandsAreRespected.class);
  }

  @Test
  void aDetachedTestOutlivesItsClientAndItsResultsAreKept() {
    keeps(Invariants.DetachedOutlive.class);
  }

  @Test
  void whatFollowsFromTheRecordsIsKeptTrue() {
    keeps(Invariants.BooksAgree.class);
  }

  @Test
  void aRestartOfTheServiceDoesNotFailARunningTest() {
    keeps(Invariants.RestartsHurtNobody.class);
  }

  @Test
  void theServiceOfASimulatedFarmIsReallyKilled() {
    int lives =
        farms.stream()
            .filter(farm -> farm.mischief.isOfService())
            .mapToInt(farm -> farm.service.life())
            .sum();
    assertTrue(lives > FARMS, "it was killed " + lives + " times");
  }

  @Test
  void theSameJournalGivesTheSameDecisions() {
    for (var simulation : farms) {
      var farm = new Farm(Simulation.RULES);
      for (int i = 0; i < simulation.journal.size(); i++) {
        assertEquals(simulation.decisions.get(i), farm.apply(simulation.journal.get(i)));
      }
      assertEquals(simulation.farm().snapshot().products(), farm.snapshot().products());
    }
  }
}
