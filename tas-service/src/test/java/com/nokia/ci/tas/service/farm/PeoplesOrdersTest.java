package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.demand;
import static com.nokia.ci.tas.service.farm.Cast.divided;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.manual;
import static com.nokia.ci.tas.service.farm.Cast.packed;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.prior;
import static com.nokia.ci.tas.service.farm.Cast.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.FarmSnapshot.Holder.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people order who have logged in. */
final class PeoplesOrdersTest {
  private final Stage stage = new Stage();

  @Test
  void aRunningTestIsStoppedInTheNameOfWhoeverOrderedIt() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.apply(stop("a", "the rack is moved"));

    assertEquals(List.of("client1.test a failed"), stage.told());
    assertEquals("stopped by anna: the rack is moved", stage.details());
    assertEquals(1, stage.wanted(Effect.StopRun.class).size());
    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
    assertEquals(
        EndedTest.Verdict.STOPPED,
        stage.farm.snapshot().ended(new TestId("a")).orElseThrow().verdict());
  }

  @Test
  void aWaitingTestIsStoppedToo() {
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.apply(stop("a", ""));

    assertEquals("stopped by anna", stage.details());
    assertEquals(0, stage.farm.snapshot().waitingCount());
  }

  @Test
  void aTestThatIsNotThereIsNotStopped() {
    stage.apply(stop("a", ""));

    assertEquals(List.of(), stage.effects);
  }

  @Test
  void aKeptProductIsFreed() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, manual("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 1, TestStatus.FINISHED);
    assertEquals(Hold.KEPT, stage.product(1).holder().orElseThrow().hold());

    stage.apply(free());

    assertEquals(Optional.empty(), stage.product(1).holder());
    assertEquals(
        "anna released product 350000000000001: forgotten",
        stage.wanted(Effect.RunMoved.class).get(0).why());
  }

  @Test
  void aProductThatATestUsesIsFreeWhenItsRunHasEndedAndTheTestGoesOnElsewhere() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.apply(free());

    assertEquals(1, stage.wanted(Effect.StopRun.class).size());
    assertEquals(Hold.ENDING, stage.product(1).holder().orElseThrow().hold());
    assertEquals(
        Optional.empty(), stage.farm.snapshot().ended(new TestId("a")), "the test is not over");

    stage.join(NODE_2, phone(2, "RM-1"));
    assertEquals(List.of("a#2@node2.test"), stage.started());
    stage.report(NODE_1, "a", 1, TestStatus.FAILED);
    assertEquals(Optional.empty(), stage.product(1).holder());
  }

  @Test
  void aTestThatIsGivenAHigherPriorityGoesFirst() {
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("c"), kind("RM-2"));

    stage.apply(new Event.PriorityOrdered(stage.now, new TestId("b"), "anna", 7));

    var queue = stage.farm.snapshot().waiting(0, 10);
    assertEquals(List.of("b", "a", "c"), queue.stream().map(it -> it.test().id().text()).toList());
    assertEquals(7, queue.get(0).test().demand().priority());
    assertEquals(
        "test b has priority 7, as ordered by anna",
        stage.wanted(Effect.Notice.class).get(0).text());
    stage.join(NODE_1, phone(1, "RM-1"));
    assertTrue(stage.isRunning("b"));
    assertTrue(stage.isWaiting("a"));
  }

  @Test
  void aTestForWhichAProductIsKeptStaysInItsTurnWhateverItsPriority() {
    var pair = wanted(demand("rm-code", "RM-1"), demand("rm-code", "RM-2"));
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("pair"), pair);
    stage.pass(Duration.ofSeconds(5), NODE_1);
    stage.apply(new Event.PriorityOrdered(stage.now, new TestId("pair"), "anna", -1000));

    stage.report(NODE_1, phone(2, "RM-2"));

    assertTrue(stage.isRunning("pair"));
  }

  @Test
  void theSubTestsOfATestAndItsNextRunHaveItsNewPriority() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, packed("a", "p", "q"), kind("RM-1"));

    stage.apply(new Event.PriorityOrdered(stage.now, new TestId("a"), "anna", 7));
    stage.submit(CLIENT_1, prior("b", 6), kind("RM-1"));
    stage.report(NODE_1, "a_1", 1, TestStatus.FAILED);

    assertTrue(stage.isWaiting("b"));
    assertEquals(
        7, stage.farm.snapshot().running(new TestId("a")).orElseThrow().test().demand().priority());
  }

  @Test
  void aPriorityThatNoTestCanHaveAndATestThatIsNotThereChangeNothing() {
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.apply(new Event.PriorityOrdered(stage.now, new TestId("a"), "anna", 1001));
    assertEquals(List.of(), stage.effects);
    stage.apply(new Event.PriorityOrdered(stage.now, new TestId("x"), "anna", 1));
    assertEquals(List.of(), stage.effects);
  }

  @Test
  void aTestThatNeedsNothingOfItsClientRunsAgainForNobodyAndIsToldToNobody() {
    stage.join(NODE_1, phone(1, "RM-1"));

    stage.apply(again(alone("a-again")));
    assertEquals(List.of("a-again#1@node1.test"), stage.started());
    assertEquals(List.of(), stage.told());
    stage.report(NODE_1, "a-again", 1, TestStatus.FINISHED);

    assertEquals(List.of(), stage.told());
    var ended = stage.farm.snapshot().ended(new TestId("a-again")).orElseThrow();
    assertEquals(EndedTest.Verdict.FINISHED, ended.verdict());
    assertEquals(CLIENT_1, ended.client(), "who issued it when it ran before");
    assertTrue(ended.test().origin().bond().isDetached(), "its results are there for whoever may");
  }

  @Test
  void aTestThatNeedsItsClientIsNotRunAgainAndHistorySaysWhy() {
    stage.join(NODE_1, phone(1, "RM-1"));

    stage.apply(again(flash("a-again")));

    assertEquals(List.of(), stage.started());
    assertEquals(List.of(), stage.told());
    var recorded = stage.wanted(Effect.RecordEnded.class).get(0).test();
    assertEquals(EndedTest.Verdict.REFUSED, recorded.verdict());
    assertEquals("needs-its-client", recorded.reason().orElseThrow().code());
  }

  @Test
  void whatBecameOfEachRunIsKnownWhileTheTestLivesAndAfterwards() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2, phone(2, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.report(NODE_1, "a", 1, TestStatus.STARTED);
    stage.report(NODE_1, "a", 1, TestStatus.FAILED);

    var live = stage.farm.snapshot().attempts(new TestId("a"));
    assertEquals(List.of(1, 2), live.stream().map(Attempt::number).toList());
    assertEquals(Optional.of(EndedTest.Verdict.FAILED), live.get(0).end());
    assertEquals(List.of(Cast.product(1)), live.get(0).products());
    assertEquals(NODE_1.id(), live.get(0).node());
    assertTrue(live.get(0).started().isPresent());
    assertEquals("exit code 3", live.get(0).cause().orElseThrow().sentence());
    assertEquals(Optional.empty(), live.get(1).ended());

    stage.report(NODE_2, "a", 2, TestStatus.STARTED);
    stage.report(NODE_2, "a", 2, TestStatus.FINISHED);

    var past = stage.farm.snapshot().attempts(new TestId("a"));
    assertEquals(live.get(0), past.get(0));
    assertEquals(Optional.of(EndedTest.Verdict.FINISHED), past.get(1).end());
    assertEquals(NODE_2.id(), past.get(1).node());
    assertEquals(past, stage.farm.snapshot().ended(new TestId("a")).orElseThrow().runs());
  }

  @Test
  void theRunsOfSubTestsAreListedWithTheirNames() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.submit(CLIENT_1, divided("perpackage", packed("a", "p", "q")), kind("RM-1"));
    stage.report(NODE_1, "a_1", 1, TestStatus.FINISHED);
    stage.report(NODE_1, "a_2", 1, TestStatus.FINISHED);

    var runs = stage.farm.snapshot().attempts(new TestId("a"));

    assertEquals(List.of("a_1", "a_2"), runs.stream().map(it -> it.run().text()).toList());
    assertEquals(
        List.of(Optional.of(EndedTest.Verdict.FINISHED), Optional.of(EndedTest.Verdict.FINISHED)),
        runs.stream().map(Attempt::end).toList());
  }

  /** A test that needs no file. */
  private static TestDescription alone(String id) {
    return flash(id)
        .with(new TestExecution("selftest", "", List.of(), Map.of(), List.of(), "r.zip"));
  }

  private Event again(TestDescription test) {
    return new Event.RunAgainOrdered(stage.now, test, kind("RM-1"), CLIENT_1, "anna");
  }

  private Event stop(String test, String why) {
    return new Event.StopOrdered(stage.now, new TestId(test), "anna", why);
  }

  private Event free() {
    return new Event.ReleaseOrdered(stage.now, Cast.product(1), "anna", "forgotten");
  }
}
