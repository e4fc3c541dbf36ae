package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.commons.model.TestStatus.STARTED;
import static com.nokia.ci.tas.commons.model.TestStatus.STOPPED;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a farm does when its service begins another life. */
final class RecoveryTest {
  private static final RunReference RUN_OF_A =
      new RunReference(RuntimeId.of("a"), 1, List.of(Cast.product(1)));

  private final Stage stage = new Stage();

  @Test
  void aNodeThatListsItsRunsGetsNothingBeforeItsListHasCome() {
    joinWithSession();
    restart();

    assertEquals(FarmSnapshot.NodeView.Condition.AWAITED, condition());
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.apply(new Event.NodeAnswered(stage.now, NODE_1.id()));
    assertTrue(stage.isWaiting("a"));
    registerWith();

    assertEquals(FarmSnapshot.NodeView.Condition.CONNECTED, condition());
    assertEquals(List.of("a#1@node1.test"), stage.started());
  }

  @Test
  void anOrderThatMayBeLostIsGivenOnceMoreUnderItsNumberWhereItIsMissing() {
    joinWithSession();
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    restart();

    assertEquals(List.of(), stage.started());
    registerWith();

    assertEquals(List.of("a#1@node1.test"), stage.started());
    assertEquals(List.of(), stage.wanted(Effect.StopRun.class));
  }

  @Test
  void aRunThatItsNodeListsGoesOn() {
    joinWithSession();
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    restart();
    registerWith(RUN_OF_A);

    assertEquals(List.of(), stage.started());
    stage.report(NODE_1, "a", 1, FINISHED);
    assertEquals(List.of("client1.test a started", "client1.test a finished"), stage.told());
    assertTrue(stage.product(1).holder().isEmpty());
  }

  @Test
  void anOrderToAPlainNodeThatMayBeLostIsGivenUpThere() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    restart();

    assertEquals(1, stage.wanted(Effect.StopRun.class).size());
    assertTrue(stage.isWaiting("a"));
    assertTrue(stage.product(1).holder().isPresent(), "the plain node may have it");
  }

  @Test
  void aRunOnAPlainNodeGoesOnWhenItsOrderHadArrived() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 0, STARTED);
    restart();

    assertEquals(List.of(), stage.wanted(Effect.StopRun.class));
    assertEquals(List.of(NODE_1.id()), probed());
    stage.report(NODE_1, "a", 0, FINISHED);
    assertEquals(List.of("client1.test a finished"), stage.told());
  }

  @Test
  void nobodyIsLostBecauseTheServiceWasAway() {
    joinWithSession();
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.now = stage.now.plus(Duration.ofMinutes(30));
    restart();
    stage.pass(SETTINGS.silence().nodeLimit().minusSeconds(1));

    assertTrue(stage.isRunning("a"));
    assertEquals(FarmSnapshot.NodeView.Condition.AWAITED, condition());
    stage.pass(Duration.ofSeconds(2));
    assertTrue(stage.isWaiting("a"), "it had its time and did not come");
  }

  @Test
  void theTimeoutOfAWaitingTestStandsStillWhileTheServiceIsAway() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, within(flash("a"), Duration.ofHours(6)), kind("RM-1"));
    stage.report(NODE_1, "a", 1, STARTED);
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));
    stage.pass(Duration.ofMinutes(30), NODE_1);
    beAway(Duration.ofHours(2));

    stage.pass(Duration.ofMinutes(25), NODE_1);
    assertTrue(stage.isWaiting("b"));
    assertEquals(
        stage.now.plusSeconds(20).plus(Duration.ofMinutes(5)),
        stage.farm.snapshot().waiting(Cast.test("b")).orElseThrow().deadline());
    stage.pass(Duration.ofSeconds(20), NODE_1);
    assertEquals(List.of("client1.test b failed"), stage.told());
  }

  @Test
  void aRunThatEndedInTimeWhileTheServiceWasAwayHasNotFailed() {
    joinWithSession();
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.pass(Duration.ofMinutes(59), NODE_1);
    beAway(Duration.ofHours(2));
    stage.pass(Duration.ofSeconds(19));
    registerWith();

    stage.report(NODE_1, "a", 1, FINISHED);

    assertEquals(List.of("client1.test a finished"), stage.told());
  }

  @Test
  void theTimeOfARunThatGoesOnStandsStillWhileTheServiceIsAway() {
    joinWithSession();
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 1, STARTED);
    stage.pass(Duration.ofMinutes(30), NODE_1);
    beAway(Duration.ofHours(2));
    registerWith(RUN_OF_A);

    stage.pass(Duration.ofMinutes(30), NODE_1);
    assertTrue(stage.isRunning("a"));
    assertEquals(
        Optional.of(stage.now.plusSeconds(20)),
        stage.product(1).holder().map(FarmSnapshot.Holder::until));
    stage.pass(Duration.ofSeconds(20), NODE_1);
    assertEquals(List.of("client1.test a failed"), stage.told());
  }

  @Test
  void whatIsReservedSoonAfterARestartIsReservedUntilTheTimeoutOfItsTestAtLeast() {
    joinWithSession();
    stage.submit(CLIENT_1, flash("a"), kind("RM-2"));
    stage.apply(new Event.NodeAnswered(stage.now, NODE_1.id()));
    beAway(Duration.ofSeconds(10));
    registerWith();
    stage.plug(NODE_1, phone(2, "RM-2"));

    var running = stage.farm.snapshot().running(Cast.test("a")).orElseThrow();
    assertEquals(stage.now.plus(Cast.HOUR).plusSeconds(20), running.deadline());
    assertEquals(running.deadline(), stage.product(2).holder().orElseThrow().until());
  }

  @Test
  void aRunThatWasMissedBeforeARestartHasItsTimeAgainToBeReported() {
    joinWithSession();
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 1, STARTED);
    registerWith();
    stage.pass(Run.GRACE.minusMillis(1));
    restart();

    stage.pass(Duration.ofSeconds(5));
    assertTrue(stage.isRunning("a"), "its node has not come back yet");
    stage.report(NODE_1, "a", 1, FINISHED);

    assertEquals(List.of("client1.test a finished"), stage.told());
  }

  @Test
  void whoWaitsForWhatTheFarmHasNotHasTheSameTimeToHopeAfterARestart() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-2"));
    stage.pass(Duration.ofMinutes(10), NODE_1);
    stage.submit(CLIENT_1, flash("b"), kind("RM-2"));
    stage.pass(Duration.ofMinutes(1), NODE_1);
    beAway(Duration.ofMinutes(20));

    stage.pass(Duration.ofMinutes(4), NODE_1);
    assertTrue(stage.isWaiting("a"));
    stage.pass(Duration.ofSeconds(20), NODE_1);
    assertEquals(List.of("client1.test a failed"), stage.told());
    stage.pass(Duration.ofMinutes(10).minusSeconds(1), NODE_1);
    assertTrue(stage.isWaiting("b"));
    stage.pass(Duration.ofSeconds(1), NODE_1);
    assertEquals(List.of("client1.test b failed"), stage.told());
  }

  @Test
  void aProductThatCouldNotBeHeardToReturnIsNotGoneForTooLong() {
    joinWithSession();
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 1, STARTED);
    stage.unplug(NODE_1, Cast.product(1));
    beAway(Duration.ofMinutes(20));

    stage.pass(Duration.ofSeconds(5));
    registerWith(RUN_OF_A);
    stage.plug(NODE_1, phone(1, "RM-1"));

    stage.pass(Duration.ofMinutes(10), NODE_1);
    assertTrue(stage.isRunning("a"));
  }

  @Test
  void aMachineThatStoodStillCostsNoTestItsTime() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.now = stage.now.plus(Duration.ofHours(2));
    stage.apply(new Event.ServiceSlept(stage.now, Duration.ofHours(2)));
    stage.apply(new Event.TimePassed(stage.now));

    stage.report(NODE_1, "a", 1, FINISHED);

    assertEquals(List.of("client1.test a started", "client1.test a finished"), stage.told());
  }

  @Test
  void whatIsGivenUpBecauseOfARestartIsNoFailureOfTheTest() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    for (int attempt = 1; attempt <= 2 * SETTINGS.tests().maximalRetries(); attempt++) {
      restart();
      assertTrue(stage.isWaiting("a"), "given up " + attempt + " times");
      assertEquals(0, stage.farm.snapshot().waiting(Cast.test("a")).orElseThrow().failures());
      stage.apply(new Event.NodeAnswered(stage.now, NODE_1.id()));
      stage.report(NODE_1, "a", attempt, STOPPED);
      stage.pass(Duration.ofSeconds(10), NODE_1);
      assertTrue(stage.isRunning("a"), "started again " + attempt + " times");
    }
  }

  @Test
  void whatWasGivenAgainAndHadFinishedIsKeptForItsIssuerWhoReleasesItHimself() {
    joinWithSession();
    stage.submit(CLIENT_1, Cast.manual("a"), kind("RM-1"));
    restart();
    registerWith();
    assertEquals(List.of("a#1@node1.test"), stage.started());

    stage.report(NODE_1, "a", 1, FINISHED);
    assertEquals(FarmSnapshot.Holder.Hold.ENDING, hold());
    stage.restart();
    stage.report(NODE_1, "a", 1, STOPPED);

    assertEquals(FarmSnapshot.Holder.Hold.KEPT, hold());
    stage.apply(
        new Event.ProductReported(
            stage.now, CLIENT_1.endpoint(), Event.Report.UPDATED, Cast.free(Cast.product(1))));
    assertTrue(stage.product(1).holder().isEmpty());
  }

  private FarmSnapshot.Holder.Hold hold() {
    return stage.product(1).holder().orElseThrow().hold();
  }

  /** The service is ended and begins another life after a while. */
  private void beAway(Duration duration) {
    stage.apply(new Event.NodeAnswered(stage.now, NODE_1.id()));
    stage.now = stage.now.plus(duration);
    restart();
    stage.apply(new Event.TimePassed(stage.now));
  }

  @Test
  void anEndThatWasNotHeardIsToldAgainUntilItIs() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 1, FINISHED);
    restart();
    assertEquals(List.of("client1.test a finished"), stage.told());

    stage.apply(new Event.EndDelivered(stage.now, CLIENT_1, Cast.test("a")));
    assertFalse(stage.farm.snapshot().hasClient(CLIENT_1));
    restart();
    assertEquals(List.of(), stage.told());
  }

  @Test
  void aClientWithASessionIsToldOfEndsWhenItHasComeBack() {
    stage.join(NODE_1, phone(1, "RM-1"));
    submitOverSession("first");
    stage.report(NODE_1, "a", 1, FINISHED);
    restart();

    assertEquals(List.of(), stage.told());
    stage.apply(new Event.ClientRegistered(stage.now, CLIENT_1));
    assertEquals(List.of("client1.test a finished"), stage.told());
  }

  @Test
  void aSubmissionThatIsRepeatedIsAnsweredAndNotExecutedAgain() {
    stage.join(NODE_1, phone(1, "RM-1"));
    submitOverSession("first");
    stage.report(NODE_1, "a", 1, FINISHED);

    submitOverSession("first");
    assertEquals(List.of("client1.test a finished"), stage.told());
    stage.apply(new Event.EndDelivered(stage.now, CLIENT_1, Cast.test("a")));
    submitOverSession("first");
    assertEquals(List.of("client1.test a finished"), stage.told());
    assertEquals(List.of(), stage.started());

    stage.pass(Duration.ofMinutes(1), NODE_1);
    submitOverSession("second");
    assertEquals(List.of("a#1@node1.test"), stage.started());
  }

  @Test
  void theEdgeRecallsWhoTheFarmsPeersAre() {
    joinWithSession();
    submitOverSession("first");
    restart();

    var recalled = stage.wanted(Effect.RecallPeers.class).get(0);
    assertEquals(List.of(NODE_1), recalled.nodes());
    assertEquals(List.of(NODE_1.endpoint(), CLIENT_1.endpoint()), recalled.kept());
    assertEquals(
        List.of(
            new Effect.RecalledRun(
                RuntimeId.of("a"), NODE_1.id(), CLIENT_1, Optional.empty(), "first")),
        recalled.runs());
  }

  @Test
  void aFarmWithoutAPastHasNothingToRecover() {
    restart();

    assertEquals(List.of(), stage.effects);
  }

  private void restart() {
    stage.restart();
    stage.apply(new Event.ServiceStarted(stage.now, SETTINGS));
  }

  private void joinWithSession() {
    registerWith();
    stage.plug(NODE_1, phone(1, "RM-1"));
  }

  private void registerWith(RunReference... runs) {
    stage.apply(new Event.NodeRegistered(stage.now, NODE_1, Optional.of(List.of(runs))));
  }

  private void submitOverSession(String submission) {
    TestDescription test = flash("a");
    stage.apply(
        new Event.TestSubmitted(
            stage.now,
            CLIENT_1,
            test.with(test.origin().submittedAs(submission)),
            kind("RM-1"),
            Event.Line.SESSION));
  }

  private FarmSnapshot.NodeView.Condition condition() {
    return stage.farm.snapshot().node(NODE_1.id()).orElseThrow().condition();
  }

  private List<Object> probed() {
    return stage.wanted(Effect.ProbeNode.class).stream()
        .<Object>map(Effect.ProbeNode::node)
        .toList();
  }
}
