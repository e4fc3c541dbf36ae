package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FAILED;
import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.commons.model.TestStatus.STARTED;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.T0;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.manual;
import static com.nokia.ci.tas.service.farm.Cast.nose;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.wanted;
import static com.nokia.ci.tas.service.farm.Cast.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.OwnLimits;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.service.farm.FarmSnapshot.Holder.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a test from its first run to its end. */
final class RunsTest {
  private final Stage stage = new Stage();

  @Test
  void aTestGoesToAProductAndBack() {
    stage.join(NODE_1, phone(1, "RM-1"));

    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    assertEquals(List.of("client1.test a pending"), stage.told());
    assertEquals(List.of("a#1@node1.test"), stage.started());

    stage.report(NODE_1, "a", 1, STARTED);
    assertEquals(List.of("client1.test a started"), stage.told());

    stage.report(NODE_1, "a", 1, FINISHED);
    assertEquals(List.of("client1.test a finished"), stage.told());
    assertEquals(ProductStatus.FREE, stage.product(1).product().status());
    assertEquals(Optional.empty(), stage.product(1).holder());
  }

  @Test
  void aNodeLearnsOfTheReservationBeforeTheStart() {
    stage.join(NODE_1, phone(1, "RM-1"));

    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    var told = stage.wanted(Effect.TellProduct.class).get(0).product();
    assertEquals(ProductStatus.BUSY, told.status());
    assertEquals("a", told.statusDetails());
    assertEquals(Long.toString(T0.toEpochMilli()), told.value("reservation-time"));
    assertEquals("3600000", told.value("reservation-timeout"));
    assertEquals("service.test", told.value("tas-hostname"));
    var order = stage.wanted(Effect.StartRun.class).get(0);
    assertTrue(
        stage.effects.indexOf(stage.wanted(Effect.TellProduct.class).get(0))
            < stage.effects.indexOf(order));
    assertEquals(CLIENT_1.endpoint(), order.client());
    assertEquals(STARTED, order.test().progress().status());
    assertEquals(Instant.EPOCH, order.test().progress().startTime());
    assertEquals("4711", order.test().progress().reservedProducts().get(0).value("sim1-pin1"));
  }

  @Test
  void finishedWithoutStartedCountsAsBoth() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.report(NODE_1, "a", 0, FINISHED);

    assertEquals(List.of("client1.test a started", "client1.test a finished"), stage.told());
  }

  @Test
  void aFailedTestIsStartedAgainOnAnotherProductOfAnotherNode() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.join(NODE_2, phone(3, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    assertEquals(List.of("a#1@node1.test"), stage.started());

    stage.report(NODE_1, "a", 1, FAILED);

    assertEquals(List.of("a#2@node2.test"), stage.started());
  }

  @Test
  void aTestIsStartedAgainAsLongAsItsFailuresAreNoMoreThanTheRetries() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    for (int attempt = 1; attempt <= 3; attempt++) {
      stage.report(NODE_1, "a", attempt, FAILED);
      assertEquals(List.of("a#" + (attempt + 1) + "@node1.test"), stage.started());
    }

    stage.report(NODE_1, "a", 4, FAILED);

    assertEquals(List.of("client1.test a failed"), stage.told());
    assertEquals("exit code 3 (it was run 4 times)", stage.details());
  }

  @Test
  void withoutTimeForAnotherRunTheTrueCauseComesFirst() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, within(flash("a"), Duration.ofMinutes(6)), kind("RM-1"));
    stage.pass(Duration.ofMinutes(2), NODE_1);

    stage.report(NODE_1, "a", 1, FAILED);

    assertEquals(
        "exit code 3; it is not started again: 240000 ms of its timeout are left and"
            + " test-minimal-execution-time is 300000 ms",
        stage.details());
  }

  @Test
  void aFileThatTheClientAbortedIsNotAskedForAgain() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.report(NODE_1, "a", 1, FAILED, Optional.of(Fault.ARTIFACT));

    assertEquals(List.of("client1.test a failed"), stage.told());
  }

  @Test
  void reportsOfOlderAttemptsOtherNodesAndEndedTestsChangeNothing() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2);
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 1, FAILED);

    stage.report(NODE_1, "a", 1, FINISHED);
    assertEquals(List.of(), stage.effects);
    stage.report(NODE_2, "a", 2, FINISHED);
    assertEquals(List.of(), stage.effects);
    stage.report(NODE_1, "b", 1, FINISHED);
    assertEquals(List.of(), stage.effects);

    assertTrue(stage.isRunning("a"));
  }

  @Test
  void aNodeThatRunsWhatTheFarmDoesNotKnowIsToldToEndIt() {
    stage.join(NODE_1);

    stage.report(NODE_1, "ghost", 0, STARTED);

    assertEquals(RuntimeId.of("ghost"), stage.wanted(Effect.StopRun.class).get(0).test().id());
  }

  @Test
  void aPlainNodeIsGivenTimeToClearAwayBeforeTheSameNameFollows() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 0, FAILED);
    assertEquals(List.of(), stage.started());

    stage.report(NODE_1, "a", 0, FAILED);
    assertEquals(List.of(), stage.started());

    stage.pass(Duration.ofSeconds(6));
    assertEquals(List.of("a#2@node1.test"), stage.started());
  }

  @Test
  void aReportOfAnEarlierRunIsKnownByItsProductsHoweverLateItIs() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    var first = reservation();
    stage.report(NODE_1, "a", 0, FAILED);
    stage.pass(Duration.ofSeconds(6), NODE_1);
    var second = reservation();
    assertTrue(first.isBefore(second));

    reportedWith(first);
    assertEquals(List.of(), stage.told());
    assertTrue(stage.isRunning("a"));

    reportedWith(second);
    assertEquals(List.of("client1.test a started", "client1.test a finished"), stage.told());
  }

  @Test
  void aReportThatTellsOfProductsIsNotAboutARunThatHasNone() {
    stage.join(NODE_1);
    stage.submit(CLIENT_1, nose("a"), wanted());

    reportedWith(stage.now);

    assertEquals(List.of(), stage.told());
    assertTrue(stage.isRunning("a"));
  }

  /** Since when the products are reserved, as the node was told last. */
  private Instant reservation() {
    var orders =
        stage.everything.stream()
            .filter(Effect.StartRun.class::isInstance)
            .map(Effect.StartRun.class::cast)
            .toList();
    return orders.get(orders.size() - 1).test().progress().reservedSince().orElseThrow();
  }

  private void reportedWith(Instant reserved) {
    stage.apply(
        new Event.RunReported(
            stage.now,
            NODE_1.id(),
            RuntimeId.of("a"),
            0,
            FINISHED,
            "",
            Optional.empty(),
            "",
            "",
            Optional.of(reserved)));
  }

  @Test
  void theTimeoutCountsFromReceiptAndEndsTheRun() {
    stage.submit(CLIENT_1, within(flash("a"), Duration.ofMinutes(10)), kind("RM-1"));
    stage.pass(Duration.ofMinutes(4));
    stage.join(NODE_1, phone(1, "RM-1"));
    assertTrue(stage.isRunning("a"));

    stage.pass(Duration.ofMinutes(6), NODE_1);

    assertEquals(List.of("client1.test a failed"), stage.told());
    assertEquals(
        "its timeout of 600000 ms ran out while it was being prepared on node node1.test:27182",
        stage.details());
    assertEquals(1, stage.wanted(Effect.StopRun.class).size());
    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
  }

  @Test
  void aTestThatLimitsItsWaitingFailsWhenItIsNotStartedInTime() {
    var limited = limits(Duration.ofMinutes(2), Duration.ZERO, Optional.empty());
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("first"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("a").with(limited), kind("RM-1"));
    stage.pass(Duration.ofSeconds(119), NODE_1);
    assertTrue(stage.isWaiting("a"));

    stage.pass(Duration.ofSeconds(1), NODE_1);

    assertEquals(List.of("client1.test a failed"), stage.told());
    assertTrue(
        stage
            .details()
            .startsWith("it was not started within its waiting-timeout of 120000 ms; waiting for"),
        stage.details());
    var reason = stage.wanted(Effect.TellClient.class).get(0).reason().orElseThrow();
    assertEquals("waiting-timeout", reason.code());
    assertEquals(Fault.FARM, reason.fault());
  }

  @Test
  void theLimitOfItsWaitingSaysNothingOfATestThatIsStartedAgain() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(
        CLIENT_1,
        flash("a").with(limits(Duration.ofMinutes(2), Duration.ZERO, Optional.empty())),
        kind("RM-1"));
    stage.pass(Duration.ofMinutes(3), NODE_1);
    assertTrue(stage.isRunning("a"));

    stage.unplug(NODE_1, Cast.product(1));
    stage.report(NODE_1, "a", 1, FAILED);
    stage.pass(Duration.ofMinutes(1), NODE_1);

    assertTrue(stage.isWaiting("a"));
  }

  @Test
  void aTimeLimitThatANodeReportsIsToldAndNotTriedAgain() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.apply(
        new Event.RunReported(
            stage.now,
            NODE_1.id(),
            RuntimeId.of("a"),
            1,
            FAILED,
            "too long",
            Optional.of(Fault.TEST),
            "",
            "execution-timeout",
            Optional.empty()));

    assertEquals(List.of("client1.test a failed"), stage.told());
    var reason = stage.wanted(Effect.TellClient.class).get(0).reason().orElseThrow();
    assertEquals(new Reason(Fault.TEST, "execution-timeout", "too long"), reason);
  }

  @Test
  void aTestMayAskForFewerRetriesThanTheServiceAllowsAndNotForMore() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(
        CLIENT_1,
        flash("a").with(limits(Duration.ZERO, Duration.ZERO, Optional.of(1))),
        kind("RM-1"));
    stage.report(NODE_1, "a", 1, FAILED);
    assertEquals(List.of("a#2@node1.test"), stage.started());

    stage.report(NODE_1, "a", 2, FAILED);

    assertEquals(List.of("client1.test a failed"), stage.told());
    assertEquals("exit code 3 (it was run 2 times)", stage.details());
    assertEquals(3, OwnLimits.NONE.retries(3));
    assertEquals(
        3, new OwnLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.of(7)).retries(3));
  }

  private static TestDemand limits(
      Duration waiting, Duration execution, Optional<Integer> retries) {
    return flash("a").demand().within(new OwnLimits(waiting, Duration.ZERO, execution, retries));
  }

  @Test
  void aRunThatWasToldToEndHoldsItsProductsUntilTheNodeConfirms() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.apply(stop("a", CLIENT_1.endpoint()));
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));
    assertTrue(stage.isWaiting("b"));

    stage.report(NODE_1, "a", 1, FAILED);

    assertEquals(List.of("b#1@node1.test"), stage.started());
  }

  @Test
  void aRunThatNobodyConfirmsEndsWithItsLease() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.apply(stop("a", CLIENT_1.endpoint()));

    stage.pass(Duration.ofSeconds(59), NODE_1);
    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
    assertEquals(5, stage.wanted(Effect.StopRun.class).size());
    stage.pass(Duration.ofSeconds(1), NODE_1);

    assertEquals(Optional.empty(), stage.product(1).holder());
  }

  @Test
  void aStopThatCannotBeDeliveredProlongsTheLease() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.apply(stop("a", CLIENT_1.endpoint()));
    stage.pass(Duration.ofSeconds(50), NODE_1);

    stage.apply(
        new Event.OrderUndeliverable(
            stage.now,
            NODE_1.id(),
            RuntimeId.of("a"),
            1,
            Event.Order.STOP,
            Event.Delivery.NEVER_ARRIVED,
            "refused"));
    stage.pass(Duration.ofSeconds(59), NODE_1);
    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
    stage.pass(Duration.ofSeconds(1), NODE_1);

    assertEquals(Optional.empty(), stage.product(1).holder());
  }

  @Test
  void theIssuerIsToldStoppedFromWhateverPortItAsked() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.apply(stop("a", new Endpoint(CLIENT_1.endpoint().host(), 5)));

    assertEquals(List.of("client1.test a stopped", "client1.test a stopped"), stage.told());
    assertEquals("stopped by its issuer: enough", stage.details());
    var answers = stage.wanted(Effect.TellClient.class);
    assertEquals(
        "4711", answers.get(0).test().progress().reservedProducts().get(0).value("sim1-pin1"));
    assertEquals("", answers.get(1).test().progress().reservedProducts().get(0).value("sim1-pin1"));
  }

  @Test
  void whoIsNotTheIssuerMakesTheTestFail() {
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.apply(stop("a", new Endpoint("admin.test", 5)));

    assertEquals(List.of("client1.test a failed", "admin.test a failed"), stage.told());
    assertEquals("stopped by admin.test:5: enough", stage.details());
    assertFalse(stage.isWaiting("a"));
  }

  @Test
  void aStopOfAnUnknownTestIsAnsweredWithStop() {
    stage.apply(stop("a", CLIENT_1.endpoint()));

    var answer = stage.wanted(Effect.TellClient.class).get(0);
    assertEquals(Effect.TellClient.Kind.STOP, answer.kind());
    assertEquals(FAILED, answer.test().progress().status());
    assertEquals("test \"a\" is not known here", answer.test().progress().details());
  }

  @Test
  void aStopFromTheNodeThatRunsTheTestIsItsReportOfAFailure() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.apply(stop("a", NODE_1.endpoint()));

    assertTrue(stage.isWaiting("a"));
    assertEquals(1, stage.farm.snapshot().waiting(Cast.test("a")).orElseThrow().failures());
  }

  @Test
  void aCheckIsAnsweredInEveryState() {
    stage.apply(check("a"));
    assertEquals(Effect.TellClient.Kind.STOP, stage.wanted(Effect.TellClient.class).get(0).kind());
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.apply(check("a"));
    assertEquals(List.of("client1.test a pending"), stage.told());
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.apply(check("a"));
    assertEquals(List.of("client1.test a pending"), stage.told());
    stage.report(NODE_1, "a", 1, STARTED);
    stage.apply(check("a"));
    assertEquals(List.of("client1.test a started"), stage.told());
    stage.report(NODE_1, "a", 1, FINISHED);
    stage.apply(check("a"));
    assertEquals(List.of("client1.test a finished"), stage.told());
    stage.apply(new Event.EndDelivered(stage.now, CLIENT_1, Cast.test("a")));
    stage.apply(check("a"));
    assertEquals(List.of("client1.test a failed"), stage.told());
    assertTrue(stage.details().contains("it finished at"), stage.details());
  }

  @Test
  void manualProductsStayBusyUntilTheIssuerGivesThemBack() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, manual("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 1, FINISHED);
    assertEquals(Hold.KEPT, stage.product(1).holder().orElseThrow().hold());
    assertEquals(ProductStatus.BUSY, stage.product(1).product().status());

    stage.apply(release(new Endpoint("stranger.test", 1)));
    assertEquals(Hold.KEPT, stage.product(1).holder().orElseThrow().hold());
    stage.apply(release(CLIENT_1.endpoint()));

    assertEquals(Optional.empty(), stage.product(1).holder());
    assertEquals(
        ProductStatus.FREE, stage.wanted(Effect.TellProduct.class).get(0).product().status());
  }

  @Test
  void manualProductsAreFreedWhenTheirReservationRunsOut() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, manual("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 1, FINISHED);

    stage.pass(Duration.ofHours(1), NODE_1);

    assertEquals(Optional.empty(), stage.product(1).holder());
  }

  @Test
  void manualProductsAreFreeAfterAFailure() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, manual("a"), kind("RM-1"));

    stage.report(NODE_1, "a", 1, FAILED, Optional.of(Fault.REQUESTER));

    assertEquals(Optional.empty(), stage.product(1).holder());
  }

  @Test
  void aStartThatNeverArrivedIsARunThatFailed() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2, phone(2, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.apply(undeliverable(Event.Delivery.NEVER_ARRIVED));

    assertEquals(List.of("a#2@node2.test"), stage.started());
    assertEquals(Optional.empty(), stage.product(1).holder());
  }

  @Test
  void aStartThatMayHaveArrivedIsTakenBack() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2, phone(2, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.apply(undeliverable(Event.Delivery.UNKNOWN));

    assertEquals(List.of("a#2@node2.test"), stage.started());
    assertEquals(1, stage.wanted(Effect.StopRun.class).size());
    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
  }

  private Event undeliverable(Event.Delivery delivery) {
    return new Event.OrderUndeliverable(
        stage.now, NODE_1.id(), RuntimeId.of("a"), 1, Event.Order.START, delivery, "refused");
  }

  private Event stop(String test, Endpoint by) {
    return new Event.StopRequested(stage.now, by, RuntimeId.of(test), "enough");
  }

  private Event check(String test) {
    return new Event.CheckRequested(stage.now, CLIENT_1.endpoint(), Cast.test(test));
  }

  private Event release(Endpoint by) {
    return new Event.ProductReported(
        stage.now, by, Event.Report.UPDATED, Cast.free(Cast.product(1)));
  }
}
