package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FAILED;
import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.commons.model.TestStatus.STARTED;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.demand;
import static com.nokia.ci.tas.service.farm.Cast.divided;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.nose;
import static com.nokia.ci.tas.service.farm.Cast.packed;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.ReleasingMode;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDemand;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.EndedTest.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a test with packages is divided, runs and ends (guide, "Test execution flow"). */
final class PartsTest {
  private static final Wanted PAIR = wanted(demand("rm-code", "RM-1"), demand("rm-code", "RM-2"));
  private static final String[] SIX = {"a", "b", "c", "d", "e", "f"};

  private final Stage stage = new Stage();

  @Test
  void packagesAreDividedOverTheProductsThatThereAre() {
    threeProducts();
    stage.submit(CLIENT_1, packed("t", SIX), kind("RM-1"));

    assertEquals(List.of("t_1#1", "t_2#1", "t_3#1"), started());
    assertEquals(
        List.of(
            List.of("run.py", "data.zip", "a.zip", "b.zip"),
            List.of("run.py", "data.zip", "c.zip", "d.zip"),
            List.of("run.py", "data.zip", "e.zip", "f.zip")),
        stage.wanted(Effect.StartRun.class).stream()
            .map(start -> start.test().execution().artifacts())
            .toList());
    assertTrue(
        stage.wanted(Effect.StartRun.class).stream()
            .allMatch(start -> start.test().execution().packages().isEmpty()));
    assertEquals("t_2", stage.product(2).product().statusDetails());
    assertEquals(List.of("client1.test t pending"), stage.told());
  }

  @Test
  void busyProductsCountForTheDivisionToo() {
    threeProducts();
    stage.submit(CLIENT_1, flash("other"), kind("RM-1"));

    stage.submit(CLIENT_1, packed("t", SIX), kind("RM-1"));

    assertEquals(List.of("t_1#1", "t_2#1"), started());
    assertEquals(
        List.of("preparing", "preparing", "waiting"),
        stage.farm.snapshot().subTests(new TestId("t")).stream().map(it -> it.state()).toList());
    stage.report(NODE_1, "other", 1, FINISHED);
    assertEquals(List.of("t_3#1"), started());
  }

  @Test
  void aTestThatOneProductServesHasNoSubTests() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, packed("t", "a", "b"), kind("RM-1"));

    assertEquals(List.of("t#1"), started());
    assertEquals(
        List.of("run.py", "data.zip", "a.zip", "b.zip"),
        stage.wanted(Effect.StartRun.class).get(0).test().execution().artifacts());
    assertEquals(List.of(), stage.farm.snapshot().subTests(new TestId("t")));
    stage.report(NODE_1, "t", 1, FINISHED);
    assertEquals(List.of("client1.test t finished"), lastTold());
    assertEquals("", stage.details());
  }

  @Test
  void aTestForAnEmulationIsNeverDivided() {
    stage.join(NODE_1);
    var packages = packed("t", SIX).execution();
    stage.submit(
        CLIENT_1, nose("t").with(packages), new Wanted.Understood(Requirement.NO_PRODUCTS));

    assertEquals(List.of("t#1"), started());
  }

  @Test
  void perPackageThereIsASubTestForEachAndTheyWaitForEachOther() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, divided("PerPackage", packed("t", "a", "b", "c")), kind("RM-1"));

    assertEquals(List.of("t_1#1"), started());
    stage.report(NODE_1, "t_1", 1, FINISHED);
    assertEquals(List.of("t_2#1"), started());
    stage.report(NODE_1, "t_2", 1, FINISHED);
    assertEquals(List.of("t_3#1"), started());
  }

  @Test
  void whyIsToldForAllPartsThatWait() {
    stage.join(NODE_1, phone(1, "RM-1"));
    var test = divided("perpackage", packed("t", "a", "b", "c@(rm-code:RM-2;)", "d"));
    stage.submit(
        CLIENT_1,
        test,
        new Wanted.Understood(
            need("RM-1"),
            List.of(
                Requirement.NO_PRODUCTS,
                Requirement.NO_PRODUCTS,
                need("RM-2"),
                Requirement.NO_PRODUCTS)));

    assertEquals(List.of("t_1#1"), started());
    var why = stage.farm.snapshot().why(new TestId("t"));
    assertEquals(List.of("t_2", "t_4"), why.stream().map(it -> it.test().text()).toList());
    assertEquals(
        List.of(List.of("t_3"), List.of()),
        why.stream().map(it -> it.alike().stream().map(RuntimeId::text).toList()).toList());
    assertEquals(List.of(true, false), why.stream().map(Explanation::isPossible).toList());
  }

  @Test
  void packagesWithProductsOfTheirOwnRunOnThose() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    var test = packed("t", "a", "b@(rm-code:RM-2;)", "c");
    stage.submit(
        CLIENT_1,
        test,
        new Wanted.Understood(
            need("RM-1"), List.of(Requirement.NO_PRODUCTS, need("RM-2"), Requirement.NO_PRODUCTS)));

    assertEquals(List.of("t_1#1", "t_2#1"), started());
    assertEquals(
        List.of(List.of(Cast.product(1)), List.of(Cast.product(2))),
        stage.wanted(Effect.StartRun.class).stream().map(PartsTest::products).toList());
    assertEquals(
        List.of(List.of("a", "c"), List.of("b")),
        stage.farm.snapshot().subTests(new TestId("t")).stream().map(it -> it.packages()).toList());
  }

  @Test
  void aPackageThatNeedsProductsAndIsGivenNoneIsRefusedAtOnce() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(
        CLIENT_1,
        packed("t", "a@(rm-code:RM-1;)", "b"),
        new Wanted.Understood(
            Requirement.NO_PRODUCTS, List.of(need("RM-1"), Requirement.NO_PRODUCTS)));

    assertEquals("no-required-products", refusal());
  }

  @Test
  void theWholeTestEndsOnceWhenAllItsPartsHaveFinished() {
    threeProducts();
    stage.submit(CLIENT_1, packed("t", SIX), kind("RM-1"));
    stage.report(NODE_1, "t_2", 1, STARTED);
    assertEquals(List.of("client1.test t_2 started"), stage.told());
    stage.report(NODE_1, "t_2", 1, FINISHED);
    assertEquals(List.of(), finalOnes());
    stage.report(NODE_1, "t_1", 1, FINISHED);
    stage.report(NODE_1, "t_3", 1, FINISHED);

    assertEquals(List.of("client1.test t finished"), lastTold());
    assertEquals("of 3 sub-tests _1, _2 and _3 finished", stage.details());
    assertEquals(1, finalOnes().size());
    var ended = stage.farm.snapshot().ended(new TestId("t")).orElseThrow();
    assertEquals(
        List.of(Verdict.FINISHED, Verdict.FINISHED, Verdict.FINISHED),
        ended.parts().stream().map(EndedTest.Part::verdict).toList());
    assertEquals(
        List.of(Cast.product(1), Cast.product(2), Cast.product(3)),
        ended.test().progress().reservedProducts().stream()
            .map(ProductDescription::id)
            .sorted()
            .toList());
    assertTrue(allFree());
  }

  @Test
  void aPartThatFailsIsStartedAgainAloneAndElsewhere() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.submit(CLIENT_1, packed("t", "a", "b"), kind("RM-1"));
    stage.join(NODE_2, phone(3, "RM-1"));

    stage.report(NODE_1, "t_1", 1, FAILED);

    assertEquals(List.of("t_1#2@node2.test"), stage.started());
    assertEquals(List.of(), finalOnes());
    assertEquals(
        List.of("preparing", "preparing"),
        stage.farm.snapshot().subTests(new TestId("t")).stream().map(it -> it.state()).toList());
  }

  @Test
  void failuresAreCountedOverTheWholeTest() {
    var limited = new Stage(SETTINGS.with(retries(1)));
    limited.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"), phone(3, "RM-1"));
    limited.submit(CLIENT_1, packed("t", "a", "b", "c"), kind("RM-1"));
    limited.report(NODE_1, "t_1", 1, FAILED);

    limited.report(NODE_1, "t_3", 1, FAILED);

    assertEquals(List.of("client1.test t failed"), limited.told());
    assertEquals(
        "sub-test t_3: exit code 3; of 3 sub-tests _3 failed, _1 and _2 were stopped",
        limited.details());
    var ended = limited.farm.snapshot().ended(new TestId("t")).orElseThrow();
    assertEquals(Verdict.FAILED, ended.verdict());
    assertEquals("sub-test t_3: exit code 3", ended.reason().orElseThrow().sentence());
    assertEquals(4, ended.attempts());
  }

  @Test
  void theOthersAreStoppedWhenAPartHasFailedForGood() {
    var limited = new Stage(SETTINGS.with(retries(0)));
    limited.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"), phone(3, "RM-1"));
    limited.submit(CLIENT_1, packed("t", "a", "b", "c"), kind("RM-1"));
    limited.report(NODE_1, "t_1", 1, FINISHED);

    limited.report(NODE_1, "t_2", 1, FAILED);

    assertEquals(
        List.of("t_3"),
        limited.wanted(Effect.StopRun.class).stream().map(it -> it.test().id().text()).toList());
    assertEquals(
        "sub-test t_2: exit code 3; of 3 sub-tests _1 finished, _2 failed, _3 was stopped",
        limited.details());
    assertEquals(FarmSnapshot.Holder.Hold.ENDING, limited.product(3).holder().orElseThrow().hold());
    limited.report(NODE_1, "t_3", 1, FAILED);
    assertTrue(limited.product(3).holder().isEmpty());
  }

  @Test
  void aStopStopsThemAll() {
    threeProducts();
    stage.submit(CLIENT_1, packed("t", SIX), kind("RM-1"));

    stage.apply(
        new Event.StopRequested(stage.now, CLIENT_1.endpoint(), RuntimeId.of("t"), "not needed"));

    assertEquals(List.of("client1.test t stopped"), stage.told());
    assertEquals(3, stage.wanted(Effect.StopRun.class).size());
    assertFalse(stage.isRunning("t"));
  }

  @Test
  void aCheckTellsWhatEachPartDoes() {
    threeProducts();
    stage.submit(CLIENT_1, flash("other"), kind("RM-1"));
    stage.submit(CLIENT_1, packed("t", SIX), kind("RM-1"));
    stage.report(NODE_1, "t_1", 1, FINISHED);

    stage.apply(new Event.CheckRequested(stage.now, CLIENT_1.endpoint(), new TestId("t")));

    assertEquals(List.of("client1.test t pending"), stage.told());
    assertEquals("of 3 sub-tests _1 finished, _2 and _3 are on nodes", stage.details());
  }

  @Test
  void aNodeThatIsLostFailsEachOfItsPartsOnceEvenWhenTheWholeEndsWithTheFirst() {
    var limited = new Stage(SETTINGS.with(retries(0)));
    limited.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"), phone(3, "RM-1"));
    limited.submit(CLIENT_1, packed("t", "a", "b", "c"), kind("RM-1"));

    limited.pass(Duration.ofSeconds(30));

    assertEquals(
        1, limited.everything.stream().filter(Effect.RecordEnded.class::isInstance).count());
    assertTrue(limited.everything.stream().noneMatch(Effect.RuleFailed.class::isInstance));
    assertFalse(limited.isRunning("t"));
  }

  @Test
  void theProductsOfAFinishedPartStayReservedWhereTheIssuerReleasesThem() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.submit(CLIENT_1, manual(packed("t", "a", "b")), kind("RM-1"));

    stage.report(NODE_1, "t_1", 1, FINISHED);

    assertEquals(FarmSnapshot.Holder.Hold.KEPT, stage.product(1).holder().orElseThrow().hold());
    stage.report(NODE_1, "t_2", 1, FINISHED);
    assertEquals(FarmSnapshot.Holder.Hold.KEPT, stage.product(2).holder().orElseThrow().hold());
    assertEquals(
        List.of(Cast.product(1), Cast.product(2)),
        stage
            .farm
            .snapshot()
            .ended(new TestId("t"))
            .orElseThrow()
            .test()
            .progress()
            .reservedProducts()
            .stream()
            .map(ProductDescription::id)
            .toList());
  }

  @Test
  void theProductsOfAFinishedPartAreFreeWhenTheWholeTestFails() {
    var limited = new Stage(SETTINGS.with(retries(0)));
    limited.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    limited.submit(CLIENT_1, manual(packed("t", "a", "b")), kind("RM-1"));
    limited.report(NODE_1, "t_1", 1, FINISHED);

    limited.report(NODE_1, "t_2", 1, FAILED);

    assertTrue(limited.product(1).holder().isEmpty());
    assertTrue(limited.product(2).holder().isEmpty());
  }

  @Test
  void whoGatheredOnANodeThatIsLostIsOfferedWhatOpensByThatInItsTurn() {
    var limited = new Stage(SETTINGS.with(retries(0)));
    limited.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    limited.join(NODE_2, phone(3, "RM-1"));
    limited.submit(CLIENT_1, manual(packed("t", "a", "b")), kind("RM-1"));
    limited.submit(CLIENT_1, flash("old"), kind("RM-1"));
    limited.submit(CLIENT_1, flash("pair"), PAIR);
    limited.report(NODE_2, "t_2", 1, FINISHED);
    limited.pass(Duration.ofSeconds(3), NODE_1, NODE_2);
    assertEquals(Optional.of(RuntimeId.of("pair")), limited.product(2).keptFor());
    limited.plug(NODE_2, phone(4, "RM-2"));

    limited.pass(Duration.ofSeconds(25), NODE_2);

    assertEquals(List.of("old#1@node2.test"), limited.started());
    assertEquals(Optional.of(RuntimeId.of("pair")), limited.product(4).keptFor());
  }

  @Test
  void noTwoTestsHaveTheNameOfASubTest() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.submit(CLIENT_1, packed("t", "a", "b"), kind("RM-1"));

    stage.submit(CLIENT_1, flash("t_2"), kind("RM-1"));
    assertEquals("test-id-in-use", refusal());

    stage.submit(CLIENT_1, flash("u_1"), kind("RM-1"));
    stage.submit(CLIENT_1, packed("u", "a", "b"), kind("RM-1"));
    assertEquals("test-id-in-use", refusal());
  }

  @Test
  void whatPackagesTookBeforeBalancesThem() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    learn("long", Duration.ofMinutes(9));
    learn("b", Duration.ofMinutes(3));
    learn("c", Duration.ofMinutes(3));
    learn("d", Duration.ofMinutes(3));

    stage.submit(CLIENT_1, divided("balanced", packed("t", "b", "c", "long", "d")), kind("RM-1"));

    assertEquals(
        List.of(List.of("long"), List.of("b", "c", "d")),
        stage.farm.snapshot().subTests(new TestId("t")).stream().map(it -> it.packages()).toList());
  }

  @Test
  void whatIsKnownOfPackagesIsBoundedAndOutlivesARestart() {
    var times = PackageTimes.NONE;
    for (int i = 0; i <= PackageTimes.MOST; i++) {
      times = times.with("p" + i, i);
    }
    assertEquals(PackageTimes.MOST, times.times().size());
    assertTrue(times.times().get("p0").isEmpty());

    learn("a", Duration.ofMinutes(4));
    var restored = Farm.restored(stage.farm.snapshot().image());
    assertEquals(stage.farm.snapshot().image(), restored.snapshot().image());
  }

  // ---- distributions of others

  @Test
  void aDistributionOfOthersIsAskedOutsideAndTheTestWaitsForIt() {
    threeProducts();
    stage.submit(CLIENT_1, divided("own", packed("t", "a", "b", "c")), kind("RM-1"));

    var question = stage.wanted(Effect.DivideTest.class).get(0);
    assertEquals("own", question.distribution());
    assertEquals(3, question.portions().get(0).supply().sets());
    assertEquals(3, question.portions().get(0).supply().free());
    assertEquals(List.of(), stage.told());
    assertTrue(stage.isWaiting("t"));

    answer(question, List.of(List.of(2), List.of(0, 1)));

    assertEquals(List.of("t_1#1", "t_2#1"), started());
    assertEquals(
        List.of(List.of("c"), List.of("a", "b")),
        stage.farm.snapshot().subTests(new TestId("t")).stream().map(it -> it.packages()).toList());
    answer(question, List.of(List.of(0, 1, 2)));
    assertEquals(List.of(), stage.effects);
  }

  @Test
  void aDistributionThatSaysNonsenseCostsItsTestARefusal() {
    threeProducts();
    for (var nonsense :
        List.of(
            List.of(List.of(0, 1)),
            List.of(List.of(0, 1, 2), List.of(2)),
            List.of(List.of(0, 1, 2), List.<Integer>of()),
            List.of(List.of(0, 1, 2, 3)),
            List.<List<Integer>>of())) {
      stage.submit(CLIENT_1, divided("own", packed("t", "a", "b", "c")), kind("RM-1"));
      answer(stage.wanted(Effect.DivideTest.class).get(0), nonsense);

      assertEquals("bad-distribution", refusal());
      assertFalse(stage.isWaiting("t"));
    }
    stage.submit(CLIENT_1, flash("next"), kind("RM-1"));
    assertEquals(List.of("next#1"), started());
  }

  @Test
  void aDistributionThatDoesNotAnswerCostsItsTestARefusal() {
    threeProducts();
    stage.submit(CLIENT_1, divided("own", packed("t", "a", "b")), kind("RM-1"));

    stage.pass(Duration.ofSeconds(10), NODE_1);

    assertEquals("bad-distribution", refusal());
    assertFalse(stage.isWaiting("t"));
  }

  @Test
  void aTestThatIsBeingDividedCanBeStopped() {
    threeProducts();
    stage.submit(CLIENT_1, divided("own", packed("t", "a", "b")), kind("RM-1"));
    var question = stage.wanted(Effect.DivideTest.class).get(0);

    stage.apply(new Event.StopRequested(stage.now, CLIENT_1.endpoint(), RuntimeId.of("t"), ""));

    assertEquals(List.of("client1.test t stopped"), stage.told());
    answer(question, List.of(List.of(0), List.of(1)));
    assertEquals(List.of(), stage.effects);
  }

  @Test
  void aDistributionIsAskedAgainAfterARestart() {
    threeProducts();
    stage.submit(CLIENT_1, divided("own", packed("t", "a", "b")), kind("RM-1"));
    var restored = Farm.restored(stage.farm.snapshot().image());

    var effects = restored.apply(new Event.ServiceStarted(stage.now, SETTINGS));

    var again =
        effects.stream()
            .filter(Effect.DivideTest.class::isInstance)
            .map(Effect.DivideTest.class::cast)
            .findFirst()
            .orElseThrow();
    assertEquals(stage.wanted(Effect.DivideTest.class).get(0).age(), again.age());
    assertEquals(2, again.portions().get(0).parcels().size());
  }

  @Test
  void aTestThatIsDividedOutlivesARestart() {
    threeProducts();
    stage.submit(CLIENT_1, packed("t", SIX), kind("RM-1"));
    stage.report(NODE_1, "t_1", 1, FINISHED);
    var image = stage.farm.snapshot().image();

    assertEquals(image, Farm.restored(image).snapshot().image());
  }

  private void threeProducts() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"), phone(3, "RM-1"));
  }

  /** Lets a package run alone for a while. */
  private void learn(String name, Duration took) {
    if (stage.farm.snapshot().nodes().isEmpty()) {
      threeProducts();
    }
    stage.submit(CLIENT_1, packed("l", name), kind("RM-1"));
    stage.report(NODE_1, "l", 1, STARTED);
    stage.pass(took, NODE_1);
    stage.report(NODE_1, "l", 1, FINISHED);
    stage.pass(Duration.ofSeconds(10), NODE_1);
  }

  private void answer(Effect.DivideTest question, List<List<Integer>> parts) {
    stage.apply(
        new Event.TestDivided(
            stage.now, question.test(), question.age(), parts, Optional.<Reason>empty()));
  }

  private String refusal() {
    var ended = stage.wanted(Effect.RecordEnded.class).get(0).test();
    assertEquals(Verdict.REFUSED, ended.verdict());
    assertTrue(ended.reason().orElseThrow().fault() != Fault.TEST);
    return ended.reason().orElseThrow().code();
  }

  private List<String> started() {
    return stage.wanted(Effect.StartRun.class).stream()
        .map(start -> start.test().id() + "#" + start.test().progress().attempt())
        .toList();
  }

  private List<String> lastTold() {
    var told = stage.told();
    return told.subList(told.size() - 1, told.size());
  }

  /** The ends that were told so far. */
  private List<Effect> finalOnes() {
    return stage.everything.stream().filter(Effect.RecordEnded.class::isInstance).toList();
  }

  private boolean allFree() {
    return stage.farm.snapshot().products().stream().allMatch(it -> it.holder().isEmpty());
  }

  private static List<ProductId> products(Effect.StartRun start) {
    return start.test().progress().reservedProducts().stream().map(ProductDescription::id).toList();
  }

  private static TestDescription manual(TestDescription test) {
    var demand = test.demand();
    return test.with(
        new TestDemand(
            demand.target(), ReleasingMode.MANUAL, Duration.ZERO, "", demand.requiredProducts()));
  }

  private static Requirement need(String rmCode) {
    return new Requirement(List.of(demand("rm-code", rmCode)));
  }

  private static FarmSettings.TestLimits retries(int most) {
    var usual = SETTINGS.tests();
    return new FarmSettings.TestLimits(
        usual.defaultTimeout(),
        usual.minimalExecutionTime(),
        usual.resourcesExpectationTimeout(),
        most,
        usual.gatheringDelay(),
        usual.disconnectionTimeout(),
        usual.overtakingLimit());
  }
}
