package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FAILED;
import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.commons.model.TestStatus.STARTED;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.manual;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.service.farm.FarmSnapshot.Holder.Hold;
import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How nodes and their products come, fall silent, return and go. */
final class NodesTest {
  private final Stage stage = new Stage();

  @Test
  void aNodeThatWasOnlyHeardOfIsProbedBeforeItIsUsed() {
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.apply(new Event.NodeSeen(stage.now, NODE_1));
    assertEquals(List.of(new Effect.ProbeNode(NODE_1.id())), stage.wanted(Effect.ProbeNode.class));
    stage.plug(NODE_1, phone(1, "RM-1"));
    assertTrue(stage.isWaiting("a"));

    stage.apply(new Event.NodeAnswered(stage.now, NODE_1.id()));

    assertEquals(List.of("a#1@node1.test"), stage.started());
  }

  @Test
  void aSilentNodeIsProbedAfterTenSecondsAndLostAfterTwenty() {
    stage.join(NODE_1);

    stage.pass(Duration.ofMillis(9_999));
    assertEquals(List.of(), stage.wanted(Effect.ProbeNode.class));
    stage.pass(Duration.ofSeconds(10));
    assertEquals(3, stage.wanted(Effect.ProbeNode.class).size());
    assertEquals(Condition.CONNECTED, condition());
    stage.pass(Duration.ofMillis(1));

    assertEquals(Condition.LOST, condition());
  }

  @Test
  void silentNodeIsLostAndItsTestStartedElsewhere() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.pass(Duration.ofSeconds(10), NODE_1);
    stage.join(NODE_2, phone(2, "RM-1"));

    stage.pass(Duration.ofSeconds(25), NODE_2);

    assertEquals(List.of("a#2@node2.test"), stage.started());
  }

  @Test
  void aServiceThatStoodStillBlamesNobody() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.now = stage.now.plus(Duration.ofSeconds(50));

    stage.apply(new Event.ServiceSlept(stage.now, Duration.ofSeconds(50)));
    stage.apply(new Event.TimePassed(stage.now));

    assertTrue(stage.isRunning("a"));
    stage.pass(Duration.ofMinutes(1));
    assertTrue(stage.isWaiting("a"), "a node that stays silent is lost");
  }

  @Test
  void aLostNodeThatReturnsIsToldToEndWhatItRanAndKeepsItsProducts() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.pass(Duration.ofMinutes(5));
    assertTrue(stage.isWaiting("a"));

    stage.apply(new Event.NodeSeen(stage.now, NODE_1));
    assertEquals(1, stage.wanted(Effect.StopRun.class).size());
    stage.apply(new Event.NodeAnswered(stage.now, NODE_1.id()));
    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
    stage.report(NODE_1, "a", 1, FAILED);

    assertEquals(List.of("a#2@node1.test"), stage.started());
  }

  @Test
  void aZombieNodeCannotFinishATestThatRunsElsewhere() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.pass(Duration.ofMinutes(5));
    stage.join(NODE_2, phone(2, "RM-1"));
    assertEquals(NODE_2.id(), stage.farm.snapshot().running(Cast.test("a")).orElseThrow().node());

    stage.report(NODE_1, "a", 1, FINISHED);

    assertTrue(stage.isRunning("a"));
    assertEquals(List.of(), stage.told());
  }

  @Test
  void aNodeThatRegistersAgainHasEndedItsRuns() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.pass(Duration.ofSeconds(11));

    stage.apply(new Event.NodeRegistered(stage.now, NODE_1));
    assertEquals(ProductStatus.FREE, stage.product(1).product().status());
    assertEquals(1, stage.farm.snapshot().waiting(Cast.test("a")).orElseThrow().failures());
    stage.pass(Duration.ofSeconds(5));

    assertEquals(List.of("a#2@node1.test"), stage.started());
  }

  @Test
  void aStartThatMayHaveOvertakenTheRegistrationIsTakenBack() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.pass(Duration.ofSeconds(1));

    stage.apply(new Event.NodeRegistered(stage.now, NODE_1));

    assertEquals(1, stage.wanted(Effect.StopRun.class).size());
    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
  }

  @Test
  void aNodeThatLeavesTakesItsProductsWithIt() {
    joinInSession(phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.apply(new Event.NodeLeft(stage.now, NODE_1.id()));

    assertEquals(List.of(), stage.farm.snapshot().nodes());
    assertEquals(List.of(), stage.farm.snapshot().products());
    assertTrue(stage.isWaiting("a"));
  }

  @Test
  void anOrderThatMayArriveBehindAGoodbyeKeepsItsProducts() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.apply(new Event.NodeLeft(stage.now, NODE_1.id()));
    assertTrue(stage.isWaiting("a"));
    assertEquals(1, stage.farm.snapshot().products().size());
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));

    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
    assertTrue(stage.isWaiting("b"));
    assertEquals(1, stops().size());
    stage.report(NODE_1, "a", 1, FAILED);
    assertEquals(List.of("a#2@node1.test"), stage.started());
  }

  @Test
  void anOrderThatNeverArrivedBehindAGoodbyeKeepsNothing() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.apply(new Event.NodeLeft(stage.now, NODE_1.id()));

    stage.apply(
        new Event.OrderUndeliverable(
            stage.now,
            NODE_1.id(),
            RuntimeId.of("a"),
            1,
            Event.Order.START,
            Event.Delivery.NEVER_ARRIVED,
            "no route"));
    stage.pass(Duration.ofMillis(1));

    assertEquals(List.of(), stage.farm.snapshot().nodes());
    assertEquals(List.of(), stage.farm.snapshot().products());
  }

  @Test
  void aNodeThatSaidGoodbyeIsForgottenWhenNothingWasHeardForALease() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.apply(new Event.NodeLeft(stage.now, NODE_1.id()));

    stage.pass(Cast.SETTINGS.silence().lease().minusMillis(1));
    assertEquals(1, stage.farm.snapshot().nodes().size());
    stage.pass(Duration.ofMillis(1));

    assertEquals(List.of(), stage.farm.snapshot().nodes());
    assertEquals(List.of(), stage.farm.snapshot().products());
  }

  @Test
  void aReportOfARunBeforeAGoodbyeEndsNoRunBehindIt() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.pass(Duration.ofSeconds(11));
    stage.apply(new Event.NodeLeft(stage.now, NODE_1.id()));

    stage.join(NODE_1, phone(1, "RM-1"));
    stage.report(NODE_1, "a", 0, FAILED);
    assertTrue(stage.isWaiting("a"), "no run of the name began yet");
    stage.pass(Duration.ofSeconds(5));

    assertEquals(List.of("a#2@node1.test"), stage.started());
  }

  @Test
  void aLateRegistrationDoesNotFreeWhatTheProcessMayHave() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.pass(Duration.ofSeconds(8));

    stage.apply(new Event.NodeRegistered(stage.now, NODE_1));

    assertEquals(1, stops().size());
    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
  }

  @Test
  void theTestsOfALostNodeAreStartedElsewhereInTheOrderOfTheQueue() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.join(NODE_2, phone(3, "RM-1"));

    stage.pass(Duration.ofSeconds(30), NODE_2);

    assertEquals(List.of("b#2@node2.test"), stage.started());
  }

  private List<Effect.StopRun> stops() {
    return stage.everything.stream()
        .filter(Effect.StopRun.class::isInstance)
        .map(Effect.StopRun.class::cast)
        .toList();
  }

  private void joinInSession(ProductDescription... products) {
    stage.apply(new Event.NodeRegistered(stage.now, NODE_1, Optional.of(List.of())));
    for (var product : products) {
      stage.plug(NODE_1, product);
    }
  }

  @Test
  void aProductThatItsIssuerHasToReleaseIsRememberedWithoutItsNode() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, manual("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 1, FINISHED);
    stage.apply(new Event.NodeLeft(stage.now, NODE_1.id()));

    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));

    assertEquals(Hold.KEPT, stage.product(1).holder().orElseThrow().hold());
    assertTrue(stage.isWaiting("b"));
  }

  @Test
  void aLostNodeIsForgottenAfterADay() {
    stage.join(NODE_1, phone(1, "RM-1"));

    stage.pass(Duration.ofHours(24));

    assertEquals(List.of(), stage.farm.snapshot().nodes());
    assertEquals(List.of(), stage.farm.snapshot().products());
    assertEquals(Optional.empty(), stage.farm.nextDeadline());
  }

  @Test
  void aNodeThatCannotBeReachedGetsNoTestUntilItAnswers() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.apply(new Event.NodeUnreachable(stage.now, NODE_1.id(), "connection refused"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    assertTrue(stage.isWaiting("a"));

    stage.apply(new Event.NodeAnswered(stage.now, NODE_1.id()));

    assertEquals(List.of("a#1@node1.test"), stage.started());
  }

  // ---- products

  @Test
  void aProductOfAnUnknownAddressMakesThatANode() {
    stage.plug(NODE_1, phone(1, "RM-1"));

    assertEquals(Condition.ARRIVING, condition());
    assertEquals(NODE_1.id(), stage.product(1).node());
  }

  @Test
  void aReservedProductThatIsGoneForTooLongFailsItsTest() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 1, STARTED);
    stage.unplug(NODE_1, Cast.product(1));

    stage.pass(Duration.ofMillis(299_999), NODE_1);
    assertTrue(stage.isRunning("a"));
    stage.pass(Duration.ofMillis(1), NODE_1);

    assertEquals(List.of("client1.test a failed"), stage.told());
    assertEquals(
        "product 350000000000001 was disconnected from node node1.test:27182 for 300000 ms, its"
            + " product-disconnection-timeout",
        stage.details());
    assertEquals(1, stage.wanted(Effect.StopRun.class).size());
  }

  @Test
  void aReservedProductThatReturnsInTimeKeepsItsReservation() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.unplug(NODE_1, Cast.product(1));
    stage.pass(Duration.ofMinutes(4), NODE_1);

    stage.plug(NODE_1, phone(1, "RM-1"));
    assertEquals(
        ProductStatus.BUSY, stage.wanted(Effect.TellProduct.class).get(0).product().status());
    stage.pass(Duration.ofMinutes(4), NODE_1);

    assertTrue(stage.isRunning("a"));
  }

  @Test
  void aDisabledProductIsNotGivenToATestUntilItIsInOrder() {
    stage.join(NODE_1, disabled());
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    assertEquals(ProductStatus.DISABLED, stage.product(1).product().status());
    assertEquals("no RM code", stage.product(1).product().statusDetails());
    assertTrue(stage.isWaiting("a"));

    stage.report(NODE_1, phone(1, "RM-1"));

    assertEquals(List.of("a#1@node1.test"), stage.started());
  }

  @Test
  void aProductThatIsDisabledWhileBusyBecomesSoAfterItsTest() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.report(NODE_1, disabled());
    assertEquals(ProductStatus.BUSY, stage.product(1).product().status());

    stage.report(NODE_1, "a", 1, FINISHED);

    assertEquals(ProductStatus.DISABLED, stage.product(1).product().status());
    assertEquals(
        "no RM code", stage.wanted(Effect.TellProduct.class).get(0).product().statusDetails());
  }

  @Test
  void aNodeThatBelievesSomethingElseOfAReservationIsPutRight() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.report(NODE_1, phone(1, "RM-1"));

    assertEquals("a", stage.wanted(Effect.TellProduct.class).get(0).product().statusDetails());
  }

  @Test
  void aNodeThatNeverBelievesItIsNotPutRightAllTheTime() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.report(NODE_1, phone(1, "RM-1"));

    stage.report(NODE_1, phone(1, "RM-1"));
    assertEquals(List.of(), stage.wanted(Effect.TellProduct.class));
    stage.pass(Duration.ofSeconds(10), NODE_1);
    stage.report(NODE_1, phone(1, "RM-1"));

    assertEquals(1, stage.wanted(Effect.TellProduct.class).size());
  }

  @Test
  void aProductThatReturnsToANodeWhereItsFormerRunMayGoOnIsNotGivenAway() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2);
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.pass(Duration.ofMinutes(2), NODE_2);
    stage.plug(NODE_2, phone(1, "RM-1"));
    stage.report(NODE_2, "a", 2, FINISHED);
    stage.unplug(NODE_2, Cast.product(1));
    stage.apply(new Event.NodeAnswered(stage.now, NODE_1.id()));
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));

    stage.plug(NODE_1, phone(1, "RM-1"));
    assertTrue(stage.isWaiting("b"));
    stage.report(NODE_1, "a", 1, FAILED);
    stage.report(NODE_1, phone(1, "RM-1"));

    assertEquals(List.of("b#1@node1.test"), stage.started());
  }

  @Test
  void aNodeThatMissedAnOrderIsProbedAtOnce() {
    stage.join(NODE_1);

    stage.apply(new Event.NodeUnreachable(stage.now, NODE_1.id(), "connection refused"));

    assertEquals(List.of(new Effect.ProbeNode(NODE_1.id())), stage.wanted(Effect.ProbeNode.class));
  }

  @Test
  void aProductThatTwoNodesTellOfStaysWithTheFirst() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2, phone(1, "RM-1"));
    assertEquals(NODE_1.id(), stage.product(1).node());

    stage.unplug(NODE_1, Cast.product(1));
    stage.report(NODE_2, phone(1, "RM-1"));

    assertEquals(NODE_2.id(), stage.product(1).node());
  }

  @Test
  void aProductOfALostNodeIsFreeElsewhereAfterTheLease() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.join(NODE_2);
    stage.pass(Duration.ofSeconds(59), NODE_2);
    stage.plug(NODE_2, phone(1, "RM-1"));
    assertEquals(NODE_1.id(), stage.product(1).node());
    stage.pass(Duration.ofSeconds(1), NODE_2);

    stage.report(NODE_2, phone(1, "RM-1"));

    assertEquals(List.of("a#2@node2.test"), stage.started());
  }

  private ProductDescription disabled() {
    return phone(1, "RM-1").with(Map.of("status", "disabled", "status-details", "no RM code"));
  }

  private Condition condition() {
    return stage.farm.snapshot().node(NODE_1.id()).orElseThrow().condition();
  }
}
