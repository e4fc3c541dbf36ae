package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FAILED;
import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.HOUR;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.demand;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.nose;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.FarmSettings.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What schedulers of farms are known to get wrong. */
final class SchedulingPromisesTest {
  private static final Wanted PAIR = wanted(demand("rm-code", "RM-1"), demand("rm-code", "RM-2"));
  private final Stage stage = new Stage();

  @Test
  void aStoppedTestIsNotStartedAgainAndItsProductIsFree() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.apply(new Event.StopRequested(stage.now, CLIENT_1.endpoint(), RuntimeId.of("a"), ""));

    stage.report(NODE_1, "a", 1, FAILED);

    assertEquals(List.of(), stage.started());
    assertFalse(stage.isWaiting("a"));
    assertEquals(ProductStatus.FREE, stage.product(1).product().status());
  }

  @Test
  void aTestNeverGetsAProductOfAnotherKindForOneThatIsMissing() {
    stage.join(NODE_1, phone(2, "RM-2"), phone(3, "RM-3"));

    stage.submit(CLIENT_1, flash("a"), PAIR);
    stage.submit(
        CLIENT_1, flash("b"), wanted(demand("rm-code", "RM-9"), demand("rm-code", "RM-3")));

    assertTrue(stage.isWaiting("a") && stage.isWaiting("b"));
    assertEquals(ProductStatus.FREE, stage.product(2).product().status());
    assertEquals(ProductStatus.FREE, stage.product(3).product().status());
  }

  @Test
  void allThatCanStartStartsAtOnceOnEveryNode() {
    stage.apply(new Event.SettingsChanged(stage.now, SETTINGS.inMaintenance(true)));
    var expected = new ArrayList<String>();
    for (int node = 1; node <= 3; node++) {
      stage.join(Cast.node(node), phone(2 * node, "RM-1"), phone(2 * node + 1, "RM-2"));
    }
    for (int i = 0; i < 6; i++) {
      stage.submit(CLIENT_1, flash("t" + i), kind(i % 2 == 0 ? "RM-1" : "RM-2"));
      expected.add("t" + i);
    }

    stage.apply(new Event.SettingsChanged(stage.now, SETTINGS));

    assertEquals(
        expected,
        stage.wanted(Effect.StartRun.class).stream()
            .map(start -> start.test().id().text())
            .sorted()
            .toList());
  }

  @Test
  void aTestThatNothingCanServeHoldsUpNobodyBehindIt() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("never"), kind("RM-9"));
    stage.submit(CLIENT_1, flash("never pair"), PAIR);
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.submit(CLIENT_1, nose("n"), wanted());
    stage.submit(CLIENT_1, Cast.within(flash("b"), Duration.ofMinutes(6)), kind("RM-1"));

    assertTrue(stage.isRunning("a") && stage.isRunning("n"));
    stage.pass(Duration.ofMinutes(1), NODE_1);
    assertEquals(List.of("client1.test b failed"), stage.told());
  }

  @Test
  void aFailedTestWithoutProductsIsStartedAgainOnAnotherNode() {
    stage.join(NODE_1);
    stage.join(NODE_2);
    stage.submit(CLIENT_1, nose("n"), wanted());
    assertEquals(List.of("n#1@node1.test"), stage.started());

    stage.report(NODE_1, "n", 1, FAILED);

    assertEquals(List.of("n#2@node2.test"), stage.started());
  }

  @Test
  void aFailedTestTakesAnotherProductOfTheSameNodeWhereItHasTheChoice() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("waits too"), kind("RM-9"));
    stage.apply(new Event.SettingsChanged(stage.now, SETTINGS.inMaintenance(true)));
    stage.report(NODE_1, "a", 0, FAILED);
    stage.report(NODE_1, "b", 0, FINISHED);
    stage.pass(Cooling.GAP, NODE_1);

    stage.apply(new Event.SettingsChanged(stage.now, SETTINGS));

    assertEquals(List.of("a#2@node1.test"), stage.started());
    assertTrue(stage.product(1).holder().isEmpty(), "it failed there");
  }

  @Test
  void aTestThatNamesNoTimeoutGetsTheDefaultOne() {
    stage.submit(CLIENT_1, Cast.within(flash("a"), Duration.ZERO), kind("RM-1"));

    var waiting = stage.farm.snapshot().waiting(new TestId("a")).orElseThrow();
    assertEquals(stage.now.plus(Duration.ofHours(6)), waiting.deadline());
  }

  @Test
  void aRunGetsTheParametersOfItsExecutor() {
    var execution =
        new TestExecution("python3 -u", "run.py", List.of(), Map.of("LANG", "C"), List.of(), "");
    stage.join(NODE_1, phone(1, "RM-1"));

    stage.submit(CLIENT_1, flash("a").with(execution), kind("RM-1"));

    var told = stage.wanted(Effect.StartRun.class).get(0).test().execution();
    assertEquals("python3 -u", told.application());
    assertEquals(Map.of("LANG", "C"), told.parameters());
  }

  @Test
  void aPartOfWhatATestNeedsIsNotTakenFromOthersBeforeItsTime() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("two"), kind("RM-2"));
    stage.submit(CLIENT_1, flash("pair"), PAIR);

    stage.submit(CLIENT_1, flash("one"), kind("RM-1"));

    assertTrue(stage.isRunning("one"));
    assertTrue(stage.isWaiting("pair"));
  }

  @Test
  void whatWasKeptIsFreeWhenItsTestCannotBeServedAnyMore() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("two"), kind("RM-2"));
    stage.submit(CLIENT_1, Cast.within(flash("pair"), Duration.ofMinutes(6)), PAIR);
    stage.pass(Duration.ofSeconds(2), NODE_1);
    assertTrue(stage.product(1).keptFor().isPresent());

    stage.pass(Duration.ofMinutes(1), NODE_1);

    assertEquals(List.of("client1.test pair failed"), stage.told());
    assertTrue(stage.product(1).keptFor().isEmpty());
    stage.submit(CLIENT_1, flash("one"), kind("RM-1"));
    assertTrue(stage.isRunning("one"));
  }

  @Test
  void aNodeHasNoMoreTestsThanItMayWhateverTheyNeed() {
    var two = new Stage(SETTINGS.with(new Bounds(2, 100, 100, HOUR)));
    two.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"), phone(3, "RM-3"), phone(4, "RM-4"));

    two.submit(CLIENT_1, flash("pair"), PAIR);
    two.submit(CLIENT_1, flash("three"), kind("RM-3"));
    two.submit(CLIENT_1, flash("four"), kind("RM-4"));
    two.submit(CLIENT_1, nose("n"), wanted());

    assertTrue(two.isRunning("pair") && two.isRunning("three"));
    assertTrue(two.isWaiting("four") && two.isWaiting("n"));
  }

  @Test
  void whatBecomesFreeIsGivenAwayInTheSameMoment() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));
    var before = stage.now;

    stage.report(NODE_1, "a", 1, FINISHED);

    assertEquals(List.of("b#1@node1.test"), stage.started());
    assertEquals(before, stage.farm.snapshot().at());
  }

  @Test
  void whoStopsOneOfItsTestsIsKnownByTheOthers() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("c"), kind("RM-1"));
    stop("a");
    stage.report(NODE_1, "a", 1, FAILED);

    stage.apply(new Event.CheckRequested(stage.now, CLIENT_1.endpoint(), Cast.test("b")));
    assertEquals(List.of("client1.test b pending"), stage.told());

    stop("c");
    assertEquals(List.of("client1.test c stopped"), stage.told());
    assertTrue(stage.isRunning("b"));
  }

  @Test
  void aClientThatHasHeardOfAllItsEndsIsLookedForNoMore() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 1, FINISHED);
    stage.apply(new Event.EndDelivered(stage.now, CLIENT_1, Cast.test("a")));

    stage.pass(HOUR, NODE_1);

    assertEquals(List.of(), stage.wanted(Effect.ProbeClient.class));
  }

  @Test
  void aNameThatIsUsedAgainWhileItsRunStillEndsWaitsForThat() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stop("a");

    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    assertEquals(List.of(), stage.started());
    assertTrue(stage.isWaiting("a"));
    stage.report(NODE_1, "a", 1, FAILED);
    assertTrue(stage.isWaiting("a"), "the end of the other run is not its own");
    stage.pass(Cooling.GAP, NODE_1);
    assertEquals(List.of("a#1@node1.test"), stage.started());
  }

  @Test
  void whatMayNotStartBecauseOfItsNameHoldsUpNoEqualOneThatComesBehindIt() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stop("a");
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));

    assertEquals(List.of("b#1@node1.test"), stage.started());
    assertTrue(stage.isWaiting("a"));
  }

  private void stop(String test) {
    stage.apply(
        new Event.StopRequested(stage.now, CLIENT_1.endpoint(), RuntimeId.of(test), "enough"));
  }
}
