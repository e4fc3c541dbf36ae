package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FAILED;
import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.demand;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.nose;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.prior;
import static com.nokia.ci.tas.service.farm.Cast.wanted;
import static com.nokia.ci.tas.service.farm.Cast.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.FarmSettings.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which test gets what, and when. */
final class SchedulerTest {
  private static final LargeArtifact IMAGE =
      new LargeArtifact(new ContentDigest("a".repeat(64)), 500_000_000);

  private static final Wanted PAIR = wanted(demand("rm-code", "RM-1"), demand("rm-code", "RM-2"));
  private final Stage stage = new Stage();

  @Test
  void anArrivingTestTakesWhatIsOpen() {
    stage.join(NODE_1, phone(1, "RM-1"));

    stage.submit(CLIENT_1, flash("a"), kind("rm-1"));

    assertEquals(List.of("a#1@node1.test"), stage.started());
  }

  @Test
  void aProductThatIsPluggedInStartsTheOldestTestThatCanUseIt() {
    stage.join(NODE_1);
    stage.submit(CLIENT_1, flash("other"), kind("RM-2"));
    stage.submit(CLIENT_1, flash("older"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("younger"), wanted(demand()));

    stage.plug(NODE_1, phone(1, "RM-1"));

    assertEquals(List.of("older#1@node1.test"), stage.started());
  }

  @Test
  void anAssignmentIsExactNotGreedy() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));

    stage.submit(CLIENT_1, flash("a"), wanted(demand(), demand("rm-code", "RM-1")));

    assertEquals(List.of("a#1@node1.test"), stage.started());
    var reserved = stage.wanted(Effect.StartRun.class).get(0).test().progress().reservedProducts();
    assertEquals(List.of("RM-2", "RM-1"), reserved.stream().map(p -> p.rmCode()).toList());
  }

  @Test
  void productsOfOneTestAreOnOneNode() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2, phone(2, "RM-2"));

    stage.submit(CLIENT_1, flash("a"), PAIR);

    assertTrue(stage.isWaiting("a"));
    assertEquals(
        "waiting for (rm-code:rm-1;role:main;status:free;) and"
            + " (rm-code:rm-2;role:main;status:free;): no node has all of these products",
        stage.farm.snapshot().waiting(new TestId("a")).orElseThrow().reason());
  }

  @Test
  void twoEqualDemandsNeedTwoProducts() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(
        CLIENT_1, flash("a"), wanted(demand("rm-code", "RM-1"), demand("rm-code", "RM-1")));
    assertTrue(stage.isWaiting("a"));

    stage.plug(NODE_1, phone(2, "RM-1"));

    assertEquals(List.of("a#1@node1.test"), stage.started());
  }

  @Test
  void valuesMatchWholeIgnoringCaseTheEnvironmentIncluded() {
    stage.join(NODE_1, phone(1, "RM-1").with(ProductAttribute.ENVIRONMENT, "Traces and Bluetooth"));

    stage.submit(CLIENT_1, flash("part"), wanted(demand("environment", "traces")));
    stage.submit(CLIENT_1, flash("whole"), wanted(demand("environment", "TRACES and bluetooth")));

    assertTrue(stage.isWaiting("part"));
    assertTrue(stage.isRunning("whole"));
  }

  @Test
  void theServicesAddressMatchesAsTheServiceShowsIt() {
    stage.join(NODE_1, phone(1, "RM-1").with(ProductAttribute.TAS_HOSTNAME, "10.1.1.1"));

    stage.submit(
        CLIENT_1, flash("a"), wanted(demand("tas-hostname", "Service.Test", "tas-port", "31415")));

    assertTrue(stage.isRunning("a"));
  }

  @Test
  void aProductOfAnotherRoleIsGivenOnlyWhenAskedFor() {
    stage.join(NODE_1, phone(1, "RM-1").with(ProductAttribute.ROLE, "reference"));
    stage.submit(CLIENT_1, flash("main"), kind("RM-1"));
    assertTrue(stage.isWaiting("main"));

    stage.submit(
        CLIENT_1, flash("reference"), wanted(demand("rm-code", "RM-1", "role", "reference")));

    assertTrue(stage.isRunning("reference"));
  }

  @Test
  void noProductIsGivenForAStatusOtherThanFree() {
    stage.join(NODE_1, phone(1, "RM-1"));

    stage.submit(CLIENT_1, flash("a"), wanted(demand("rm-code", "RM-1", "status", "busy")));

    assertTrue(stage.isWaiting("a"));
    assertTrue(
        stage
            .farm
            .snapshot()
            .waiting(new TestId("a"))
            .orElseThrow()
            .reason()
            .endsWith("it asks for status busy, but only free products are given to tests"));
  }

  @Test
  void amongEqualsTheProductThatFewestWaitingTestsNeedIsTaken() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.submit(
        CLIENT_1,
        flash("pair"),
        wanted(demand("imei", Cast.product(1).imei()), demand("rm-code", "RM-9")));

    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    assertEquals(
        Cast.product(2),
        stage
            .wanted(Effect.StartRun.class)
            .get(0)
            .test()
            .progress()
            .reservedProducts()
            .get(0)
            .id());
  }

  @Test
  void amongEqualsTheLeastLoadedNodeIsTaken() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.join(NODE_2, phone(3, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));

    assertEquals(List.of("b#1@node2.test"), stage.started());
  }

  @Test
  void amongEquallyLoadedNodesTheOneWithTheLargeArtifactsIsTaken() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2.holding(List.of(IMAGE.digest())), phone(2, "RM-1"));

    stage.submit(CLIENT_1, flashing("a", IMAGE), kind("RM-1"));

    assertEquals(List.of("a#1@node2.test"), stage.started());
  }

  @Test
  void whatANodeSaysLaterOfItsArtifactsCounts() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2, phone(2, "RM-1"));
    stage.apply(new Event.NodeSeen(stage.now, NODE_2.holding(List.of(IMAGE.digest()))));
    stage.restart();

    stage.submit(CLIENT_1, flashing("a", IMAGE), kind("RM-1"));

    assertEquals(List.of("a#1@node2.test"), stage.started());
  }

  @Test
  void theNodeThatLacksTheFewestBytesIsTaken() {
    var other = new LargeArtifact(new ContentDigest("b".repeat(64)), 5_000_000);
    stage.join(NODE_1.holding(List.of(other.digest())), phone(1, "RM-1"));
    stage.join(NODE_2.holding(List.of(IMAGE.digest())), phone(2, "RM-1"));

    stage.submit(CLIENT_1, flashing("a", IMAGE, other), kind("RM-1"));

    assertEquals(List.of("a#1@node2.test"), stage.started());
  }

  @Test
  void artifactsAreNoReasonForAMoreLoadedNode() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2.holding(List.of(IMAGE.digest())), phone(2, "RM-2"), phone(3, "RM-1"));
    stage.submit(CLIENT_1, flash("busy"), kind("RM-2"));

    stage.submit(CLIENT_1, flashing("a", IMAGE), kind("RM-1"));

    assertEquals(List.of("a#1@node1.test"), stage.started());
  }

  private static TestDescription flashing(String id, LargeArtifact... images) {
    return flash(id).with(flash(id).execution().large(List.of(images)));
  }

  @Test
  void aFullNodeTakesNoTestUntilOneEnds() {
    var one = new Stage(SETTINGS.with(new Bounds(1, 100, 100, Duration.ofHours(1))));
    one.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    one.submit(CLIENT_1, flash("a"), kind("RM-1"));
    one.submit(CLIENT_1, flash("b"), kind("RM-1"));
    assertTrue(one.isWaiting("b"));

    one.report(NODE_1, "a", 1, FINISHED);

    assertEquals(List.of("b#1@node1.test"), one.started());
  }

  @Test
  void noseTestsNeedANodeOnlyAndGetTheNamedOneIfTheyNameOne() {
    stage.join(NODE_1);
    stage.join(NODE_2);

    stage.submit(CLIENT_1, nose("any"), wanted());
    stage.submit(CLIENT_1, nose("named"), wanted(demand("hostname", "NODE1.test")));

    assertTrue(stage.isRunning("any"));
    assertEquals(List.of("named#1@node1.test"), stage.started());
  }

  @Test
  void noseTestsThatWaitStartOnANodeThatJoins() {
    stage.submit(CLIENT_1, nose("a"), wanted());
    stage.submit(CLIENT_1, nose("b"), wanted());

    stage.join(NODE_1);

    assertEquals(List.of("a#1@node1.test", "b#1@node1.test"), stage.started());
  }

  @Test
  void inMaintenanceNothingStartsAndAfterItEverythingThatCan() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.apply(new Event.SettingsChanged(stage.now, SETTINGS.inMaintenance(true)));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-2"));
    stage.submit(CLIENT_1, nose("c"), wanted());
    assertEquals(3, stage.farm.snapshot().waitingCount());

    stage.apply(new Event.SettingsChanged(stage.now, SETTINGS));

    assertEquals(
        List.of("a#1@node1.test", "b#1@node1.test", "c#1@node1.test"),
        stage.started().stream().sorted().toList());
  }

  @Test
  void aHigherPriorityComesFirstAndAmongEqualsTheOlder() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("now"), kind("RM-1"));
    stage.submit(CLIENT_1, prior("low", -1), kind("RM-1"));
    stage.submit(CLIENT_1, flash("plain"), kind("RM-1"));
    stage.submit(CLIENT_1, prior("high", 1), kind("RM-1"));
    stage.submit(CLIENT_1, prior("high too", 1), wanted(demand()));

    var order = new ArrayList<String>();
    for (String ends : List.of("now", "high", "high too", "plain")) {
      stage.report(NODE_1, ends, 1, FINISHED);
      order.addAll(stage.started());
    }

    assertEquals(
        List.of(
            "high#1@node1.test", "high too#1@node1.test", "plain#1@node1.test", "low#1@node1.test"),
        order);
  }

  // ---- tests for several products

  @Test
  void beforeItHasWaitedForLongATestForSeveralProductsIsOvertaken() {
    busyPair();
    stage.submit(CLIENT_1, flash("pair"), PAIR);
    stage.submit(CLIENT_1, flash("single"), kind("RM-1"));

    stage.report(NODE_1, "one", 1, FINISHED);

    assertEquals(List.of("single#1@node1.test"), stage.started());
  }

  @Test
  void onceItHasWaitedForTwoSecondsFittingProductsAreKeptForIt() {
    busyPair();
    stage.submit(CLIENT_1, flash("pair"), PAIR);
    stage.submit(CLIENT_1, flash("single"), kind("RM-1"));
    stage.pass(Duration.ofSeconds(2));

    stage.report(NODE_1, "one", 1, FINISHED);
    assertEquals(List.of(), stage.started());
    assertEquals(Optional.of(RuntimeId.of("pair")), stage.product(1).keptFor());
    stage.report(NODE_1, "two", 1, FINISHED);

    assertEquals(List.of("pair#1@node1.test"), stage.started());
  }

  @Test
  void whatIsOpenAlreadyIsKeptWhenTheTwoSecondsAreOver() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("two"), kind("RM-2"));
    stage.submit(CLIENT_1, flash("pair"), PAIR);

    stage.pass(Duration.ofSeconds(2));
    stage.submit(CLIENT_1, flash("single"), kind("RM-1"));

    assertTrue(stage.isWaiting("single"));
    assertEquals(Optional.of(RuntimeId.of("pair")), stage.product(1).keptFor());
  }

  @Test
  void anOlderTestIsServedBeforeWhatIsKeptForAYoungerOne() {
    busyPair();
    stage.submit(CLIENT_1, flash("single"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("pair"), PAIR);
    stage.pass(Duration.ofSeconds(2));

    stage.report(NODE_1, "one", 1, FINISHED);

    assertEquals(List.of("single#1@node1.test"), stage.started());
  }

  @Test
  void whatIsKeptIsOpenAgainWhenItsTestEnds() {
    busyPair();
    stage.submit(CLIENT_1, flash("pair"), PAIR);
    stage.submit(CLIENT_1, flash("single"), kind("RM-1"));
    stage.pass(Duration.ofSeconds(2));
    stage.report(NODE_1, "one", 1, FINISHED);

    stage.apply(new Event.StopRequested(stage.now, CLIENT_1.endpoint(), RuntimeId.of("pair"), ""));

    assertEquals(List.of("single#1@node1.test"), stage.started());
  }

  @Test
  void nothingIsKeptWhereTheRestCanNeverBe() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2, phone(2, "RM-1"), phone(3, "RM-2"));
    stage.submit(CLIENT_1, flash("three"), kind("RM-2"));
    stage.submit(CLIENT_1, flash("pair"), PAIR);

    stage.pass(Duration.ofSeconds(2));

    assertEquals(Optional.empty(), stage.product(1).keptFor());
    assertEquals(Optional.of(RuntimeId.of("pair")), stage.product(2).keptFor());
  }

  @Test
  void whatIsKeptIsGivenUpWhenTheRestIsUnplugged() {
    busyPair();
    stage.submit(CLIENT_1, flash("pair"), PAIR);
    stage.pass(Duration.ofSeconds(2));
    stage.report(NODE_1, "one", 1, FINISHED);
    assertEquals(Optional.of(RuntimeId.of("pair")), stage.product(1).keptFor());

    stage.unplug(NODE_1, Cast.product(2));

    assertEquals(Optional.empty(), stage.product(1).keptFor());
  }

  @Test
  void aFailedTestGetsKeptProductsOfAYoungerOneOnlyIfItNeedsSeveral() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"), phone(3, "RM-2"));
    stage.submit(CLIENT_1, flash("old"), PAIR);
    stage.submit(CLIENT_1, flash("three"), kind("RM-2"));
    stage.submit(CLIENT_1, flash("young"), PAIR);
    stage.pass(Duration.ofSeconds(3));
    stage.report(NODE_1, "three", 1, FINISHED);

    stage.report(NODE_1, "old", 1, FAILED);

    assertEquals(List.of("old#2@node1.test"), stage.started());
  }

  @Test
  void whatIsKeptForATestGoesToNoneBehindItThatNeedsSeveralToo() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"), phone(3, "RM-3"));
    stage.submit(CLIENT_1, flash("two"), kind("RM-2"));
    stage.submit(CLIENT_1, flash("three"), kind("RM-3"));
    stage.submit(CLIENT_1, flash("old"), PAIR);
    stage.submit(
        CLIENT_1, flash("young"), wanted(demand("rm-code", "RM-1"), demand("rm-code", "RM-3")));
    stage.pass(Duration.ofSeconds(3), NODE_1);

    stage.report(NODE_1, "three", 1, FINISHED);

    assertEquals(List.of(), stage.started());
    assertEquals(Optional.of(RuntimeId.of("old")), stage.product(1).keptFor());
    assertEquals(Optional.of(RuntimeId.of("young")), stage.product(3).keptFor());
  }

  @Test
  void whoLosesAllThatWasKeptToAnOlderOneMayGatherElsewhere() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"), phone(3, "RM-3"));
    stage.submit(CLIENT_1, flash("old"), PAIR);
    stage.submit(CLIENT_1, flash("three"), kind("RM-3"));
    stage.submit(CLIENT_1, flash("other"), kind("RM-3"));
    stage.submit(
        CLIENT_1, flash("young"), wanted(demand("rm-code", "RM-2"), demand("rm-code", "RM-3")));
    stage.pass(Duration.ofSeconds(3), NODE_1);
    stage.plug(NODE_1, phone(4, "RM-2"));
    assertEquals(Optional.of(RuntimeId.of("young")), stage.product(4).keptFor());
    stage.unplug(NODE_1, Cast.product(2));
    stage.report(NODE_1, "old", 1, FAILED);
    assertEquals(List.of("old#2@node1.test"), stage.started());
    stage.join(NODE_2, phone(6, "RM-3"));
    assertEquals(List.of("other#1@node2.test"), stage.started());

    stage.plug(NODE_2, phone(5, "RM-2"));

    assertEquals(Optional.of(RuntimeId.of("young")), stage.product(5).keptFor());
  }

  @Test
  void whatBecomesOfUseWhileItIsInUseMakesItsNodeAPlaceToKeepProducts() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-3"));
    stage.submit(CLIENT_1, flash("user"), kind("RM-1"));
    stage.submit(
        CLIENT_1, flash("pair"), wanted(demand("rm-code", "RM-2"), demand("rm-code", "RM-3")));
    stage.pass(Duration.ofSeconds(3), NODE_1);
    assertEquals(Optional.empty(), stage.product(2).keptFor());

    stage.plug(NODE_1, phone(1, "RM-2"));

    assertEquals(Optional.of(RuntimeId.of("pair")), stage.product(2).keptFor());
  }

  // ---- never

  @Test
  void onlyATestThatNothingCouldServeWaitsForItsExpectationTimeout() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.submit(CLIENT_1, within(flash("behind"), Duration.ofHours(5)), kind("RM-1"));
    stage.submit(CLIENT_1, within(flash("never"), Duration.ofHours(5)), kind("RM-9"));

    stage.pass(Duration.ofMinutes(15), NODE_1);

    assertEquals(List.of("client1.test never failed"), stage.told());
    assertEquals(
        "nothing in the farm could serve it for 900000 ms, the"
            + " test-resources-expectation-timeout: waiting for"
            + " (rm-code:rm-9;role:main;status:free;): no product of the farm has rm-code:rm-9,"
            + " the nearest is rm-code:rm-1; product 350000000000001 would do otherwise",
        stage.details());
    assertTrue(stage.isWaiting("behind"));
  }

  @Test
  void theExpectationTimeoutBeginsAnewWhenHopeIsLostAgain() {
    stage.join(NODE_1);
    stage.submit(CLIENT_1, within(flash("a"), Duration.ofHours(5)), PAIR);
    stage.pass(Duration.ofMinutes(14), NODE_1);
    stage.plug(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));
    stage.plug(NODE_1, phone(2, "RM-2"));
    stage.pass(Duration.ofMinutes(14), NODE_1);
    assertTrue(stage.isWaiting("a"));

    stage.unplug(NODE_1, Cast.product(2));
    stage.pass(Duration.ofMinutes(14), NODE_1);
    assertTrue(stage.isWaiting("a"));
    stage.pass(Duration.ofMinutes(1), NODE_1);

    assertEquals(List.of("client1.test a failed"), stage.told());
  }

  @Test
  void aTestSaysWhatItWaitsFor() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));

    assertEquals(
        "waiting for (rm-code:rm-1;role:main;status:free;): product 350000000000001 is reserved"
            + " for test a until 2026-11-20T09:00:00Z",
        stage.farm.snapshot().waiting(new TestId("b")).orElseThrow().reason());
  }

  @Test
  void attributesThatTheGuideDoesNotKnowCanBeAskedFor() {
    stage.join(NODE_1, phone(1, "RM-1").with(Map.of("colour", "Red")), phone(2, "RM-1"));

    stage.submit(CLIENT_1, flash("a"), wanted(demand("colour", "red")));

    assertEquals(List.of("a#1@node1.test"), stage.started());
    assertTrue(stage.product(1).holder().isPresent());
  }

  /** Two products of two kinds, each with a test of its own. */
  private void busyPair() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("one"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("two"), kind("RM-2"));
  }
}
