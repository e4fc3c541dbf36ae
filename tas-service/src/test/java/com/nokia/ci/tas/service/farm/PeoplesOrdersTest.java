package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.manual;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.FarmSnapshot.Holder.Hold;
import java.util.List;
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

  private Event stop(String test, String why) {
    return new Event.StopOrdered(stage.now, new TestId(test), "anna", why);
  }

  private Event free() {
    return new Event.ReleaseOrdered(stage.now, Cast.product(1), "anna", "forgotten");
  }
}
