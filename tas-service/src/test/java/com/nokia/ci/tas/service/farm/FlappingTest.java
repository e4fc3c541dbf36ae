package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.nose;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.service.farm.FarmSettings.HealthLimits;
import com.nokia.ci.tas.service.farm.Health.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes and goes has to be steady before it gets tests. */
final class FlappingTest {
  private static final Duration STEADY = HealthLimits.DEFAULTS.steadyTime();

  private Stage stage = new Stage();

  @Test
  void aProductThatComesAndGoesIsHeldBackUntilItWasSteadyForAWhile() {
    stage.join(NODE_1, phone(1, "RM-1"));
    flap(4);
    assertEquals(State.GOOD, state());
    flap(1);

    assertEquals(State.UNSTEADY, state());
    assertEquals(ProductStatus.DISABLED, stage.product(1).product().status());
    assertEquals(
        "held back since 2026-11-20T08:00:05Z: it came and went 5 times of late, and has to be"
            + " steady until 2026-11-20T08:00:35Z",
        stage.product(1).product().statusDetails());
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.pass(STEADY.minusMillis(1), NODE_1);
    assertTrue(stage.isWaiting("a"));

    stage.pass(Duration.ofMillis(1), NODE_1);

    assertTrue(stage.isRunning("a"));
    assertEquals(State.GOOD, state());
  }

  @Test
  void theMoreItComesAndGoesTheLongerItHasToBeSteady() {
    stage.join(NODE_1, phone(1, "RM-1"));
    flap(7);

    stage.pass(STEADY.multipliedBy(4).minusMillis(1), NODE_1);
    assertEquals(State.UNSTEADY, state());
    stage.pass(Duration.ofMillis(1), NODE_1);
    assertEquals(State.GOOD, state());

    flap(50);
    stage.pass(Duration.ofMinutes(30), NODE_1);
    assertEquals(State.GOOD, state(), "but not for ever");
  }

  @Test
  void whatHappenedLongAgoCountsLess() {
    stage.join(NODE_1, phone(1, "RM-1"));
    flap(4);

    stage.pass(HealthLimits.DEFAULTS.flapWindow().multipliedBy(2), NODE_1);
    flap(3);
    assertEquals(State.GOOD, state(), "four are one by now");
    flap(1);

    assertEquals(State.UNSTEADY, state());
  }

  @Test
  void inTheHandsOfATestAProductMayComeAndGo() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    flap(20);

    assertEquals(Health.GOOD, stage.product(1).health(), "flashing does that");
    assertTrue(stage.isRunning("a"));
  }

  @Test
  void aTestWaitsForWhatIsOnlyUnsteadyHoweverLong() {
    stage = new Stage(SETTINGS.with(limits(5, Duration.ofMinutes(20))));
    stage.join(NODE_1, phone(1, "RM-1"));
    flap(5);
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.pass(Duration.ofMinutes(20), NODE_1);

    assertTrue(stage.isRunning("a"), "the expectation timeout of 15 minutes does not run");
  }

  @Test
  void aNodeThatRegistersTooOftenGetsNoTestsAndItsRunsGoOn() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    for (int i = 0; i < 5; i++) {
      stage.now = stage.now.plusSeconds(1);
      stage.apply(
          new Event.NodeRegistered(
              stage.now,
              NODE_1,
              Optional.of(
                  List.of(new RunReference(RuntimeId.of("a"), 1, List.of(Cast.product(1)))))));
    }

    assertTrue(stage.isRunning("a"));
    stage.submit(CLIENT_1, nose("b"), wanted());
    assertTrue(stage.isWaiting("b"));
    var node = stage.farm.snapshot().node(NODE_1.id()).orElseThrow();
    assertTrue(node.remark().startsWith("held back since 2026-11-20T08:00:05Z"), node.remark());

    stage.pass(STEADY, NODE_1);
    assertTrue(stage.isRunning("b"));
  }

  @Test
  void aNodeThatSaysGoodbyeEachTimeFlapsAllTheSame() {
    for (int i = 0; i < 6; i++) {
      stage.now = stage.now.plusSeconds(1);
      stage.join(NODE_1, phone(1, "RM-1"));
      if (i < 5) {
        stage.apply(new Event.NodeLeft(stage.now, NODE_1.id()));
      }
    }

    stage.submit(CLIENT_1, nose("a"), wanted());
    assertTrue(stage.isWaiting("a"));
    stage.join(NODE_2);
    assertTrue(stage.isRunning("a"), "others are not held back");
  }

  @Test
  void aNodeThatComesBackBecauseTheServiceDidDoesNotFlap() {
    stage.join(NODE_1, phone(1, "RM-1"));
    for (int i = 0; i < 10; i++) {
      stage.now = stage.now.plusSeconds(1);
      stage.apply(new Event.ServiceStarted(stage.now, SETTINGS));
      stage.join(NODE_1, phone(1, "RM-1"));
    }

    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    assertTrue(stage.isRunning("a"));
  }

  @Test
  void aFarmMayBeToldNotToCare() {
    stage = new Stage(SETTINGS.with(limits(0, STEADY)));
    stage.join(NODE_1, phone(1, "RM-1"));

    flap(100);

    assertEquals(Health.GOOD, stage.product(1).health());
  }

  @Test
  void whatIsGoneIsRememberedForAsLongAsTheAbsentAre() {
    for (int i = 0; i < 6; i++) {
      stage.join(NODE_1, phone(1, "RM-1"));
      stage.apply(new Event.NodeLeft(stage.now, NODE_1.id()));
    }
    stage.pass(Duration.ofSeconds(1));
    assertFalse(stage.farm.books().pastNodes.past().isEmpty());

    stage.pass(SETTINGS.bounds().absence().plusSeconds(1));

    assertTrue(stage.farm.books().pastNodes.past().isEmpty());
    assertTrue(stage.farm.books().pastProducts.past().isEmpty());
  }

  private static HealthLimits limits(int flaps, Duration steady) {
    var usual = HealthLimits.DEFAULTS;
    return new HealthLimits(usual.failures(), usual.coolDown(), flaps, usual.flapWindow(), steady);
  }

  private void flap(int times) {
    for (int i = 0; i < times; i++) {
      stage.now = stage.now.plusSeconds(1);
      stage.unplug(NODE_1, Cast.product(1));
      stage.plug(NODE_1, phone(1, "RM-1"));
    }
  }

  private State state() {
    return stage.product(1).health().state(stage.farm.snapshot().settings().health());
  }
}
