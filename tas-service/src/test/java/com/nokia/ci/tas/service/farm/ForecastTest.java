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
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.FarmSettings.Bounds;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a test that waits is expected to start. */
final class ForecastTest {
  private static final Wanted PAIR = wanted(demand("rm-code", "RM-1"), demand("rm-code", "RM-2"));
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final Stage stage = new Stage();

  @Test
  void withoutHistoryNothingIsExpected() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));

    assertEquals(Optional.empty(), estimate("b"));
  }

  @Test
  void aTestIsExpectedToStartWhenThoseBeforeItAreLikelyToHaveEnded() {
    learned(Duration.ofMinutes(10));
    stage.submit(CLIENT_1, flash("run_1"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("run_2"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("run_3"), kind("RM-1"));
    var began = stage.now;
    stage.pass(MINUTE.multipliedBy(4), NODE_1);

    assertEquals(began.plus(MINUTE.multipliedBy(10)), estimate("run_2").orElseThrow().start());
    assertEquals(began.plus(MINUTE.multipliedBy(20)), estimate("run_3").orElseThrow().start());
    var nearer = estimate("run_2").orElseThrow().error();
    var further = estimate("run_3").orElseThrow().error();
    assertTrue(further.compareTo(nearer) > 0, nearer + " and " + further);
  }

  @Test
  void whatIsMoreUrgentIsExpectedFirst() {
    learned(Duration.ofMinutes(10));
    stage.submit(CLIENT_1, flash("run_1"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("run_2"), kind("RM-1"));
    stage.submit(CLIENT_1, prior("run_3", 1), kind("RM-1"));

    var first = estimate("run_3").orElseThrow().start();
    assertEquals(first.plus(MINUTE.multipliedBy(10)), estimate("run_2").orElseThrow().start());
  }

  @Test
  void aTestForSeveralProductsIsExpectedWhenTheLastOfThemIsFree() {
    learned(Duration.ofMinutes(10));
    stage.plug(NODE_1, phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("run_1"), kind("RM-1"));
    stage.pass(MINUTE.multipliedBy(3), NODE_1);
    stage.submit(CLIENT_1, flash("run_2"), kind("RM-2"));
    var last = stage.now;
    stage.submit(CLIENT_1, flash("pair"), PAIR);

    assertEquals(last.plus(MINUTE.multipliedBy(10)), estimate("pair").orElseThrow().start());
  }

  @Test
  void aPlaceOnAFullNodeIsWaitedForToo() {
    var one = new Stage(SETTINGS.with(new Bounds(1, 100, 100, Cast.HOUR)));
    one.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    one.submit(CLIENT_1, flash("run_0"), kind("RM-1"));
    one.pass(MINUTE.multipliedBy(10), NODE_1);
    one.report(NODE_1, "run_0", 1, FINISHED);
    one.submit(CLIENT_1, flash("run_1"), kind("RM-1"));
    one.submit(CLIENT_1, flash("run_2"), kind("RM-1"));
    one.submit(CLIENT_1, nose("nose"), wanted());

    var start = one.farm.snapshot().estimate(new TestId("run_2")).orElseThrow().start();
    assertEquals(one.now.plus(MINUTE.multipliedBy(10)), start);
    assertEquals(
        one.now.plus(MINUTE.multipliedBy(20)),
        one.farm.snapshot().estimate(new TestId("nose")).orElseThrow().start());
  }

  @Test
  void familiesOfTestsAreLearnedApart() {
    stage.join(NODE_1, phone(1, "RM-1"));
    for (int i = 0; i < 3; i++) {
      run("slow_" + i, Duration.ofMinutes(30));
      run("fast_" + i, Duration.ofMinutes(2));
    }
    stage.submit(CLIENT_1, flash("fast_7"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("slow_7"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("last"), kind("RM-1"));

    assertEquals(stage.now.plus(Duration.ofMinutes(2)), estimate("slow_7").orElseThrow().start());
    assertEquals(stage.now.plus(Duration.ofMinutes(32)), estimate("last").orElseThrow().start());
  }

  @Test
  void whatNothingCouldServeIsNotExpected() {
    learned(MINUTE);
    stage.submit(CLIENT_1, flash("never"), kind("RM-9"));

    assertEquals(Optional.empty(), estimate("never"));
  }

  @Test
  void inMaintenanceNothingIsExpected() {
    learned(MINUTE);
    stage.apply(new Event.SettingsChanged(stage.now, SETTINGS.inMaintenance(true)));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    assertEquals(Optional.empty(), estimate("a"));
  }

  @Test
  void whatWasLearnedOutlivesARestart() {
    learned(MINUTE);
    stage.submit(CLIENT_1, flash("run_1"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("run_2"), kind("RM-1"));
    var restored = Farm.restored(stage.farm.snapshot().image()).snapshot();

    assertEquals(stage.farm.snapshot().image().habits(), restored.image().habits());
    assertEquals(estimate("run_2"), restored.estimate(new TestId("run_2")));
  }

  @Test
  void aFailedRunIsLearnedFromAndAStoppedOneIsNot() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.pass(MINUTE, NODE_1);
    stage.report(NODE_1, "a", 1, FAILED);
    assertEquals(1, learnedOfAll().count());

    stage.apply(new Event.StopRequested(stage.now, CLIENT_1.endpoint(), RuntimeId.of("a"), ""));
    stage.report(NODE_1, "a", 2, FAILED);

    assertEquals(1, learnedOfAll().count());
    assertEquals(MINUTE, learnedOfAll().mean());
  }

  @Test
  void whatIsLearnedIsBounded() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    var order = stage.farm.books().test(RuntimeId.of("a")).order();
    var habits = Habits.NONE;
    for (long family = 1; family < 10_000; family++) {
      habits = habits.with(Habit.first(family, MINUTE));
    }
    habits = habits.learned(order, MINUTE);

    assertTrue(habits.families().size() <= 4_096, "at most so many are known");
    assertTrue(habits.families().size() > 3_000, "not many are forgotten at once");
    assertEquals(habits.families().size(), habits.all().count());
    assertEquals(MINUTE, habits.of(order).orElseThrow().mean());
  }

  @Test
  void mostStartsFallWithinTheErrorThatWasTold() {
    var random = new Random(7);
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.join(NODE_2, phone(3, "RM-1"));
    for (int i = 0; i < 20; i++) {
      run("warm_" + i, Duration.ofSeconds(300 + random.nextInt(240)));
    }
    int checked = 0;
    int within = 0;
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 3; i++) {
        stage.submit(CLIENT_1, flash("busy" + round + "_" + i), kind("RM-1"));
      }
      stage.submit(CLIENT_1, flash("asked" + round + "_0"), kind("RM-1"));
      var told = estimate("asked" + round + "_0").orElseThrow();
      var ends = new Duration[3];
      var first = Duration.ofDays(1);
      for (int i = 0; i < 3; i++) {
        ends[i] = Duration.ofSeconds(300 + random.nextInt(240));
        first = first.compareTo(ends[i]) < 0 ? first : ends[i];
      }
      var off = Duration.between(stage.now.plus(first), told.start()).abs();
      checked++;
      within += off.compareTo(told.error()) <= 0 ? 1 : 0;
      stage.pass(first, NODE_1, NODE_2);
      for (int i = 0; i < 3; i++) {
        end("busy" + round + "_" + i);
      }
      stage.pass(Duration.ofMinutes(5), NODE_1, NODE_2);
      end("asked" + round + "_0");
    }

    assertTrue(within >= checked * 3 / 4, within + " of " + checked);
  }

  private Habit learnedOfAll() {
    return stage.farm.snapshot().image().habits().stream()
        .filter(habit -> habit.family() == 0)
        .findFirst()
        .orElseThrow();
  }

  /** A farm of one product on which tests named run take so long. */
  private void learned(Duration usual) {
    stage.join(NODE_1, phone(1, "RM-1"));
    for (int i = 0; i < 3; i++) {
      run("run_" + i, usual);
    }
  }

  private void run(String id, Duration takes) {
    stage.submit(CLIENT_1, flash(id), kind("RM-1"));
    stage.pass(takes, NODE_1, NODE_2);
    end(id);
  }

  private void end(String id) {
    var running = stage.farm.snapshot().running(new TestId(id)).orElseThrow();
    stage.report(
        running.node().equals(NODE_1.id()) ? NODE_1 : NODE_2, id, running.attempt(), FINISHED);
  }

  private Optional<Estimate> estimate(String test) {
    return stage.farm.snapshot().estimate(new TestId(test));
  }
}
