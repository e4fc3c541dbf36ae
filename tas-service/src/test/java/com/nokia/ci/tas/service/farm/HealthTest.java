package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.demand;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.FarmSettings.HealthLimits;
import com.nokia.ci.tas.service.farm.FarmSettings.TestLimits;
import com.nokia.ci.tas.service.farm.Health.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What runs tell of products and nodes: suspect, confirmed, out of use, and the way back. */
final class HealthTest {
  private static final Duration COOL_DOWN = HealthLimits.DEFAULTS.coolDown();

  /** No test is started again, so that each failure is the end of one. */
  private static final FarmSettings ONCE = SETTINGS.with(retries(0));

  private Stage stage = new Stage(ONCE);

  // ---- products

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"PRODUCT", "NODE"})
  void threeFailuresInARowFromThreeTestsMakeAProductSuspectAndAFourthPutsItOutOfUse(Fault fault) {
    stage.join(NODE_1, phone(1, "RM-1"));

    fail(1, fault, "a", "b");
    assertEquals(State.GOOD, stateOf(1));
    fail(1, fault, "c");
    assertEquals(State.SUSPECT, stateOf(1));
    assertEquals(ProductStatus.FREE, stage.product(1).product().status(), "it is still given");
    fail(1, fault, "d");

    assertEquals(State.DISABLED, stateOf(1));
    assertEquals(ProductStatus.DISABLED, stage.product(1).product().status());
    assertEquals(
        "out of use since 2026-11-20T08:00:00Z: tests a, b, c, d failed in a row by no fault of"
            + " their own, the last because exit code 3; it is tried again at 2026-11-20T08:10:00Z",
        stage.product(1).product().statusDetails());
    stage.submit(CLIENT_1, flash("e"), imei(1));
    assertTrue(stage.isWaiting("e"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"TEST", "REQUESTER", "ARTIFACT", "FARM"})
  void whatIsNotTheFaultOfProductOrNodeDoesNotCount(Fault fault) {
    stage.join(NODE_1, phone(1, "RM-1"));

    fail(1, fault, "a", "b", "c", "d", "e");

    assertEquals(Health.GOOD, stage.product(1).health());
    assertEquals(Health.GOOD, standing(NODE_1));
  }

  @Test
  void failuresOfOneTestCountOnce() {
    stage = new Stage(SETTINGS.with(retries(9)));
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), imei(1));

    for (int attempt = 1; attempt <= 9; attempt++) {
      stage.report(NODE_1, "a", attempt, TestStatus.FAILED, Optional.of(Fault.PRODUCT));
      stage.pass(Cooling.GAP);
    }

    assertEquals(1, stage.product(1).health().strikes().size());
  }

  @Test
  void ofSeveralProductsOnlyTheOneThatTheNodeNamesIsBlamed() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    var pair = Cast.wanted(Cast.demand("rm-code", "RM-1"), Cast.demand("rm-code", "RM-2"));
    stage.submit(CLIENT_1, flash("a"), pair);

    stage.apply(
        new Event.RunReported(
            stage.now,
            NODE_1.id(),
            RuntimeId.of("a"),
            1,
            TestStatus.FAILED,
            "product " + Cast.product(2) + " (main) is sick, says the executor: no picture",
            Optional.of(Fault.PRODUCT)));

    assertEquals(Health.GOOD, stage.product(1).health());
    assertEquals(1, stage.product(2).health().strikes().size());
  }

  @Test
  void aSuccessClearsASuspect() {
    stage.join(NODE_1, phone(1, "RM-1"));
    fail(1, Fault.PRODUCT, "a", "b", "c");

    succeed(1, "d");

    assertEquals(Health.GOOD, stage.product(1).health());
    fail(1, Fault.PRODUCT, "e", "f", "g");
    assertEquals(State.SUSPECT, stateOf(1), "it counts anew");
  }

  @Test
  void whatFailsElsewhereTooIsTheFaultOfTheTest() {
    stage = new Stage(SETTINGS.with(retries(1)));
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2, phone(2, "RM-1"));

    for (var test : List.of("a", "b", "c", "d", "e")) {
      stage.submit(CLIENT_1, flash(test), Cast.kind("RM-1"));
      var first = nodeOf(test);
      stage.report(first, test, 1, TestStatus.FAILED, Optional.of(Fault.PRODUCT));
      assertEquals(1, strikes(), "held against the one where it failed first");
      var second = nodeOf(test);
      assertFalse(second.equals(first), "it is started elsewhere");
      stage.report(second, test, 2, TestStatus.FAILED, Optional.of(Fault.PRODUCT));
      assertEquals(0, strikes());
      assertEquals(Health.GOOD, standing(NODE_1));
      assertEquals(Health.GOOD, standing(NODE_2));
    }
  }

  @Test
  void aTestThatWasSickBringsBackWhatItHelpedToPutOutOfUse() {
    stage = new Stage(SETTINGS.with(retries(1)));
    stage.join(NODE_1, phone(1, "RM-1"));
    for (var test : List.of("a", "b", "c", "d")) {
      stage.submit(CLIENT_1, flash(test), imei(1));
      stage.report(NODE_1, test, 1, TestStatus.FAILED, Optional.of(Fault.PRODUCT));
      stage.pass(Cooling.GAP);
      if (!test.equals("d")) {
        stage.report(NODE_1, test, 2, TestStatus.FAILED, Optional.of(Fault.PRODUCT));
      }
    }
    assertEquals(State.DISABLED, stateOf(1));

    // The last of them, which names no product, fails on another as well.
    stage = new Stage(SETTINGS.with(retries(1)));
    stage.join(NODE_1, phone(1, "RM-1"));
    for (var test : List.of("a", "b", "c")) {
      stage.submit(CLIENT_1, flash(test), imei(1));
      stage.report(NODE_1, test, 1, TestStatus.FAILED, Optional.of(Fault.PRODUCT));
      stage.pass(Cooling.GAP);
      stage.report(NODE_1, test, 2, TestStatus.FAILED, Optional.of(Fault.PRODUCT));
    }
    stage.submit(CLIENT_1, flash("d"), Cast.kind("RM-1"));
    stage.report(NODE_1, "d", 1, TestStatus.FAILED, Optional.of(Fault.PRODUCT));
    assertEquals(State.DISABLED, stateOf(1));

    stage.join(NODE_2, phone(2, "RM-1"));
    stage.report(NODE_2, "d", 2, TestStatus.FAILED, Optional.of(Fault.PRODUCT));

    assertEquals(State.SUSPECT, stateOf(1));
    assertEquals(ProductStatus.FREE, stage.product(1).product().status());
  }

  @Test
  void aProductThatIsGoneForTooLongCountsAndNotTheOthersOfItsRun() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(
        CLIENT_1, flash("a"), wanted(demand("rm-code", "RM-1"), demand("rm-code", "RM-2")));

    stage.unplug(NODE_1, Cast.product(2));
    stage.pass(Duration.ofMinutes(6), NODE_1);

    assertEquals(List.of(), stage.product(1).health().strikes());
    assertEquals(1, stage.product(2).health().strikes().size());
  }

  // ---- the way back

  @Test
  void aProductIsTriedAgainAfterACoolDownThatDoubles() {
    stage.join(NODE_1, phone(1, "RM-1"));
    fail(1, Fault.PRODUCT, "a", "b", "c", "d");
    stage.submit(CLIENT_1, flash("e"), imei(1));

    stage.pass(COOL_DOWN.minusMillis(1), NODE_1);
    assertTrue(stage.isWaiting("e"));
    stage.pass(Duration.ofMillis(1), NODE_1);

    assertTrue(stage.isRunning("e"), "it is tried with the next test");
    assertEquals(State.SUSPECT, stateOf(1));
    stage.report(NODE_1, "e", 1, TestStatus.FAILED, Optional.of(Fault.PRODUCT));
    assertEquals(State.DISABLED, stateOf(1));
    stage.pass(COOL_DOWN.multipliedBy(2).minusMillis(1), NODE_1);
    assertEquals(State.DISABLED, stateOf(1));
    stage.submit(CLIENT_1, flash("f"), imei(1));
    stage.pass(Duration.ofMillis(1), NODE_1);
    assertTrue(stage.isRunning("f"));
    stage.report(NODE_1, "f", 1, TestStatus.FINISHED);
    assertEquals(Health.GOOD, stage.product(1).health());
  }

  @Test
  void aPersonEnablesItAtOnce() {
    stage.join(NODE_1, phone(1, "RM-1"));
    fail(1, Fault.PRODUCT, "a", "b", "c", "d");
    stage.submit(CLIENT_1, flash("e"), imei(1));

    stage.apply(
        new Event.ProductOrdered(
            stage.now,
            Cast.product(1),
            new PersonsOrder(PersonsOrder.Kind.ENABLE, "anna", "new cable")));

    assertTrue(stage.isRunning("e"));
    assertEquals(Health.GOOD, stage.product(1).health());
  }

  @Test
  void withoutACoolDownItWaitsForAPerson() {
    stage = new Stage(ONCE.with(limits(3, Duration.ZERO, 5)));
    stage.join(NODE_1, phone(1, "RM-1"));

    fail(1, Fault.PRODUCT, "a", "b", "c", "d");
    stage.pass(Duration.ofDays(1), NODE_1);

    assertEquals(State.DISABLED, stateOf(1));
    assertTrue(
        stage.product(1).product().statusDetails().endsWith("; a person has to enable it"),
        stage.product(1).product().statusDetails());
  }

  @Test
  void aFarmMayBeToldNotToJudge() {
    stage = new Stage(ONCE.with(limits(0, COOL_DOWN, 5)));
    stage.join(NODE_1, phone(1, "RM-1"));

    fail(1, Fault.PRODUCT, "a", "b", "c", "d", "e", "f");

    assertEquals(Health.GOOD, stage.product(1).health());
  }

  @Test
  void whatItsNodeSaysOfAProductChangesNothingOfIt() {
    stage.join(NODE_1, phone(1, "RM-1"));
    fail(1, Fault.PRODUCT, "a", "b", "c", "d");
    String why = stage.product(1).product().statusDetails();

    stage.report(NODE_1, phone(1, "RM-1"));
    assertEquals(why, stage.product(1).product().statusDetails());
    stage.unplug(NODE_1, Cast.product(1));
    stage.plug(NODE_1, phone(1, "RM-1"));
    assertEquals(why, stage.product(1).product().statusDetails());
    stage.pass(Duration.ofMinutes(1), NODE_1);
    stage.apply(new Event.NodeLeft(stage.now, NODE_1.id()));
    stage.join(NODE_2, phone(1, "RM-1"));
    assertEquals(why, stage.product(1).product().statusDetails(), "on another node, too");
  }

  // ---- nodes

  @Test
  void failuresOnDifferentProductsOfANodeAreTheFaultOfTheNodeAndNotOfItsProducts() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"), phone(3, "RM-1"), phone(4, "RM-1"));

    fail(1, Fault.PRODUCT, "a");
    fail(2, Fault.PRODUCT, "b");
    assertEquals(1, stage.product(1).health().strikes().size());
    fail(3, Fault.PRODUCT, "c");

    assertEquals(State.SUSPECT, standing(NODE_1).state(ONCE.health()));
    assertEquals(0, strikes(), "the products are not to blame");
    fail(4, Fault.PRODUCT, "d");
    assertEquals(State.DISABLED, standing(NODE_1).state(ONCE.health()));
    assertEquals(0, strikes());
    stage.submit(CLIENT_1, flash("e"), imei(1));
    assertTrue(stage.isWaiting("e"));

    stage.pass(COOL_DOWN, NODE_1);
    assertTrue(stage.isRunning("e"), "it is tried again");
    stage.report(NODE_1, "e", 1, TestStatus.FINISHED);
    assertEquals(Health.GOOD, standing(NODE_1));
  }

  @Test
  void aSickProductDoesNotTakeDownItsNodeOrTheOthersThere() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));

    fail(1, Fault.PRODUCT, "a", "b", "c", "d");

    assertEquals(State.DISABLED, stateOf(1));
    assertEquals(Health.GOOD, stage.product(2).health());
    assertEquals(State.GOOD, standing(NODE_1).state(ONCE.health()));
    succeed(2, "e");
    assertEquals(State.DISABLED, stateOf(1));
  }

  @Test
  void whatFailsAtTheSameTimeIsOneFailureOfTheNode() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"), phone(3, "RM-1"), phone(4, "RM-1"));
    for (int i = 1; i <= 4; i++) {
      stage.submit(CLIENT_1, flash("t" + i), imei(i));
    }
    stage.now = stage.now.plusSeconds(1);

    for (int i = 1; i <= 4; i++) {
      stage.report(NODE_1, "t" + i, 1, TestStatus.FAILED, Optional.of(Fault.NODE));
    }

    assertEquals(1, standing(NODE_1).strikes().size());
  }

  @Test
  void whatANodeReportsAsItSaysGoodbyeIsHeldAgainstNothing() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), imei(1));
    stage.report(NODE_1, "a", 1, TestStatus.FAILED, Optional.of(Fault.NODE));
    assertEquals(1, strikes());

    stage.apply(new Event.NodeLeft(stage.now.plusSeconds(1), NODE_1.id()));
    stage.join(NODE_1, phone(1, "RM-1"));

    assertEquals(0, strikes());
    assertEquals(List.of(), standing(NODE_1).strikes());
  }

  // ---- placing

  @Test
  void amongEqualsWhatDidNotFailOfLateIsPreferred() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    fail(1, Fault.PRODUCT, "a");

    stage.submit(CLIENT_1, flash("b"), Cast.kind("RM-1"));
    assertEquals(Optional.empty(), stage.product(1).holder());
    stage.report(NODE_1, "b", 1, TestStatus.FAILED, Optional.of(Fault.NODE));
    stage.join(NODE_2, phone(3, "RM-1"));
    stage.submit(CLIENT_1, flash("c"), Cast.kind("RM-1"));

    assertEquals(NODE_2, nodeOf("c"), "the node, too");
  }

  // ---- the stage

  private static TestLimits retries(int most) {
    var usual = TestLimits.DEFAULTS;
    return new TestLimits(
        usual.defaultTimeout(),
        usual.minimalExecutionTime(),
        usual.resourcesExpectationTimeout(),
        most,
        usual.gatheringDelay(),
        usual.disconnectionTimeout(),
        usual.overtakingLimit());
  }

  private static HealthLimits limits(int failures, Duration coolDown, int flaps) {
    var usual = HealthLimits.DEFAULTS;
    return new HealthLimits(failures, coolDown, flaps, usual.flapWindow(), usual.steadyTime());
  }

  private static Wanted imei(int number) {
    return wanted(demand("imei", Cast.product(number).imei()));
  }

  /** Tests that name the product fail on it, one after the other. */
  private void fail(int product, Fault fault, String... tests) {
    for (var test : tests) {
      stage.submit(CLIENT_1, flash(test), imei(product));
      stage.report(nodeOf(test), test, 1, TestStatus.FAILED, Optional.of(fault));
    }
  }

  private void succeed(int product, String test) {
    stage.submit(CLIENT_1, flash(test), imei(product));
    stage.report(nodeOf(test), test, 1, TestStatus.FINISHED);
  }

  private NodeDescription nodeOf(String test) {
    var running = stage.farm.snapshot().running(new TestId(test)).orElseThrow();
    return stage.farm.snapshot().node(running.node()).orElseThrow().node();
  }

  private State stateOf(int product) {
    return stage.product(product).health().state(stage.farm.snapshot().settings().health());
  }

  private Health standing(NodeDescription node) {
    return stage.farm.snapshot().node(node.id()).orElseThrow().standing();
  }

  /** How many failures are held against products. */
  private int strikes() {
    return stage.farm.snapshot().products().stream()
        .mapToInt(product -> product.health().strikes().size())
        .sum();
  }
}
