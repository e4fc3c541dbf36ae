package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.product;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.expression.RequirementParser;
import com.nokia.ci.tas.commons.model.Comparison;
import com.nokia.ci.tas.commons.model.Comparison.Relation;
import com.nokia.ci.tas.commons.model.DottedNumber;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.Explanation.Clause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Attributes of a farm's own, and products that are asked for by more or less than a number. */
final class RangesTest {
  private final Stage stage = new Stage();

  @Test
  void aTestWaitsUntilTheValueIsOnTheRightSide() {
    stage.join(NODE_1, phone(1, "20"));
    submit("a", "os-version:14;battery>=30;");
    assertTrue(stage.isWaiting("a"));

    stage.report(NODE_1, phone(1, "29"));
    assertTrue(stage.isWaiting("a"));

    stage.report(NODE_1, phone(1, "80"));

    assertTrue(stage.isRunning("a"));
  }

  @Test
  void aProductIsNeverTakenFromARunningTestWhenItsValueFalls() {
    stage.join(NODE_1, phone(1, "80"));
    submit("a", "battery>=30;");
    assertTrue(stage.isRunning("a"));

    stage.report(NODE_1, phone(1, "5").with(Map.of("status", "busy", "status-details", "a")));

    assertTrue(stage.isRunning("a"));
    stage.report(NODE_1, "a", 1, FINISHED);
    submit("b", "battery>=30;");
    assertTrue(stage.isWaiting("b"));
    submit("c", "battery<30;");
    assertTrue(stage.isRunning("c"));
  }

  @Test
  void aProductThatIsKeptForAGroupAndFitsNoLongerIsFreeForOthers() {
    stage.join(NODE_1, phone(1, "80"), phone(2, "80"), phone(3, "80"));
    submit("two", "imei:" + product(2).imei());
    submit("three", "imei:" + product(3).imei());
    submit("pair", "(battery>=30;) and (battery>=30;)");
    stage.pass(Duration.ofSeconds(3));
    submit("low", "battery<30;");
    assertTrue(stage.isWaiting("low"));

    stage.report(NODE_1, phone(1, "5"));

    assertTrue(stage.isRunning("low"));
    assertTrue(stage.isWaiting("pair"));
  }

  @Test
  void whatNothingMeetsIsToldWithTheBestThereIs() {
    stage.join(NODE_1, phone(1, "20"), phone(2, "25"));
    stage.join(NODE_2, phone(3, "7"), phone(4, "unknown"));

    submit("a", "battery>=30;");

    assertTrue(
        stage
            .details()
            .contains(
                "(role:main;status:free;battery>=30;): no product of the farm that would do"
                    + " otherwise has battery>=30; product 350000000000002 comes nearest with"
                    + " battery:25"),
        stage.details());
    var why = why("a");
    assertFalse(why.isPossible());
    var relaxation = why.relaxations().get(0);
    assertEquals(List.of(product(2)), relaxation.products());
    assertEquals(
        new Clause("battery", ">=30", "25", Optional.of(atLeast("battery", "30"))),
        relaxation.changes().get(0).clause());
    assertEquals(1, why.relaxations().size());
  }

  @Test
  void theSmallestRelaxationOfAPairNamesTheBestValuesThereAre() {
    stage.join(NODE_1, phone(1, "10"), phone(2, "25"), phone(3, "29"), phone(4, "3"));

    submit("a", "(battery>=30;) and (battery>=30;)");

    var relaxation = why("a").relaxations().get(0);
    assertEquals(
        new TreeSet<>(List.of(product(2), product(3))), new TreeSet<>(relaxation.products()));
  }

  @Test
  void anAttributeThatNoProductHasIsToldSo() {
    stage.join(NODE_1, phone(1, "80"));

    submit("a", "baterie>=30;");
    assertTrue(
        stage.details().contains("product 350000000000001 would do, but has no attribute baterie"),
        stage.details());

    submit("b", "os-versoin:14;");
    assertTrue(
        stage
            .details()
            .contains(
                "no product of the farm has an attribute os-versoin, the nearest is os-version"),
        stage.details());
  }

  @Test
  void attributesThatMustNotBeAreLeftOutOfWhatANodeSays() {
    stage.join(NODE_1, phone(1, "80").with(Map.of("wifi-password", "x", "shelf", "y".repeat(300))));

    var shown = stage.product(1).product();

    assertEquals("80", shown.value("battery"));
    assertEquals("", shown.value("wifi-password"));
    assertEquals("", shown.value("shelf"));
  }

  @Test
  void whatIsAskedForAgainAndAgainIsWorkedOutOnceAndTheRestForgotten() {
    stage.join(NODE_1, phone(1, "200"));
    for (int i = 0; i < 40; i++) {
      submit("t" + i, "battery>=" + i + ";extra" + i + ":1;");
      stage.apply(
          new Event.StopRequested(
              stage.now, CLIENT_1.endpoint(), RuntimeId.of("t" + i), "enough", Principal.LOCAL));
    }
    assertEquals(16, stage.farm.books().present.ranges().size());
    for (int i = 0; i < 200; i++) {
      submit("u" + i, "another" + i + ":1;");
    }
    var busy = stage.farm.books();
    assertTrue(busy.open.names().size() >= 200);

    stage.pass(Duration.ofDays(1));

    var books = stage.farm.books();
    assertTrue(books.queue.isEmpty());
    assertTrue(books.open.names().size() <= 101, "" + books.open.names().size());
    assertTrue(books.interests.asked().isEmpty());
    assertTrue(books.interests.thresholds().filed().isEmpty());
  }

  @Test
  void aDecisionLooksAtNothingButWhatIsOnTheRightSide() {
    stage.join(NODE_1, phone(1, "20"));
    submit("a", "battery>=90;");
    for (int i = 0; i < 1_000; i++) {
      stage.join(Cast.node(10 + i), phone(10 + i, i == 500 ? "89" : "20"));
    }
    var demand = RequirementParser.parse("battery>=90;").products().get(0);
    assertEquals(0, stage.farm.books().open.candidates(demand).size());

    stage.report(Cast.node(510), phone(510, "90"));

    assertTrue(stage.isRunning("a"));
    assertEquals(
        1, stage.farm.books().present.candidates(demand).size(), "the one that it was given");
  }

  @Test
  void howeverManyBoundsAreAskedForEachProductFindsItsOwn() {
    var random = new Random(7);
    var demands = new TreeMap<String, Wish>();
    var interests = Interests.NONE;
    for (int i = 0; i < 500; i++) {
      var relation = List.of(Relation.values()).get(random.nextInt(4));
      var expression =
          (random.nextBoolean() ? "battery" : "os-version")
              + relation.sign()
              + random.nextInt(40)
              + "."
              + random.nextInt(3)
              + (random.nextInt(3) == 0 ? ";shelf:" + random.nextInt(3) : "");
      var wish = Wish.products(RequirementParser.parse(expression));
      if (demands.putIfAbsent(wish.key(), wish) == null) {
        interests = interests.with(wish);
      }
    }
    for (int i = 0; i < 200; i++) {
      var product =
          Product.reported(
              NODE_1.id(),
              phone(1, Integer.toString(random.nextInt(45)))
                  .with(Map.of("os-version", random.nextInt(40) + ".1", "shelf", "1")),
              Cast.SERVICE);

      var found = new TreeSet<String>();
      interests.of(product).forEach(it -> found.add(Wish.keyOf(it.demand())));

      var expected = new TreeSet<String>();
      demands
          .values()
          .forEach(
              wish ->
                  wish.demands().stream()
                      .filter(product::fits)
                      .forEach(demand -> expected.add(Wish.keyOf(demand))));
      assertEquals(expected, found);
      assertEquals(expected.size(), interests.of(product).size(), "none is found twice");
    }
    for (var wish : demands.values()) {
      interests = interests.without(wish);
    }
    assertTrue(interests.filed().isEmpty() && interests.thresholds().filed().isEmpty());
    assertTrue(interests.asked().isEmpty());
  }

  @Test
  void moreComparisonsThanAreIndexedAreServedAllTheSame() {
    stage.join(NODE_1, phone(1, "1"));
    for (int i = 0; i < 100; i++) {
      submit("t" + i, "battery>=" + (100 + i));
    }
    assertEquals(64, stage.farm.books().open.ranges().size());

    stage.plug(NODE_1, phone(2, "199"));
    assertTrue(stage.isRunning("t0"));
    stage.plug(NODE_1, phone(3, "199"));
    assertTrue(stage.isRunning("t1"));
    stage.plug(NODE_1, phone(4, "100000"));
    assertTrue(stage.isRunning("t2"));
    submit("late", "battery>=" + 50);
    assertTrue(stage.isWaiting("late"));
    stage.join(NODE_2, phone(5, "60"));
    assertTrue(stage.isRunning("late"));
  }

  @Test
  void aTestStartsWhenWhatIsKeptForItBecomesWhatItLacks() {
    stage.join(NODE_1, phone(1, "60"), phone(2, "60"), phone(3, "40"));
    submit("x", "imei:" + Cast.product(3).imei() + ";");
    submit("pair", "(battery<50;) and (os-version:14;)");
    stage.pass(Duration.ofSeconds(3), NODE_1);
    assertEquals(1, kept().size());
    int number = kept().get(0);

    stage.report(NODE_1, phone(number, "40"));

    assertTrue(stage.isRunning("pair"));
  }

  @Test
  void whatIsKeptAndBringsItsTestNoNearerAnyMoreIsGivenToOthers() {
    stage.join(NODE_1, phone(1, "40"), phone(2, "60"), phone(3, "40"), phone(4, "10"));
    submit("x", "imei:" + Cast.product(3).imei() + ";");
    submit("y", "imei:" + Cast.product(4).imei() + ";");
    submit("three", "(battery<50;) and (os-version:14;) and (battery<20;)");
    stage.pass(Duration.ofSeconds(3), NODE_1);
    submit("one", "imei:" + Cast.product(1).imei() + ";");
    assertEquals(List.of(1, 2), kept());

    stage.report(NODE_1, phone(1, "60"));

    assertEquals(List.of(2), kept());
    assertTrue(stage.isRunning("one"));
  }

  @Test
  void whatIsKeptAndChangesIsStillKeptForTheOldestThatNeedsIt() {
    stage.join(NODE_1, phone(1, "40"), phone(3, "10"));
    submit("x", "imei:" + Cast.product(3).imei() + ";");
    submit("pair", "(battery<50;) and (battery<20;)");
    stage.pass(Duration.ofSeconds(3), NODE_1);
    submit("one", "imei:" + Cast.product(1).imei() + ";");

    stage.report(NODE_1, phone(1, "45"));

    assertEquals(List.of(1), kept());
    assertTrue(stage.isWaiting("one"));
  }

  @Test
  void anotherIsKeptInPlaceOfWhatIsDrained() {
    stage.join(NODE_1, phone(1, "40"), phone(2, "40"), phone(3, "10"));
    submit("x", "imei:" + Cast.product(3).imei() + ";");
    submit("three", "(battery<50;) and (battery<50;) and (battery<20;)");
    stage.plug(NODE_1, phone(5, "40"));
    stage.pass(Duration.ofSeconds(3), NODE_1);
    assertEquals(2, kept().size());
    int drained = kept().get(0);

    stage.apply(
        new Event.ProductOrdered(
            stage.now,
            Cast.product(drained),
            new PersonsOrder(PersonsOrder.Kind.DRAIN, "anna", "a demo")));

    assertEquals(2, kept().size());
    assertFalse(kept().contains(drained));
  }

  /** The numbers of the products that are kept for a test. */
  private List<Integer> kept() {
    return IntStream.rangeClosed(1, 5)
        .filter(
            number ->
                stage
                    .farm
                    .snapshot()
                    .product(Cast.product(number))
                    .filter(product -> product.keptFor().isPresent())
                    .isPresent())
        .boxed()
        .toList();
  }

  private void submit(String test, String expression) {
    stage.submit(CLIENT_1, flash(test), new Wanted.Understood(RequirementParser.parse(expression)));
  }

  private Explanation why(String test) {
    return stage.farm.snapshot().why(new TestId(test)).get(0);
  }

  private static Comparison atLeast(String name, String bound) {
    return new Comparison(name, Relation.AT_LEAST, new DottedNumber(bound));
  }

  private static ProductDescription phone(int number, String battery) {
    return Cast.phone(number, "RM-1").with(Map.of("os-version", "14", "battery", battery));
  }
}
