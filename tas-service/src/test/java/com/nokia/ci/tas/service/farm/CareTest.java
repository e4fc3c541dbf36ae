package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.demand;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Health.State;
import com.nokia.ci.tas.service.farm.PersonsOrder.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What persons say of products and nodes, and that it sticks. */
final class CareTest {
  private final Stage stage = new Stage();

  @Test
  void aDisabledProductIsGivenToNoTestUntilItIsEnabled() {
    stage.join(NODE_1, phone(1, "RM-1"));

    order(1, Kind.DISABLE, "glass broken");
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    assertTrue(stage.isWaiting("a"));
    assertEquals(ProductStatus.DISABLED, stage.product(1).product().status());
    assertEquals(
        "disabled by anna since 2026-11-20T08:00:00Z: glass broken",
        stage.product(1).product().statusDetails());
    order(1, Kind.ENABLE, "new glass");
    assertTrue(stage.isRunning("a"));
  }

  @Test
  void theRunOnAProductThatIsDisabledGoesOnAndIsTheLastOne() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));

    order(1, Kind.DISABLE, "glass broken");
    assertTrue(stage.isRunning("a"));
    assertEquals(ProductStatus.BUSY, stage.product(1).product().status());
    stage.report(NODE_1, "a", 1, TestStatus.FINISHED);

    assertEquals(List.of("client1.test a started", "client1.test a finished"), stage.told());
    assertEquals(ProductStatus.DISABLED, stage.product(1).product().status());
    assertTrue(stage.isWaiting("b"));
  }

  @Test
  void whatItsNodeSaysUndoesNoPersonsOrderAndNoPersonUndoesWhatItsNodeSays() {
    stage.join(NODE_1, phone(1, "RM-1"));
    order(1, Kind.DISABLE, "glass broken");
    stage.report(NODE_1, phone(1, "RM-1").with(Map.of("status", "free")));
    assertEquals(ProductStatus.DISABLED, stage.product(1).product().status());

    stage.report(
        NODE_1,
        phone(1, "RM-1").with(Map.of("status", "disabled", "status-details", "line 7, column 3")));
    assertEquals(
        "line 7, column 3; disabled by anna since 2026-11-20T08:00:00Z: glass broken",
        stage.product(1).product().statusDetails());
    order(1, Kind.ENABLE, "");
    assertEquals("line 7, column 3", stage.product(1).product().statusDetails());
    assertEquals(ProductStatus.DISABLED, stage.product(1).product().status());

    stage.report(NODE_1, phone(1, "RM-1"));
    assertEquals(ProductStatus.FREE, stage.product(1).product().status());
  }

  @Test
  void aNodeIsNotToldOfWhatPersonsAndTheFarmHoldAgainstItsProducts() {
    stage.join(NODE_1, phone(1, "RM-1"));
    order(1, Kind.DISABLE, "glass broken");

    stage.unplug(NODE_1, Cast.product(1));
    stage.plug(NODE_1, phone(1, "RM-1"));

    assertEquals(
        ProductStatus.FREE, stage.wanted(Effect.TellProduct.class).get(0).product().status());
  }

  @Test
  void anOrderOfSomeDurationEndsByItself() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.apply(
        new Event.ProductOrdered(
            stage.now,
            Cast.product(1),
            new PersonsOrder(
                Kind.DISABLE, "anna", "lunch", Optional.of(stage.now.plusSeconds(60)))));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.pass(Duration.ofSeconds(60), NODE_1);

    assertTrue(stage.isRunning("a"));
  }

  @Test
  void noTestMayHopeForWhatIsDisabledButForWhatIsDrained() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    order(1, Kind.DISABLE, "sold");
    order(2, Kind.DRAIN, "in use for a demo");
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    stage.submit(CLIENT_1, flash("b"), kind("RM-2"));

    stage.pass(SETTINGS.tests().resourcesExpectationTimeout(), NODE_1);

    assertEquals(List.of("client1.test a failed"), stage.told());
    assertTrue(stage.isWaiting("b"));
  }

  @Test
  void aTestThatAsksForDisabledProductsWaitsForItsExpectationTimeoutAndGetsNone() {
    stage.join(NODE_1, phone(1, "RM-1"));
    order(1, Kind.DISABLE, "glass broken");
    stage.submit(CLIENT_1, flash("a"), wanted(demand("rm-code", "RM-1", "status", "disabled")));

    assertTrue(stage.isWaiting("a"));
    stage.pass(SETTINGS.tests().resourcesExpectationTimeout().minusMillis(1), NODE_1);
    assertTrue(stage.isWaiting("a"));
    stage.pass(Duration.ofMillis(1), NODE_1);
    assertEquals(List.of("client1.test a failed"), stage.told());
  }

  @Test
  void aDrainedNodeEndsWhatItRunsAndGetsNoMore() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    order(NODE_1, Kind.DRAIN, "new disk");
    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));

    assertTrue(stage.isRunning("a"));
    assertTrue(stage.isWaiting("b"));
    stage.report(NODE_1, "a", 1, TestStatus.FINISHED);
    assertTrue(stage.isWaiting("b"));
    var node = stage.farm.snapshot().node(NODE_1.id()).orElseThrow();
    assertEquals("drained by anna since 2026-11-20T08:00:00Z: new disk", node.remark());
    assertEquals(State.DRAINED, node.standing().state(SETTINGS.health()));
    assertEquals(ProductStatus.DISABLED, stage.product(2).product().status());

    order(NODE_1, Kind.ENABLE, "");
    assertTrue(stage.isRunning("b"));
  }

  @Test
  void whatWasKeptOnANodeThatIsDrainedIsKeptElsewhere() {
    stage.join(NODE_1, phone(1, "RM-1"), phone(2, "RM-2"));
    stage.join(NODE_2, phone(3, "RM-1"), phone(4, "RM-2"));
    stage.submit(CLIENT_1, flash("x"), kind("RM-2"));
    stage.submit(CLIENT_1, flash("y"), kind("RM-2"));
    stage.submit(
        CLIENT_1, flash("a"), wanted(demand("rm-code", "RM-1"), demand("rm-code", "RM-2")));
    stage.pass(Duration.ofSeconds(3), NODE_1, NODE_2);
    int kept = stage.product(1).keptFor().isPresent() ? 1 : 3;
    assertTrue(stage.product(kept).keptFor().isPresent());

    order(kept == 1 ? NODE_1 : NODE_2, Kind.DRAIN, "new disk");

    assertEquals(Optional.empty(), stage.product(kept).keptFor());
    assertTrue(stage.product(kept == 1 ? 3 : 1).keptFor().isPresent());
  }

  @Test
  void ordersAndNotesAreKeptWhileProductAndNodeAreAwayHoweverLong() {
    stage.join(NODE_1, phone(1, "RM-1"));
    order(1, Kind.DISABLE, "glass broken");
    order(1, Kind.NOTE, "cable 7");
    order(NODE_1, Kind.NOTE, "ask Maija");
    stage.apply(new Event.NodeLeft(stage.now, NODE_1.id()));
    stage.pass(Duration.ofDays(30));

    stage.join(NODE_1, phone(1, "RM-1"));

    assertEquals(
        "disabled by anna since 2026-11-20T08:00:00Z: glass broken",
        stage.product(1).product().statusDetails());
    assertEquals("cable 7", stage.product(1).health().note().orElseThrow().order().why());
    var node = stage.farm.snapshot().node(NODE_1.id()).orElseThrow();
    assertEquals("ask Maija", node.standing().note().orElseThrow().order().why());
  }

  @Test
  void whatIsAwayMayBeOrderedToo() {
    order(1, Kind.DISABLE, "never again");

    stage.join(NODE_1, phone(1, "RM-1"));

    assertEquals(ProductStatus.DISABLED, stage.product(1).product().status());
  }

  @Test
  void allOfItIsInTheImageOfTheFarm() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2, phone(2, "RM-1"));
    order(1, Kind.DISABLE, "glass broken");
    order(NODE_1, Kind.DRAIN, "new disk");
    order(2, Kind.NOTE, "cable 7");
    order(NODE_2, Kind.NOTE, "ask Maija");
    stage.apply(new Event.NodeLeft(stage.now, NODE_2.id()));

    var restored = Farm.restored(stage.farm.snapshot().image());

    assertEquals(stage.farm.snapshot().products(), restored.snapshot().products());
    assertEquals(stage.farm.snapshot().nodes(), restored.snapshot().nodes());
    restored.apply(new Event.NodeRegistered(stage.now, NODE_2));
    var node = restored.snapshot().node(NODE_2.id()).orElseThrow();
    assertEquals("ask Maija", node.standing().note().orElseThrow().order().why());
  }

  @Test
  void otherSettingsUndoNoOrder() {
    stage.join(NODE_1, phone(1, "RM-1"));
    order(1, Kind.DISABLE, "glass broken");
    order(NODE_1, Kind.NOTE, "ask Maija");

    stage.apply(new Event.SettingsChanged(stage.now, SETTINGS.inMaintenance(true)));

    assertEquals(ProductStatus.DISABLED, stage.product(1).product().status());
    var node = stage.farm.snapshot().node(NODE_1.id()).orElseThrow();
    assertEquals("ask Maija", node.standing().note().orElseThrow().order().why());
  }

  @Test
  void whatPersonsSayIsOneLine() {
    stage.join(NODE_1, phone(1, "RM-1"));

    order(1, Kind.DISABLE, "glass\r\nbroken");

    assertEquals(
        "disabled by anna since 2026-11-20T08:00:00Z: glass  broken",
        stage.product(1).product().statusDetails());
    assertEquals(
        "product 350000000000001 was disabled by anna: glass  broken",
        stage.wanted(Effect.Remark.class).get(0).sentence());
  }

  @Test
  void aNodeHearsThatItsSickProductWasEnabledUntilItSaysSo() {
    var sick =
        phone(1, "RM-1")
            .with(Map.of("status", "disabled", "status-details", "health test failed: dark"));
    stage.join(NODE_1, sick);

    order(1, Kind.ENABLE, "");
    assertEquals(List.of("free enabled by anna"), toldOfProducts());
    stage.restart();
    stage.report(NODE_1, sick);
    assertEquals(List.of("free enabled by anna"), toldOfProducts(), "it has not heard");
    stage.report(NODE_1, phone(1, "RM-1"));
    assertEquals(List.of(), toldOfProducts());
    stage.report(NODE_1, sick);

    assertEquals(List.of(), toldOfProducts(), "that is another health test");
  }

  @Test
  void whatElseItsNodeSaysOfAProductNoPersonEnables() {
    stage.join(NODE_1, phone(1, "RM-1").with(Map.of("status", "disabled", "status-details", "x")));

    order(1, Kind.ENABLE, "");

    assertEquals(List.of(), toldOfProducts());
  }

  private List<String> toldOfProducts() {
    return stage.wanted(Effect.TellProduct.class).stream()
        .map(told -> told.product().status().text() + " " + told.product().statusDetails())
        .toList();
  }

  private void order(int product, Kind kind, String why) {
    stage.apply(
        new Event.ProductOrdered(
            stage.now, Cast.product(product), new PersonsOrder(kind, "anna", why)));
  }

  private void order(NodeDescription node, Kind kind, String why) {
    stage.apply(new Event.NodeOrdered(stage.now, node.id(), new PersonsOrder(kind, "anna", why)));
  }
}
