package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_2;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.demand;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.prior;
import static com.nokia.ci.tas.service.farm.Cast.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What priority can do, and what it cannot. */
final class PriorityTest {
  private static final Wanted PAIR = wanted(demand("rm-code", "RM-1"), demand("rm-code", "RM-2"));
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int RUN = 10;
  private static final Duration LIMIT = SETTINGS.tests().overtakingLimit();

  private final Stage stage = new Stage();
  private final List<Deque<String>> streams = List.of(new ArrayDeque<>(), new ArrayDeque<>());
  private int streamed;

  @Test
  void noTestStarvesThatNeedsSeveralProductsUnderAStreamOfMoreUrgentTests() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stream(0);
    stream(1);
    stage.submit(CLIENT_1, prior("pair", -1000), PAIR);

    int waited = 0;
    while (stage.isWaiting("pair") && waited < 10 * RUN) {
      stage.pass(SECOND, NODE_1);
      waited++;
      stream(0);
      stream(1);
      if (waited % RUN == RUN / 2) {
        finishOne(0);
      }
      if (waited % RUN == 0) {
        finishOne(1);
      }
    }

    assertTrue(stage.isRunning("pair"));
    // One urgent test for each product was there before it: these it has to let pass.
    assertTrue(waited <= 2 * RUN, "it waited for " + waited + " s");
  }

  @Test
  void noTestStarvesThatNeedsOneProductUnderAStreamOfMoreUrgentTests() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stream(0);
    stage.submit(CLIENT_1, prior("patient", -1000), kind("RM-1"));

    var waited = Duration.ZERO;
    while (stage.isWaiting("patient") && waited.compareTo(LIMIT.multipliedBy(2)) < 0) {
      stage.pass(Duration.ofMinutes(1), NODE_1);
      waited = waited.plusMinutes(1);
      stream(0);
      finishOne(0);
    }

    assertTrue(stage.isRunning("patient"));
    assertEquals(LIMIT, waited);
  }

  @Test
  void aMoreUrgentTestThatWasThereBeforeGoesFirstHoweverLongBothHaveWaited() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("first"), kind("RM-1"));
    stage.submit(CLIENT_2, prior("urgent", 1000), kind("RM-1"));
    stage.submit(CLIENT_1, flash("patient"), kind("RM-1"));
    stage.pass(LIMIT, NODE_1);

    stage.report(NODE_1, "first", 1, FINISHED);

    assertEquals(List.of("urgent#1@node1.test"), stage.started());
  }

  @Test
  void aTestForOneProductThatHasWaitedForLongTakesNothingThatIsKeptForAnother() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, Cast.within(flash("one"), Duration.ofHours(5)), kind("RM-1"));
    stage.submit(CLIENT_1, Cast.within(flash("two"), Duration.ofHours(5)), kind("RM-2"));
    stage.submit(CLIENT_1, Cast.within(flash("patient"), Duration.ofHours(5)), kind("RM-1"));
    stage.submit(CLIENT_1, Cast.within(flash("pair"), Duration.ofHours(5)), PAIR);
    stage.pass(LIMIT.minusMinutes(5), NODE_1);
    stage.report(NODE_1, "one", 1, FINISHED);
    assertEquals(List.of("patient#1@node1.test"), stage.started());
    stage.submit(CLIENT_2, Cast.within(prior("next", -9), Duration.ofHours(5)), kind("RM-1"));
    stage.report(NODE_1, "patient", 1, FINISHED);
    assertEquals(Optional.of(RuntimeId.of("pair")), stage.product(1).keptFor());

    stage.pass(LIMIT.plusMinutes(1), NODE_1);
    stage.report(NODE_1, "two", 1, FINISHED);

    assertEquals(List.of("pair#1@node1.test"), stage.started());
  }

  @Test
  void whoMayStartOnANodeAgainIsAskedInTheOrderOfTheQueueWhateverTheNames() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("z"), kind("RM-1"));
    stage.submit(CLIENT_1, prior("a", -1), kind("RM-1"));
    stage.report(NODE_1, "z", 0, FINISHED);
    stage.report(NODE_1, "a", 0, FINISHED);
    stage.submit(CLIENT_1, flash("z"), kind("RM-1"));
    stage.submit(CLIENT_1, prior("a", -1), kind("RM-1"));
    assertTrue(stage.isWaiting("z") && stage.isWaiting("a"), "their names are still cooling");

    stage.pass(Cooling.GAP, NODE_1);

    assertEquals(List.of("z#1@node1.test"), stage.started());
  }

  @Test
  void whereNothingLimitsItPriorityAlwaysWins() {
    var limits = SETTINGS.tests();
    var farm =
        new Stage(
            SETTINGS.with(
                new FarmSettings.TestLimits(
                    limits.defaultTimeout(),
                    limits.minimalExecutionTime(),
                    limits.resourcesExpectationTimeout(),
                    limits.maximalRetries(),
                    limits.gatheringDelay(),
                    limits.disconnectionTimeout(),
                    Duration.ZERO)));
    farm.join(NODE_1, phone(1, "RM-1"));
    farm.submit(CLIENT_1, flash("first"), kind("RM-1"));
    farm.submit(CLIENT_1, flash("patient"), kind("RM-1"));
    farm.pass(LIMIT.plusMinutes(1), NODE_1);
    farm.submit(CLIENT_2, prior("urgent", 1), kind("RM-1"));

    farm.report(NODE_1, "first", 1, FINISHED);

    assertEquals(List.of("urgent#1@node1.test"), farm.started());
  }

  @Test
  void noTestForSeveralProductsStarvesUnderAStreamOfMoreUrgentOnesOfItsSort() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("first"), PAIR);
    stage.submit(CLIENT_1, flash("patient"), PAIR);
    stage.pass(Duration.ofSeconds(2), NODE_1);
    stage.submit(CLIENT_2, prior("urgent", 1000), PAIR);
    stage.pass(Duration.ofSeconds(2), NODE_1);

    stage.report(NODE_1, "first", 1, FINISHED);

    assertEquals(List.of("patient#1@node1.test"), stage.started());
  }

  @Test
  void aMoreUrgentTestForSeveralProductsComesFirstWhileTheOtherHasNotWaitedForLong() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("first"), PAIR);
    stage.submit(CLIENT_1, flash("other"), PAIR);
    stage.submit(CLIENT_2, prior("urgent", 1), PAIR);

    stage.report(NODE_1, "first", 1, FINISHED);

    assertEquals(List.of("urgent#1@node1.test"), stage.started());
  }

  @Test
  void anOlderTestOfTheSamePriorityGoesBeforeOneThatProductsAreKeptFor() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("one"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("two"), kind("RM-2"));
    stage.submit(CLIENT_1, flash("single"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("pair"), PAIR);
    stage.pass(Duration.ofSeconds(2), NODE_1);

    stage.report(NODE_1, "one", 1, FINISHED);

    assertEquals(List.of("single#1@node1.test"), stage.started());
  }

  @Test
  void aMoreUrgentTestThatCameLaterTakesNothingFromOneThatProductsAreKeptFor() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("one"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("two"), kind("RM-2"));
    stage.submit(CLIENT_1, flash("pair"), PAIR);
    stage.pass(Duration.ofSeconds(2), NODE_1);
    stage.submit(CLIENT_2, prior("urgent", 1000), kind("RM-1"));

    stage.report(NODE_1, "one", 1, FINISHED);

    assertEquals(List.of(), stage.started());
    assertEquals(Optional.of(RuntimeId.of("pair")), stage.product(1).keptFor());
  }

  @Test
  void priorityTakesNoProductFromATestThatHasIt() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, prior("low", -5), kind("RM-1"));

    stage.submit(CLIENT_2, prior("urgent", 1000), kind("RM-1"));

    assertTrue(stage.isRunning("low"));
    assertTrue(stage.isWaiting("urgent"));
  }

  @Test
  void whatWaitsWithoutHopeIsCountedFromItsOwnArrivalWhateverCameBeforeItInTheQueue() {
    stage.submit(CLIENT_1, Cast.within(flash("old"), Duration.ofHours(5)), kind("RM-9"));
    stage.pass(Duration.ofMinutes(10), NODE_1);
    stage.submit(CLIENT_2, prior("urgent", 9), kind("RM-9"));

    stage.pass(Duration.ofMinutes(5), NODE_1);

    assertEquals(List.of("client1.test old failed"), stage.told());
  }

  /** Tests of the highest priority for one product; one waits at any time. */
  private void stream(int which) {
    var stream = streams.get(which);
    var names = new ArrayList<>(stream);
    if (names.stream().noneMatch(stage::isWaiting)) {
      String name = "urgent" + streamed++;
      stage.submit(CLIENT_2, prior(name, 1000), kind("RM-" + (which + 1)));
      stream.add(name);
      if (stage.isRunning(name)) {
        stream(which);
      }
    }
  }

  private void finishOne(int which) {
    var stream = streams.get(which);
    if (!stream.isEmpty() && stage.isRunning(stream.peek())) {
      stage.report(NODE_1, stream.poll(), 1, FINISHED);
    }
  }
}
