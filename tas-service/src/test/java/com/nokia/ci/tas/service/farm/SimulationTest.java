package com.nokia.ci.tas.service.farm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
  /** So that each make is played in each world. */
  private static final int FARMS = 96;

  /** Farms that broke a promise once, each by a cause of its own, of the make they had then. */
  private static final List<Scenario> MENDED =
      List.of(
          Scenario.of(5223, Make.USUAL),
          Scenario.of(5400, Make.USUAL),
          Scenario.of(5559, Make.USUAL),
          Scenario.of(5596, Make.USUAL),
          Scenario.of(120026, Make.USUAL),
          Scenario.of(120542, Make.USUAL_DETACHING),
          Scenario.of(200605, Make.USUAL),
          Scenario.of(200989, Make.USUAL),
          Scenario.of(300184, Make.USUAL),
          Scenario.of(300219, Make.USUAL),
          Scenario.of(300599, Make.USUAL),
          Scenario.of(383, Make.USUAL_DETACHING),
          Scenario.of(677, Make.DENSE),
          Scenario.of(917, Make.DENSE));

  private static final Set<String> PROMISES =
      Arrays.stream(Mischief.values())
          .flatMap(mischief -> Invariants.all(mischief).stream())
          .map(promise -> promise.getClass().getName())
          .collect(Collectors.toSet());

  private final List<Breach> breaches = new ArrayList<>();
  private final List<Simulation> farms = new ArrayList<>();

  /** A promise that was broken, by the class that watches over it. */
  private record Breach(String by, String message) {}

  @BeforeAll
  void live() {
    var seeds = LongStream.range(0, FARMS).mapToObj(Scenario::of);
    for (var scenario : Stream.concat(seeds, MENDED.stream()).toList()) {
      var simulation = Simulation.of(scenario);
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
            .map(name -> name.replaceFirst("\\$.*", "")) // a record or a lambda of it
            .filter(PROMISES::contains)
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
    keeps(OneTestAProductInvariant.class);
  }

  @Test
  void anAcceptedTestIsNeverLost() {
    keeps(AcceptedStaysInvariant.class);
  }

  @Test
  void everyTestEndsExactlyOnce() {
    keeps(OneEndInvariant.class);
    keeps(EndsAreHeardInvariant.class);
  }

  @Test
  void aFailedTestIsTriedAgainAsOftenAsItMay() {
    keeps(FailedIsTriedAgainInvariant.class);
  }

  @Test
  void noTestRunsOutOfATimeInWhichTheServiceWasAway() {
    keeps(TimesStandStillInvariant.class);
  }

  @Test
  void aReservationAlwaysEnds() {
    keeps(ReservationsEndInvariant.class);
  }

  @Test
  void whatAFinishedTestHadIsKeptForItsIssuer() {
    keeps(KeptForItsIssuerInvariant.class);
  }

  @Test
  void aZombieNodeCannotChangeAResult() {
    keeps(TrueResultsInvariant.class);
  }

  @Test
  void noTestStarves() {
    keeps(NobodyStarvesInvariant.class);
    keeps(OlderComesFirstInvariant.class);
  }

  @Test
  void whatAPersonHasInHandIsGivenToNoTest() {
    keeps(HandsAreRespectedInvariant.class);
  }

  @Test
  void aDetachedTestOutlivesItsClientAndItsResultsAreKept() {
    keeps(DetachedOutliveInvariant.class);
  }

  @Test
  void whatFollowsFromTheRecordsIsKeptTrue() {
    keeps(BooksAgreeInvariant.class);
  }

  @Test
  void aRestartOfTheServiceDoesNotFailARunningTest() {
    keeps(RestartsHurtNobodyInvariant.class);
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
