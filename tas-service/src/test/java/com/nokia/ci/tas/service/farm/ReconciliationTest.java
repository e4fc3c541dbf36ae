package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FAILED;
import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.commons.model.TestStatus.STARTED;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.product;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.service.farm.FarmSnapshot.Holder.Hold;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of runs when their node begins a session and lists what it has. */
final class ReconciliationTest {
  private final Stage stage = new Stage();

  @BeforeEach
  void aTestIsStarted() {
    register();
    stage.plug(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
  }

  @Test
  void aListedRunGoesOn() {
    delivered("a", 1);
    stage.report(NODE_1, "a", 1, STARTED);

    register(listed("a", 1));
    stage.pass(Duration.ofMinutes(1), NODE_1);
    assertTrue(stage.isRunning("a"));
    stage.report(NODE_1, "a", 1, FINISHED);

    assertEquals(List.of("client1.test a finished"), stage.told());
  }

  @Test
  void aRunThatIsNotListedAnyMoreIsStartedAgain() {
    delivered("a", 1);
    stage.report(NODE_1, "a", 1, STARTED);

    register();
    assertTrue(stage.isRunning("a"));
    stage.pass(Duration.ofSeconds(5), NODE_1);
    assertTrue(stage.isWaiting("a"));
    assertEquals(1, stage.wanted(Effect.StopRun.class).size());
    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
    stage.report(NODE_1, "a", 1, FAILED);

    assertEquals(List.of("a#2@node1.test"), stage.started());
  }

  @Test
  void theLastReportOfARunMayFollowTheListThatMissesIt() {
    delivered("a", 1);
    stage.report(NODE_1, "a", 1, STARTED);

    register();
    stage.report(NODE_1, "a", 1, FINISHED);

    assertEquals(List.of("client1.test a finished"), stage.told());
    assertTrue(stage.product(1).holder().isEmpty());
  }

  @Test
  void aRunThatIsReportedBehindTheListGoesOn() {
    delivered("a", 1);

    register();
    stage.report(NODE_1, "a", 1, STARTED);
    stage.pass(Duration.ofMinutes(1), NODE_1);

    assertTrue(stage.isRunning("a"));
  }

  @Test
  void aRunWhoseStartMayBeOnItsWayIsNotMissed() {
    register();
    stage.pass(Duration.ofMinutes(5), NODE_1);
    assertTrue(stage.isRunning("a"));

    delivered("a", 1);
    stage.report(NODE_1, "a", 1, STARTED);

    assertEquals(List.of("client1.test a started"), stage.told());
  }

  @Test
  void aLateAndRepeatedListTakesNoProductFromARunThatIsThere() {
    delivered("a", 1);
    stage.report(NODE_1, "a", 1, STARTED);

    register(listed("a", 1));
    register();
    stage.pass(Duration.ofSeconds(6), NODE_1);
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));

    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
    assertTrue(stage.isWaiting("b"));
  }

  @Test
  void aRunThatNobodyWantsIsToldToEndAndItsProductsStayTakenUntilItHas() {
    var node = new Stage();
    node.apply(
        new Event.NodeRegistered(
            node.now, NODE_1, Optional.of(List.of(listed("x", 3, 1), listed("y", 1)))));
    assertEquals(
        List.of("x#3", "y#1"),
        node.wanted(Effect.StopRun.class).stream()
            .map(stop -> stop.test().id() + "#" + stop.test().progress().attempt())
            .toList());

    node.plug(NODE_1, phone(1, "RM-1"));
    node.submit(CLIENT_1, flash("b"), kind("RM-1"));
    assertTrue(node.isWaiting("b"));
    assertEquals("x", node.product(1).holder().orElseThrow().test().text());
    node.report(NODE_1, "x", 3, FAILED);

    assertEquals(List.of("b#1@node1.test"), node.started());
  }

  @Test
  void whatIsNeverConfirmedIsOverAfterALease() {
    var node = new Stage();
    node.apply(new Event.NodeRegistered(node.now, NODE_1, Optional.of(List.of(listed("x", 1, 1)))));
    node.plug(NODE_1, phone(1, "RM-1"));
    node.submit(CLIENT_1, flash("b"), kind("RM-1"));

    node.pass(Duration.ofSeconds(59), NODE_1);
    assertTrue(node.isWaiting("b"));
    node.pass(Duration.ofSeconds(2), NODE_1);

    assertEquals(List.of("b#1@node1.test"), node.started());
  }

  @Test
  void aProductThatSomebodyHasIsNotTakenFromHimByAList() {
    delivered("a", 1);
    stage.report(NODE_1, "a", 1, STARTED);

    register(listed("a", 1, 1), listed("x", 1, 1));

    assertEquals("a", stage.product(1).holder().orElseThrow().test().text());
    stage.report(NODE_1, "x", 1, FAILED);
    assertEquals("a", stage.product(1).holder().orElseThrow().test().text());
  }

  @Test
  void anotherAttemptThanTheFarmKnowsIsEndedAndTheTestStartedAgain() {
    delivered("a", 1);

    register(listed("a", 7, 1));

    assertEquals(
        List.of(7, 1),
        stage.wanted(Effect.StopRun.class).stream()
            .map(stop -> stop.test().progress().attempt())
            .toList());
    assertTrue(stage.isWaiting("a"));
    stage.report(NODE_1, "a", 7, FAILED);
    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
    stage.report(NODE_1, "a", 1, FAILED);
    assertEquals(List.of("a#8@node1.test"), stage.started());
    stage.report(NODE_1, "a", 7, FAILED);
    assertTrue(stage.isRunning("a"), "its node may say once more that the other has ended");
  }

  @Test
  void anotherAttemptThatMakesNoSenseIsBounded() {
    delivered("a", 1);

    register(listed("a", Integer.MAX_VALUE));
    stage.report(NODE_1, "a", 1, FAILED);

    assertEquals(List.of("a#1000001@node1.test"), stage.started());
  }

  @Test
  void aRunOfTheNameOfATestThatCameLaterIsNotTakenForOneOfIts() {
    register(listed("b", 1));
    stage.plug(NODE_1, phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-2"));
    stage.report(NODE_1, "b", 1, FAILED);
    assertEquals(List.of(), stage.started());

    stage.report(NODE_1, "b", 1, FAILED);
    stage.pass(Duration.ofSeconds(5));

    assertTrue(stage.isRunning("b"));
  }

  @Test
  void aRunOfAWaitingTestThatItsNodeShouldNotHaveIsNotTakenForTheNext() {
    stage.plug(NODE_1, phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-3"));
    register(listed("a", 1), listed("b", 1));
    stage.plug(NODE_1, phone(3, "RM-3"));
    assertEquals(List.of(), stage.started());

    stage.report(NODE_1, "b", 1, FAILED);

    assertEquals(List.of("b#2@node1.test"), stage.started());
  }

  @Test
  void aRunThatWasToldToEndIsToldSoAgainWhetherItIsListedOrNot() {
    delivered("a", 1);
    stage.apply(
        new Event.StopRequested(stage.now, CLIENT_1.endpoint(), RuntimeId.of("a"), "enough"));

    register(listed("a", 1));
    assertEquals(1, stage.wanted(Effect.StopRun.class).size());
    register();
    assertEquals(1, stage.wanted(Effect.StopRun.class).size());

    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
  }

  @Test
  void aNodeThatWasLostAndComesBackWithItsRunDoesNotDisturbTheNewOne() {
    delivered("a", 1);
    stage.report(NODE_1, "a", 1, STARTED);
    stage.pass(Duration.ofMinutes(3));
    stage.join(NODE_2, phone(2, "RM-1"));
    assertEquals(NODE_2.id(), stage.farm.snapshot().running(Cast.test("a")).orElseThrow().node());

    register(listed("a", 1, 1));
    stage.report(NODE_1, "a", 1, FINISHED);

    assertEquals(NODE_2.id(), stage.farm.snapshot().running(Cast.test("a")).orElseThrow().node());
    assertTrue(stage.product(1).holder().isEmpty());
  }

  @Test
  void aLostNodeAndOneThatLeavesLoseTheirSessions() {
    stage.pass(Duration.ofSeconds(20));
    assertEquals(1, stage.wanted(Effect.EndSession.class).size());

    register();
    stage.apply(new Event.NodeLeft(stage.now, NODE_1.id()));
    assertEquals(
        List.of(new Effect.EndSession(NODE_1.id(), "node node1.test:27182 has left the farm")),
        stage.wanted(Effect.EndSession.class));
  }

  @Test
  void attemptsGoOnFromWhatTheClientHasSeen() {
    stage.plug(NODE_1, phone(2, "RM-2"));
    var again = flash("b");
    stage.submit(CLIENT_1, again.with(again.progress().attempt(4)), kind("RM-2"));

    assertEquals(List.of("b#5@node1.test"), stage.started());
  }

  @Test
  void anAttemptThatMakesNoSenseIsBounded() {
    stage.plug(NODE_1, phone(2, "RM-2"));
    stage.plug(NODE_1, phone(3, "RM-3"));
    var huge = flash("b");
    stage.submit(CLIENT_1, huge.with(huge.progress().attempt(Integer.MAX_VALUE)), kind("RM-2"));
    assertEquals(List.of("b#1000001@node1.test"), stage.started());
    var negative = flash("c");
    stage.submit(CLIENT_1, negative.with(negative.progress().attempt(-3)), kind("RM-3"));
    assertEquals(List.of("c#1@node1.test"), stage.started());
  }

  @Test
  void theRouteThatANodeReportsIsShown() {
    delivered("a", 1);
    reportBy("relayed", "a");
    assertEquals("relayed", route());
    reportBy("by pigeon", "a");
    assertEquals("relayed", route());
    reportBy("direct", "a");
    assertEquals("direct", route());

    stage.report(NODE_1, "a", 1, FINISHED);

    assertEquals(
        "direct",
        stage.farm.snapshot().ended(Cast.test("a")).orElseThrow().test().progress().route());
  }

  private String route() {
    return stage.farm.snapshot().running(Cast.test("a")).orElseThrow().test().progress().route();
  }

  private void reportBy(String route, String test) {
    stage.apply(
        new Event.RunReported(
            stage.now, NODE_1.id(), RuntimeId.of(test), 1, STARTED, "", Optional.empty(), route));
  }

  private void delivered(String test, int attempt) {
    stage.apply(
        new Event.OrderDelivered(
            stage.now, NODE_1.id(), RuntimeId.of(test), attempt, Event.Order.START));
  }

  private void register(RunReference... runs) {
    stage.apply(new Event.NodeRegistered(stage.now, NODE_1, Optional.of(List.of(runs))));
  }

  private static RunReference listed(String test, int attempt, int... products) {
    return new RunReference(
        RuntimeId.of(test),
        attempt,
        Arrays.stream(products).mapToObj(number -> product(number)).toList());
  }
}
