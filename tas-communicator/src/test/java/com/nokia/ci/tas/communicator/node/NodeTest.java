package com.nokia.ci.tas.communicator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.OwnLimits;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NodeTest {
  private static final Instant T0 = Instant.parse("2026-11-20T12:00:00Z");
  private static final Endpoint CLIENT = new Endpoint("10.1.1.9", 20321);
  private static final RuntimeId NIGHTLY = RuntimeId.of("nightly");
  private static final RuntimeId SMOKE = RuntimeId.of("smoke");
  private static final RunId RUN_1 = new RunId(NIGHTLY, 1);
  private static final RunId RUN_2 = new RunId(NIGHTLY, 2);
  private static final Reason TROUBLE = new Reason(Fault.ARTIFACT, "x", "a.img is short");

  private final Node node = new Node(NodeSettings.DEFAULT);

  @Test
  void aRunGoesThroughItsStepsAndEndsFinished() {
    var order = order(NIGHTLY, 1, "P1", "results.zip", "run.sh", "a.img", "run.sh", "");

    assertEquals(List.of(new Effect.MakeWorkspace(RUN_1, order)), start(order));
    assertEquals(
        List.of(new Effect.FetchArtifacts(RUN_1, order, List.of("run.sh"))),
        node.apply(new Event.WorkspaceMade(T0, RUN_1)));
    assertEquals(
        List.of(new Effect.FetchArtifacts(RUN_1, order, List.of("a.img"))),
        node.apply(new Event.ArtifactCame(T0, RUN_1, "run.sh")));
    assertEquals(
        List.of(new Effect.StartExecutor(RUN_1, order)),
        node.apply(new Event.ArtifactCame(T0, RUN_1, "a.img")));
    assertEquals(
        List.of(report(order, TestStatus.STARTED)),
        node.apply(new Event.ExecutorStarted(T0, RUN_1)));
    assertEquals(
        List.of(new Effect.ClearRun(RUN_1)),
        node.apply(new Event.ExecutorEnded(T0, RUN_1, new ExecutorEnd(0))));
    assertEquals(
        List.of(new Effect.SendResults(RUN_1, order, Optional.empty())),
        node.apply(new Event.RunCleared(T0, RUN_1)));
    assertEquals(
        List.of(
            report(order, TestStatus.FINISHED), new Effect.CloseWorkspace(RUN_1, Optional.empty())),
        node.apply(new Event.ResultsSent(T0, RUN_1)));
    assertEquals(List.of(NIGHTLY), node.tests());
    assertEquals(List.of(), node.apply(new Event.WorkspaceClosed(T0, RUN_1)));
    assertEquals(List.of(), node.tests());
  }

  @Test
  void aNonZeroExitCodeFailsTheTestAfterItsResultsWereSent() {
    var order = order(NIGHTLY, 1, "P1", "results.zip");
    runs(order, RUN_1);

    node.apply(new Event.ExecutorEnded(T0, RUN_1, new ExecutorEnd(3)));
    assertEquals(
        List.of(new Effect.SendResults(RUN_1, order, Optional.empty())),
        node.apply(new Event.RunCleared(T0, RUN_1)));
    // That the results are missing as well is no news.
    var failure = new Reason(Fault.TEST, "executor-failed", "executor ended with exit code 3");
    assertEquals(
        List.of(report(order, T0, failure), new Effect.CloseWorkspace(RUN_1, Optional.of(failure))),
        node.apply(new Event.StepFailed(T0, RUN_1, TROUBLE)));
  }

  @Test
  void anOrderThatIsRepeatedAfterItsRunHasEndedIsAnsweredAndNotExecutedAgain() {
    var order = submitted(order(NIGHTLY, 1, "P1", ""), "s1");
    runs(order, RUN_1);
    node.apply(new Event.ExecutorEnded(T0, RUN_1, new ExecutorEnd(0)));
    node.apply(new Event.RunCleared(T0, RUN_1));
    node.apply(new Event.WorkspaceClosed(T0, RUN_1));

    assertEquals(List.of(report(order, TestStatus.FINISHED)), start(order));
    assertEquals(List.of(), node.tests());
    var next = submitted(order(NIGHTLY, 1, "P1", ""), "s2");
    assertEquals(List.of(new Effect.MakeWorkspace(RUN_2, next)), start(next));
  }

  @Test
  void aSignalIsCalledByItsNumberAndName() {
    assertEquals(
        Optional.of(
            new Reason(
                Fault.TEST, "executor-failed", "executor ended by signal 9 (KILL), exit code 137")),
        new ExecutorEnd(137).failure());
    assertEquals(
        "executor ended by signal 24 (XCPU), exit code 152; it may use 5 s of CPU time",
        new ExecutorEnd(152, "it may use 5 s of CPU time", Optional.empty())
            .failure()
            .orElseThrow()
            .sentence());
    assertEquals(
        "executor ended with exit code 255",
        new ExecutorEnd(255).failure().orElseThrow().sentence());
    assertEquals(Optional.empty(), new ExecutorEnd(0).failure());
  }

  @Test
  void aSickProductIsToBlameWhateverTheExitCode() {
    assertEquals(
        Optional.of(new Reason(Fault.PRODUCT, "product-sick", "product 1 (main) is sick")),
        new ExecutorEnd(0, "", Optional.of("product 1 (main) is sick")).failure());
    assertEquals(
        Optional.of(
            new Reason(
                Fault.PRODUCT,
                "product-sick",
                "product 1 (main) is sick (executor ended with exit code 3)")),
        new ExecutorEnd(3, "", Optional.of("product 1 (main) is sick")).failure());
  }

  @Test
  void missingResultsFailATestThatWentWell() {
    var order = order(NIGHTLY, 1, "P1", "results.zip");
    runs(order, RUN_1);
    node.apply(new Event.ExecutorEnded(T0, RUN_1, new ExecutorEnd(0)));
    node.apply(new Event.RunCleared(T0, RUN_1));

    assertEquals(
        report(order, T0, TROUBLE), node.apply(new Event.StepFailed(T0, RUN_1, TROUBLE)).get(0));
  }

  @Test
  void aRunThatIsStoppedDeliversWhatThereIsForAShortTime() {
    var order = order(NIGHTLY, 1, "P1", "results.zip");
    runs(order, RUN_1);
    var reason = new Reason(Fault.REQUESTER, "stopped", "stopped by its issuer");

    assertEquals(List.of(new Effect.ClearRun(RUN_1)), stop());
    assertEquals(List.of(), stop());
    assertEquals(
        List.of(new Effect.SendResults(RUN_1, order, Optional.of(Duration.ofSeconds(5)))),
        node.apply(new Event.RunCleared(T0, RUN_1)));
    var deadline = T0.plus(Duration.ofSeconds(5));
    assertEquals(Optional.of(deadline), node.nextDeadline());
    assertEquals(List.of(new Effect.ClearRun(RUN_1)), node.apply(new Event.TimePassed(deadline)));
    assertEquals(report(order, T0, reason), node.apply(new Event.RunCleared(T0, RUN_1)).get(0));
    assertEquals(List.of(), node.apply(new Event.StepFailed(T0, RUN_1, TROUBLE)));
  }

  @Test
  void missingResultsChangeNothingAboutWhyATestWasStopped() {
    var order = order(NIGHTLY, 1, "P1", "results.zip");
    runs(order, RUN_1);
    stop();
    node.apply(new Event.RunCleared(T0, RUN_1));

    assertEquals(
        report(order, T0, new Reason(Fault.REQUESTER, "stopped", "stopped by its issuer")),
        node.apply(new Event.StepFailed(T0, RUN_1, TROUBLE)).get(0));
  }

  @Test
  void aStopWhileResultsAreUnderWayEndsThem() {
    var order = order(NIGHTLY, 1, "P1", "results.zip");
    runs(order, RUN_1);
    node.apply(new Event.ExecutorEnded(T0, RUN_1, new ExecutorEnd(0)));
    node.apply(new Event.RunCleared(T0, RUN_1));

    assertEquals(List.of(new Effect.ClearRun(RUN_1)), stop());
    assertEquals(List.of(), node.apply(new Event.ResultsSent(T0, RUN_1)));
    assertEquals(
        TestStatus.FAILED,
        ((Effect.Report) node.apply(new Event.RunCleared(T0, RUN_1)).get(0))
            .test()
            .progress()
            .status());
  }

  @Test
  void anOrderThatIsRepeatedWhileItsRunEndsIsNotExecutedAgain() {
    var order = order(NIGHTLY, 1, "P1", "");
    runs(order, RUN_1);
    node.apply(new Event.ExecutorEnded(T0, RUN_1, new ExecutorEnd(0)));

    assertEquals(List.of(), start(order));
    node.apply(new Event.RunCleared(T0, RUN_1));
    assertEquals(List.of(), node.apply(new Event.WorkspaceClosed(T0, RUN_1)));
  }

  @Test
  void aRunWhoseExecutorHadEndedBeforeTheNodeWasKilledDeliversAndFinishes() {
    var order = order(NIGHTLY, 1, "P1", "results.zip");

    assertEquals(
        List.of(new Effect.TakeOver(RUN_1, order), new Effect.ClearRun(RUN_1)),
        node.apply(new Event.RunFound(T0, order, T0, Optional.of(new ExecutorEnd(0)))));
    assertEquals(List.of(order), node.orders());
    assertEquals(
        List.of(new Effect.SendResults(RUN_1, order, Optional.empty())),
        node.apply(new Event.RunCleared(T0, RUN_1)));
    assertEquals(Optional.empty(), node.nextDeadline());
    assertEquals(
        report(order, TestStatus.FINISHED), node.apply(new Event.ResultsSent(T0, RUN_1)).get(0));
  }

  @Test
  void aRunThatWasUnderWayWhenTheNodeWasKilledFailsByFaultOfTheNode() {
    var running = order(NIGHTLY, 1, "P1", "");
    var preparing = order(SMOKE, 1, "P2", "results.zip");
    var reason = new Reason(Fault.NODE, "node-restarted", "its node was restarted while it ran");

    node.apply(new Event.RunFound(T0, running, T0, Optional.empty()));
    node.apply(new Event.RunFound(T0, preparing, Instant.EPOCH, Optional.empty()));

    assertEquals(List.of(running, preparing), node.orders());
    assertEquals(report(running, T0, reason), node.apply(new Event.RunCleared(T0, RUN_1)).get(0));
    assertEquals(
        report(preparing, Instant.EPOCH, reason),
        node.apply(new Event.RunCleared(T0, new RunId(SMOKE, 2))).get(0));
  }

  @Test
  void whatARunThatWasCutHasLeftIsSentForAsLongAsItTakes() {
    var order = order(NIGHTLY, 1, "P1", "results.zip");
    node.apply(new Event.RunFound(T0, order, T0, Optional.empty()));

    assertEquals(
        List.of(new Effect.SendResults(RUN_1, order, Optional.empty())),
        node.apply(new Event.RunCleared(T0, RUN_1)));
    assertEquals(Optional.empty(), node.nextDeadline());
  }

  @Test
  void aSpoiledArtifactIsAskedForTwiceAgain() {
    var order = order(NIGHTLY, 1, "P1", "", "a.img");
    start(order);
    node.apply(new Event.WorkspaceMade(T0, RUN_1));
    var again = List.<Effect>of(new Effect.FetchArtifacts(RUN_1, order, List.of("a.img")));
    var spoiled = new Event.ArtifactSpoiled(T0, RUN_1, "a.img", TROUBLE);

    assertEquals(again, node.apply(spoiled));
    assertEquals(again, node.apply(spoiled));
    assertEquals(List.of(new Effect.ClearRun(RUN_1)), node.apply(spoiled));
    assertEquals(
        report(order, Instant.EPOCH, TROUBLE), node.apply(new Event.RunCleared(T0, RUN_1)).get(0));
  }

  @Test
  void anArtifactThatDoesNotComeWithinTenMinutesFailsTheTest() {
    var order = order(NIGHTLY, 1, "P1", "", "a.img", "b.img");
    start(order);
    node.apply(new Event.WorkspaceMade(T0, RUN_1));
    var later = T0.plus(Duration.ofMinutes(9));
    node.apply(new Event.ArtifactCame(later, RUN_1, "a.img"));
    var deadline = later.plus(Duration.ofMinutes(10));

    assertEquals(Optional.of(deadline), node.nextDeadline());
    assertEquals(List.of(), node.apply(new Event.TimePassed(deadline.minusMillis(1))));
    assertEquals(List.of(new Effect.ClearRun(RUN_1)), node.apply(new Event.TimePassed(deadline)));
    assertEquals(
        report(
            order,
            Instant.EPOCH,
            new Reason(
                Fault.ARTIFACT,
                "artifact-late",
                "the artifact b.img was not delivered within 600 s")),
        node.apply(new Event.RunCleared(T0, RUN_1)).get(0));
  }

  @Test
  void aTestThatLimitsItsPreparationFailsWhenItIsNotStartedInTime() {
    var order = within(order(NIGHTLY, 1, "P1", "", "a.img"), 60_000, 0);
    start(order);
    node.apply(new Event.WorkspaceMade(T0.plusSeconds(10), RUN_1));
    var deadline = T0.plusSeconds(60);

    assertEquals(Optional.of(deadline), node.nextDeadline());
    assertEquals(List.of(), node.apply(new Event.TimePassed(deadline.minusMillis(1))));
    assertEquals(List.of(new Effect.ClearRun(RUN_1)), node.apply(new Event.TimePassed(deadline)));
    assertEquals(
        report(
            order,
            Instant.EPOCH,
            new Reason(
                Fault.ARTIFACT,
                "preparation-timeout",
                "its executor was not started within the preparation-timeout of 60000 ms: the"
                    + " artifact a.img was not delivered")),
        node.apply(new Event.RunCleared(T0, RUN_1)).get(0));
  }

  @Test
  void aTestThatLimitsItsExecutionIsEndedAndItsResultsAreDelivered() {
    var order = within(order(NIGHTLY, 1, "P1", "results.zip"), 60_000, 5_000);
    runs(order, RUN_1);
    var deadline = T0.plusSeconds(5);

    assertEquals(Optional.of(deadline), node.nextDeadline());
    assertEquals(List.of(new Effect.ClearRun(RUN_1)), node.apply(new Event.TimePassed(deadline)));
    assertEquals(
        List.of(new Effect.SendResults(RUN_1, order, Optional.empty())),
        node.apply(new Event.RunCleared(deadline, RUN_1)));
    assertEquals(
        report(
            order,
            T0,
            new Reason(
                Fault.TEST,
                "execution-timeout",
                "its executor was ended after the execution-timeout of 5000 ms")),
        node.apply(new Event.ResultsSent(deadline, RUN_1)).get(0));
  }

  private static RunOrder within(RunOrder order, long preparation, long execution) {
    var limits =
        new OwnLimits(
            Duration.ZERO,
            Duration.ofMillis(preparation),
            Duration.ofMillis(execution),
            Optional.empty());
    return new RunOrder(order.test().with(order.test().demand().within(limits)), order.client());
  }

  @Test
  void manyArtifactsAreOnTheirWayAtOnceOverASession() {
    var names = IntStream.range(0, 196).mapToObj(i -> "a" + i).toArray(String[]::new);
    var order = new RunOrder(order(NIGHTLY, 1, "P1", "", names).test(), CLIENT, Reach.RELAYED);
    start(order);

    assertEquals(
        List.of(new Effect.FetchArtifacts(RUN_1, order, Stream.of(names).limit(128).toList())),
        node.apply(new Event.WorkspaceMade(T0, RUN_1)));
    assertEquals(Optional.of(T0.plus(Duration.ofMinutes(1280))), node.nextDeadline());
    Stream.of(names)
        .limit(63)
        .forEach(
            name ->
                assertEquals(List.of(), node.apply(new Event.ArtifactCame(T0, RUN_1, name)), name));
    assertEquals(
        List.of(
            new Effect.FetchArtifacts(RUN_1, order, Stream.of(names).skip(128).limit(64).toList())),
        node.apply(new Event.ArtifactCame(T0, RUN_1, "a63")));
    Stream.of(names)
        .skip(64)
        .limit(131)
        .forEach(name -> node.apply(new Event.ArtifactCame(T0, RUN_1, name)));
    assertEquals(
        List.of(new Effect.StartExecutor(RUN_1, order)),
        node.apply(new Event.ArtifactCame(T0, RUN_1, "a195")));
  }

  @Test
  void aStopEndsTheRunInEveryPhaseAndIsConfirmedOnce() {
    for (int steps = 0; steps <= 3; steps++) {
      var fresh = new Node(NodeSettings.DEFAULT);
      var order = order(NIGHTLY, 1, "P1", "", "a.img");
      var path =
          List.<Event>of(
              new Event.WorkspaceMade(T0, RUN_1),
              new Event.ArtifactCame(T0, RUN_1, "a.img"),
              new Event.ExecutorStarted(T0, RUN_1),
              new Event.ExecutorEnded(T0, RUN_1, new ExecutorEnd(0)));
      fresh.apply(new Event.StartAsked(T0, order));
      path.subList(0, steps).forEach(fresh::apply);
      var stop = new Event.StopAsked(T0, NIGHTLY, 1, "10.1.1.1:31415");

      assertEquals(List.of(new Effect.ClearRun(RUN_1)), fresh.apply(stop), "after " + steps);
      assertEquals(List.of(), fresh.apply(stop));
      path.forEach(late -> assertEquals(List.of(), fresh.apply(late)));
      var reason = new Reason(Fault.REQUESTER, "stopped", "stopped by 10.1.1.1:31415");
      assertEquals(
          report(order, steps >= 3 ? T0 : Instant.EPOCH, reason),
          fresh.apply(new Event.RunCleared(T0, RUN_1)).get(0));
    }
  }

  @Test
  void aStopOfWhatIsNotHereIsAnswered() {
    var answer = node.apply(new Event.StopAsked(T0, NIGHTLY, 4, "10.1.1.1:31415")).get(0);

    assertEquals(
        TestDescription.named(NIGHTLY)
            .with(
                TestProgress.NONE
                    .attempt(4)
                    .with(TestStatus.FAILED, "stopped by 10.1.1.1:31415; it was not running here")
                    .blaming(Fault.REQUESTER)),
        ((Effect.Report) answer).test());
  }

  @Test
  void aStopOfAnOlderAttemptIsNotForThisOne() {
    runs(order(NIGHTLY, 2, "P1", ""), RUN_1);

    var effects = node.apply(new Event.StopAsked(T0, NIGHTLY, 1, "x"));

    assertEquals(1, ((Effect.Report) effects.get(0)).test().progress().attempt());
    assertEquals(1, effects.size());
  }

  @Test
  void theSameStartAgainIsNoNewRun() {
    var order = order(NIGHTLY, 1, "P1", "");
    start(order);
    assertEquals(List.of(), start(order));
    node.apply(new Event.WorkspaceMade(T0, RUN_1));
    node.apply(new Event.ExecutorStarted(T0, RUN_1));
    assertEquals(List.of(report(order, TestStatus.STARTED)), start(order));
  }

  @Test
  void aTestThatIsIssuedAgainAfterItsEndRunsAgain() {
    var order = order(NIGHTLY, 1, "P1", "");
    runs(order, RUN_1);
    ended(RUN_1, 0);

    assertEquals(List.of(new Effect.MakeWorkspace(RUN_2, order)), start(order));
  }

  @Test
  void aNewerAttemptEndsTheOlderFirst() {
    var first = order(NIGHTLY, 1, "P1", "");
    var second = order(NIGHTLY, 2, "P2", "");
    runs(first, RUN_1);

    assertEquals(List.of(new Effect.ClearRun(RUN_1)), start(second));
    node.apply(new Event.RunCleared(T0, RUN_1));
    assertEquals(
        List.of(new Effect.MakeWorkspace(RUN_2, second)),
        node.apply(new Event.WorkspaceClosed(T0, RUN_1)));
  }

  @Test
  void aServiceThatCountsNoAttemptsMayStartATestAgainAfterItsEnd() {
    var order = order(NIGHTLY, 0, "P1", "");
    runs(order, RUN_1);
    assertEquals(List.of(report(order, TestStatus.STARTED)), start(order));
    node.apply(new Event.ExecutorEnded(T0, RUN_1, new ExecutorEnd(1)));
    assertEquals(List.of(), start(order));
    node.apply(new Event.RunCleared(T0, RUN_1));
    assertEquals(
        List.of(new Effect.MakeWorkspace(RUN_2, order)),
        node.apply(new Event.WorkspaceClosed(T0, RUN_1)));
  }

  @Test
  void noProductIsEverUsedByTwoRuns() {
    var nightly = order(NIGHTLY, 1, "P1", "");
    var smoke = order(SMOKE, 1, "P1", "");
    runs(nightly, RUN_1);

    assertEquals(List.of(new Effect.ClearRun(RUN_1)), start(smoke));
    var effects = node.apply(new Event.RunCleared(T0, RUN_1));
    assertTrue(effects.contains(new Effect.MakeWorkspace(new RunId(SMOKE, 2), smoke)));
  }

  @Test
  void runsOnDifferentProductsGoOnSideBySide() {
    runs(order(NIGHTLY, 1, "P1", ""), RUN_1);
    var smoke = order(SMOKE, 1, "P2", "");

    assertEquals(List.of(new Effect.MakeWorkspace(new RunId(SMOKE, 2), smoke)), start(smoke));
  }

  @Test
  void namesThatLeaveTheWorkspaceAreRefused() {
    for (var order :
        List.of(
            order(RuntimeId.of(".."), 1, "P1", ""),
            order(NIGHTLY, 1, "P1", "../results.zip"),
            order(NIGHTLY, 1, "P1", "", "/etc/passwd"))) {
      var report = ((Effect.Report) start(order).get(0)).test().progress();
      assertEquals(TestStatus.FAILED, report.status());
      assertEquals(Optional.of(Fault.REQUESTER), report.fault());
    }
    assertEquals(List.of(), node.tests());
  }

  @Test
  void aServiceThatReturnsHearsWhatRuns() {
    var order = order(NIGHTLY, 1, "P1", "");
    runs(order, RUN_1);
    start(order(SMOKE, 1, "P2", ""));

    assertEquals(
        List.of(report(order, TestStatus.STARTED)), node.apply(new Event.ServiceReturned(T0)));
  }

  @Test
  void shuttingDownFailsEverythingAndThenEnds() {
    var order = order(NIGHTLY, 1, "P1", "");
    runs(order, RUN_1);
    start(order(SMOKE, 1, "P1", ""));
    var reason = new Reason(Fault.NODE, "node-ends", "stopped by its node, which is shutting down");

    assertEquals(
        List.of(report(order(SMOKE, 1, "P1", ""), Instant.EPOCH, reason)),
        node.apply(new Event.ShutDown(T0)));
    assertEquals(1, start(order(SMOKE, 2, "P9", "")).size());
    node.apply(new Event.RunCleared(T0, RUN_1));
    assertEquals(List.of(new Effect.EndNode()), node.apply(new Event.WorkspaceClosed(T0, RUN_1)));
    assertEquals(List.of(), node.apply(new Event.TimePassed(T0)));
  }

  @Test
  void whatTheNodeWantsItselfDisturbsNoRun() {
    runs(order(NIGHTLY, 1, "P1", ""), RUN_1);
    var own = own("P1");

    var inUse = new Reason(Fault.FARM, "product-in-use", "another run has the product");
    assertEquals(List.of(report(own, Instant.EPOCH, inUse)), start(own));
    assertEquals(List.of(NIGHTLY), node.tests());
  }

  @Test
  void aRunOfTheServiceEndsWhatTheNodeWantedItselfBeforeItBegins() {
    var own = own("P1");
    var ownRun = new RunId(own.id(), 1);
    start(own);
    node.apply(new Event.WorkspaceMade(T0, ownRun));
    node.apply(new Event.ExecutorStarted(T0, ownRun));
    var order = order(NIGHTLY, 1, "P1", "");

    assertEquals(List.of(new Effect.ClearRun(ownRun)), start(order));
    node.apply(new Event.RunCleared(T0, ownRun));

    assertTrue(node.tests().contains(NIGHTLY), "it begins when nothing of the other one is alive");
  }

  private static RunOrder own(String product) {
    return RunOrder.ofTheNode(order(SMOKE, 1, product, "").test());
  }

  private List<Effect> stop() {
    return node.apply(new Event.StopAsked(T0, NIGHTLY, 1, "its issuer"));
  }

  private List<Effect> start(RunOrder order) {
    return node.apply(new Event.StartAsked(T0, order));
  }

  private void runs(RunOrder order, RunId id) {
    start(order);
    node.apply(new Event.WorkspaceMade(T0, id));
    node.apply(new Event.ExecutorStarted(T0, id));
  }

  private void ended(RunId id, int exitCode) {
    node.apply(new Event.ExecutorEnded(T0, id, new ExecutorEnd(exitCode)));
    node.apply(new Event.RunCleared(T0, id));
    node.apply(new Event.WorkspaceClosed(T0, id));
  }

  private static RunOrder order(
      RuntimeId id, int attempt, String product, String results, String... artifacts) {
    var execution = new TestExecution("sh", "", List.of(artifacts), Map.of(), List.of(), results);
    var progress =
        TestProgress.NONE
            .attempt(attempt)
            .reserving(List.of(ProductDescription.of(Map.of("imei", product))));
    return new RunOrder(TestDescription.named(id).with(execution).with(progress), CLIENT);
  }

  private static RunOrder submitted(RunOrder order, String submission) {
    var test = order.test();
    return new RunOrder(test.with(test.origin().submittedAs(submission)), order.client());
  }

  private static Effect report(RunOrder order, TestStatus status) {
    return new Effect.Report(
        TestDescription.named(order.id())
            .with(TestProgress.NONE.attempt(order.attempt()).startedAt(T0).with(status, "")));
  }

  private static Effect report(RunOrder order, Instant startTime, Reason reason) {
    return new Effect.Report(
        TestDescription.named(order.id())
            .with(
                TestProgress.NONE
                    .attempt(order.attempt())
                    .startedAt(startTime)
                    .with(TestStatus.FAILED, reason.sentence())
                    .because(reason)));
  }
}
