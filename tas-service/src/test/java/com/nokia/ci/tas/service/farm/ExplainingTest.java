package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_2;
import static com.nokia.ci.tas.service.farm.Cast.HOUR;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.T0;
import static com.nokia.ci.tas.service.farm.Cast.demand;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.nose;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.prior;
import static com.nokia.ci.tas.service.farm.Cast.product;
import static com.nokia.ci.tas.service.farm.Cast.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.Explanation.Clause;
import com.nokia.ci.tas.service.farm.Explanation.Kept;
import com.nokia.ci.tas.service.farm.Explanation.Miss;
import com.nokia.ci.tas.service.farm.Explanation.Obstacle;
import com.nokia.ci.tas.service.farm.Explanation.Places;
import com.nokia.ci.tas.service.farm.Explanation.Use;
import com.nokia.ci.tas.service.farm.FarmSettings.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why a test waits. */
final class ExplainingTest {
  private static final Wanted PAIR = wanted(demand("rm-code", "RM-1"), demand("rm-code", "RM-2"));
  private final Stage stage = new Stage();

  @Test
  void aTestThatDoesNotWaitHasNothingToExplain() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    assertEquals(List.of(), stage.farm.snapshot().why(new TestId("a")));
    assertEquals(List.of(), stage.farm.snapshot().why(new TestId("b")));
  }

  @Test
  void placesAreExactInTheQueueAndAmongRivals() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("one"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("two"), kind("RM-2"));
    stage.submit(CLIENT_1, flash("other"), kind("RM-2"));
    stage.submit(CLIENT_1, flash("any"), wanted(demand()));
    stage.submit(CLIENT_1, flash("mine"), kind("RM-1"));
    stage.submit(CLIENT_1, prior("urgent", 3), kind("RM-1"));
    stage.submit(CLIENT_1, flash("behind"), kind("RM-1"));

    assertEquals(new Places(4, 5, 3, 4), why("mine").places());
    assertEquals(new Places(1, 5, 1, 4), why("urgent").places());
    assertEquals(new Places(2, 5, 1, 2), why("other").places());
  }

  @Test
  void whoHasAProductIsToldAndUntilWhen() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.submit(CLIENT_1, flash("one"), kind("RM-1"));
    stage.submit(CLIENT_1, Cast.manual("two"), kind("RM-1"));
    stage.report(NODE_1, "two", 1, FINISHED);

    stage.submit(CLIENT_2, flash("a"), kind("RM-1"));

    assertEquals(
        List.of(
            new Use(
                product(1),
                NODE_1.id(),
                Use.Kind.RUN,
                Optional.of(RuntimeId.of("one")),
                Optional.of(T0.plus(HOUR)),
                Optional.of(T0.plusSeconds(1)),
                ""),
            new Use(
                product(2),
                NODE_1.id(),
                Use.Kind.KEPT,
                Optional.of(RuntimeId.of("two")),
                Optional.of(T0.plus(HOUR)),
                Optional.empty(),
                "")),
        why("a").demands().get(0).uses());
    assertTrue(why("a").isPossible());
  }

  @Test
  void clausesThatFailAreToldWithTheNumberOfProducts() {
    stage.join(
        NODE_1,
        phone(1, "RM-1").with(ProductAttribute.ENVIRONMENT, "lab"),
        phone(2, "RM-1").with(ProductAttribute.ENVIRONMENT, "lab"),
        phone(3, "RM-2").with(ProductAttribute.ENVIRONMENT, "Office"));

    stage.submit(CLIENT_1, flash("a"), wanted(demand("rm-code", "RM-1", "environment", "office")));

    var why = why("a");
    assertFalse(why.isPossible());
    assertEquals(
        List.of(
            new Miss(2, List.of(new Clause("environment", "office", "lab")), product(1)),
            new Miss(1, List.of(new Clause("rm-code", "rm-1", "rm-2")), product(3))),
        why.demands().get(0).misses());
    assertEquals(
        List.of("environment:lab on 350000000000001", "rm-code:rm-2 on 350000000000003"),
        relaxations("a"));
  }

  @Test
  void theSmallestRelaxationIsTwoValuesWhereOneIsNotEnough() {
    stage.join(NODE_1, phone(1, "RM-1").with(ProductAttribute.ENVIRONMENT, "lab"));
    stage.submit(CLIENT_1, flash("a"), wanted(demand("rm-code", "RM-9", "environment", "office")));
    stage.submit(
        CLIENT_1,
        flash("far"),
        wanted(demand("rm-code", "RM-9", "environment", "office", "colour", "red")));

    assertEquals(List.of("environment:lab rm-code:rm-1 on 350000000000001"), relaxations("a"));
    assertEquals(List.of(), relaxations("far"));
  }

  @Test
  void aRelaxationOfATestForSeveralProductsIsAnExactAssignment() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-3"));
    stage.join(NODE_2, phone(4, "RM-2"));

    stage.submit(CLIENT_1, flash("a"), PAIR);

    var relaxation = why("a").relaxations().get(0);
    assertEquals(
        List.of(new Clause("rm-code", "rm-2", "rm-3")),
        relaxation.changes().stream().map(Explanation.Change::clause).toList());
    assertEquals(List.of(product(1), product(2)), relaxation.products());
  }

  @Test
  void aRelaxationUsesOnlyWhatCouldBeGivenNow() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("one"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("two"), kind("RM-2"));

    stage.submit(CLIENT_1, flash("a"), kind("RM-9"));

    assertEquals(List.of(), relaxations("a"));
  }

  @Test
  void secretsAreNotTold() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), wanted(demand("rm-code", "RM-1", "sim1-pin1", "1234")));

    var why = why("a");
    assertEquals(
        new Clause("sim1-pin1", "…", "…"), why.demands().get(0).misses().get(0).clauses().get(0));
    assertFalse(why.toString().contains("1234"), why.toString());
    assertFalse(why.toString().contains("4711"), why.toString());
  }

  @Test
  void whatIsKeptAndWhatIsLackingIsTold() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("two"), kind("RM-2"));
    stage.submit(CLIENT_1, flash("pair"), PAIR);
    stage.pass(Duration.ofSeconds(2));
    stage.submit(CLIENT_2, flash("single"), kind("RM-1"));

    assertEquals(
        Optional.of(
            new Kept(
                NODE_1.id(),
                List.of(product(1)),
                List.of("(rm-code:rm-2;role:main;status:free;)"))),
        why("pair").kept());
    var use = why("single").demands().get(0).uses().get(0);
    assertEquals(Use.Kind.SET_ASIDE, use.kind());
    assertEquals(Optional.of(RuntimeId.of("pair")), use.test());
  }

  @Test
  void aNodeThatTakesNoTestSaysWhy() {
    var one = new Stage(SETTINGS.with(new Bounds(1, 100, 100, HOUR)));
    one.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    one.submit(CLIENT_1, flash("a"), kind("RM-1"));
    one.submit(CLIENT_1, flash("b"), kind("RM-1"));
    one.submit(CLIENT_1, nose("n"), wanted());

    var full = new Obstacle(NODE_1.id(), "it runs 1 tests already, as many as it may");
    assertEquals(List.of(full), one.farm.snapshot().why(new TestId("b")).get(0).obstacles());
    assertEquals(List.of(full), one.farm.snapshot().why(new TestId("n")).get(0).obstacles());
  }

  @Test
  void maintenanceIsTold() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.apply(new Event.SettingsChanged(stage.now, SETTINGS.inMaintenance(true)));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    assertTrue(why("a").isMaintenance());
    assertEquals(List.of(), why("a").relaxations());
  }

  private Explanation why(String test) {
    return stage.farm.snapshot().why(new TestId(test)).get(0);
  }

  private List<String> relaxations(String test) {
    return why(test).relaxations().stream()
        .map(
            relaxation ->
                String.join(
                        " ",
                        relaxation.changes().stream()
                            .map(change -> change.clause().name() + ":" + change.clause().found())
                            .toList())
                    + " on "
                    + relaxation.products().get(0).imei())
        .toList();
  }
}
