package com.nokia.ci.tas.communicator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
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
import org.junit.jupiter.api.Test;

final class GatewayTest {
  private static final Instant T0 = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(12);
  private static final RunOrder NIGHTLY = order("nightly", Map.of());
  private static final RunOrder SMOKE = order("smoke", Map.of());
  private static final RunId RUN_1 = new RunId(NIGHTLY.id(), 1);
  private static final RunId RUN_2 = new RunId(SMOKE.id(), 2);
  private static final String FULL =
      "waiting for 2 GB of free disk, less than 70 % of that is free";
  private static final String FULLER =
      "waiting for 2 GB of free disk, less than 60 % of that is free";

  private Node node = nodeWith(new GateRules(true, PAUSE, LIMIT, Duration.ZERO));

  @Test
  void anExecutorStartsWhenItsGateIsOpen() {
    assertEquals(List.of(look(RUN_1, NIGHTLY)), arrive(NIGHTLY, RUN_1));
    assertEquals(Optional.empty(), node.nextDeadline());
    assertEquals(
        List.of(new Effect.StartExecutor(RUN_1, NIGHTLY)),
        node.apply(new Event.GateOpened(T0, RUN_1)));
  }

  @Test
  void aClosedGateIsReportedAndLookedAtAgainAfterAPause() {
    arrive(NIGHTLY, RUN_1);

    assertEquals(List.of(report(NIGHTLY, FULL)), node.apply(new Event.GateClosed(T0, RUN_1, FULL)));
    assertEquals(Optional.of(T0.plus(PAUSE)), node.nextDeadline());
    assertEquals(List.of(), node.apply(new Event.TimePassed(T0.plusSeconds(4))));
    assertEquals(
        List.of(look(RUN_1, NIGHTLY)), node.apply(new Event.TimePassed(T0.plusSeconds(5))));
    assertEquals(Optional.empty(), node.nextDeadline());
    assertEquals(
        List.of(), node.apply(new Event.GateClosed(T0.plusSeconds(5), RUN_1, FULL)), "no news");
    node.apply(new Event.TimePassed(T0.plusSeconds(10)));
    assertEquals(
        List.of(report(NIGHTLY, FULLER)),
        node.apply(new Event.GateClosed(T0.plusSeconds(10), RUN_1, FULLER)));
    assertEquals(Optional.of(T0.plus(LIMIT)), node.nextDeadline(), "the last look is at the limit");
  }

  @Test
  void aGateThatStaysClosedFailsTheRunByFaultOfTheNode() {
    arrive(NIGHTLY, RUN_1);
    node.apply(new Event.GateClosed(T0, RUN_1, FULL));
    node.apply(new Event.TimePassed(T0.plus(LIMIT)));

    assertEquals(
        List.of(new Effect.ClearRun(RUN_1)),
        node.apply(new Event.GateClosed(T0.plus(LIMIT), RUN_1, FULLER)));
    var report = (Effect.Report) node.apply(new Event.RunCleared(T0.plus(LIMIT), RUN_1)).get(0);
    assertEquals(
        TestProgress.NONE
            .attempt(1)
            .with(TestStatus.FAILED, "the executor was not started within 12 s: " + FULLER)
            .because(new Reason(Fault.NODE, "gate-closed", "")),
        report.test().progress());
  }

  @Test
  void aGateIsLookedAtWhenAnotherRunHasLeft() {
    arrive(NIGHTLY, RUN_1);
    node.apply(new Event.GateOpened(T0, RUN_1));
    node.apply(new Event.ExecutorStarted(T0, RUN_1));
    arrive(SMOKE, RUN_2);
    node.apply(new Event.GateClosed(T0, RUN_2, FULL));
    node.apply(new Event.ExecutorEnded(T0, RUN_1, new ExecutorEnd(0)));
    node.apply(new Event.RunCleared(T0, RUN_1));

    assertEquals(List.of(look(RUN_2, SMOKE)), node.apply(new Event.WorkspaceClosed(T0, RUN_1)));
  }

  @Test
  void aStopWhileItWaitsEndsTheRunAndALateAnswerChangesNothing() {
    arrive(NIGHTLY, RUN_1);

    assertEquals(
        List.of(new Effect.ClearRun(RUN_1)),
        node.apply(new Event.StopAsked(T0, NIGHTLY.id(), 1, "its issuer")));
    assertEquals(List.of(), node.apply(new Event.GateOpened(T0, RUN_1)));
    assertEquals(List.of(), node.apply(new Event.GateClosed(T0, RUN_1, FULL)));
  }

  @Test
  void withoutGatesNobodyWaits() {
    node = new Node(NodeSettings.DEFAULT);

    assertEquals(List.of(new Effect.StartExecutor(RUN_1, NIGHTLY)), arrive(NIGHTLY, RUN_1));
  }

  @Test
  void aTestMayAskForAGateOnANodeWithoutOne() {
    node = new Node(NodeSettings.DEFAULT);
    var order = order("nightly", Map.of("tas.gate.free-disk", "2G"));

    assertEquals(List.of(look(RUN_1, order)), arrive(order, RUN_1));
  }

  @Test
  void executorsStartAtADistanceFromEachOther() {
    node = nodeWith(new GateRules(false, PAUSE, LIMIT, Duration.ofSeconds(60)));
    assertEquals(List.of(new Effect.StartExecutor(RUN_1, NIGHTLY)), arrive(NIGHTLY, RUN_1));

    assertEquals(
        List.of(report(SMOKE, "waiting for 60 s, because another executor was started just now")),
        arrive(SMOKE, RUN_2));
    assertEquals(Optional.of(T0.plusSeconds(60)), node.nextDeadline());
    assertEquals(
        List.of(new Effect.StartExecutor(RUN_2, SMOKE)),
        node.apply(new Event.TimePassed(T0.plusSeconds(60))));
    var third = order("third", Map.of());
    var run3 = new RunId(third.id(), 3);
    arrive(third, run3);
    assertEquals(
        Optional.of(T0.plusSeconds(120)), node.nextDeadline(), "later than any gate may stay shut");
    assertEquals(
        List.of(new Effect.StartExecutor(run3, third)),
        node.apply(new Event.TimePassed(T0.plusSeconds(120))));
  }

  @Test
  void ofTwoThatWaitForDistanceOnePassesAtATime() {
    node = nodeWith(new GateRules(true, PAUSE, LIMIT, Duration.ofSeconds(3)));
    arrive(NIGHTLY, RUN_1);
    arrive(SMOKE, RUN_2);

    assertEquals(
        List.of(new Effect.StartExecutor(RUN_1, NIGHTLY)),
        node.apply(new Event.GateOpened(T0, RUN_1)));
    node.apply(new Event.GateOpened(T0, RUN_2));
    assertEquals(Optional.of(T0.plusSeconds(3)), node.nextDeadline());
    assertEquals(
        List.of(look(RUN_2, SMOKE)),
        node.apply(new Event.TimePassed(T0.plusSeconds(3))),
        "the gate may have closed meanwhile");
    assertEquals(
        List.of(new Effect.StartExecutor(RUN_2, SMOKE)),
        node.apply(new Event.GateOpened(T0.plusSeconds(3), RUN_2)));
  }

  private List<Effect> arrive(RunOrder order, RunId run) {
    node.apply(new Event.StartAsked(T0, order));
    return node.apply(new Event.WorkspaceMade(T0, run));
  }

  private static Node nodeWith(GateRules rules) {
    return new Node(NodeSettings.DEFAULT.with(rules));
  }

  private static Effect look(RunId run, RunOrder order) {
    return new Effect.LookAtGate(run, order);
  }

  private static Effect report(RunOrder order, String why) {
    return new Effect.Report(
        TestDescription.named(order.id())
            .with(TestProgress.NONE.attempt(1).with(TestStatus.PENDING, why)));
  }

  private static RunOrder order(String id, Map<String, String> parameters) {
    var execution = new TestExecution("sh", "", List.of(), parameters, List.of(), "");
    return new RunOrder(
        TestDescription.named(RuntimeId.of(id)).with(execution).with(TestProgress.NONE.attempt(1)),
        new Endpoint("10.1.1.9", 20321));
  }
}
