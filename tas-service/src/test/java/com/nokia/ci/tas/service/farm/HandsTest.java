package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.demand;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.manual;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProductStatus;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Health.State;
import com.nokia.ci.tas.service.farm.PersonsOrder.Kind;
import com.nokia.ci.tas.service.store.json.RecordCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Products that persons take in hand, keep for longer and give back. */
final class HandsTest {
  private static final Duration WHILE = Duration.ofMinutes(10);

  private final Stage stage = new Stage();

  @BeforeEach
  void join() {
    stage.join(NODE_1, phone(1, "RM-1"));
  }

  @Test
  void aProductInHandIsGivenToNoTestUntilItsTimeIsOver() {
    take("anna", WHILE);
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    assertTrue(stage.isWaiting("a"));

    stage.pass(WHILE.minusMillis(1), NODE_1);
    assertTrue(stage.isWaiting("a"), "a test may hope for it, and so does not fail");
    stage.pass(Duration.ofMillis(1), NODE_1);

    assertTrue(stage.isRunning("a"));
    assertEquals(Optional.empty(), taken());
  }

  @Test
  void itIsShownInTheHandsOfWhoHasIt() {
    take("anna", WHILE);

    var shown = stage.product(1);
    assertEquals(ProductStatus.DISABLED, shown.product().status());
    assertEquals(
        "in the hands of anna since 2026-11-20T08:00:00Z until 2026-11-20T08:10:00Z: a look at it",
        shown.product().statusDetails());
    assertEquals(State.TAKEN, shown.health().state(SETTINGS.health()));
    assertEquals(
        new Health.Taken("anna", "a look at it", stage.now, stage.now.plus(WHILE)),
        shown.health().taken().orElseThrow());
  }

  @Test
  void itIsGivenBackAtOnce() {
    take("anna", WHILE);
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    order("anna", Kind.GIVE_BACK, Optional.empty());

    assertTrue(stage.isRunning("a"));
  }

  @Test
  void itIsKeptForLongerOrShorter() {
    take("anna", WHILE);
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    order("anna", Kind.EXTEND, Optional.of(stage.now.plus(WHILE.multipliedBy(2))));
    stage.pass(WHILE, NODE_1);
    assertTrue(stage.isWaiting("a"));
    assertEquals("a look at it", taken().orElseThrow().why(), "nothing else was said");
    order("anna", Kind.EXTEND, Optional.of(stage.now.plusSeconds(1)));
    stage.pass(Duration.ofSeconds(1), NODE_1);

    assertTrue(stage.isRunning("a"));
  }

  @Test
  void whatATestHasIsNotTaken() {
    stage.submit(CLIENT_1, manual("a"), kind("RM-1"));

    take("anna", WHILE);
    assertRefused("anna cannot take product 350000000000001: test a has it");
    stage.report(NODE_1, "a", 1, TestStatus.FINISHED);
    take("anna", WHILE);

    assertRefused("anna cannot take product 350000000000001: test a has it");
    assertEquals(
        Optional.of("test a has it"),
        stage
            .product(1)
            .complaint(said("anna", Kind.TAKE, Optional.of(stage.now.plus(WHILE))), stage.now));
  }

  @Test
  void whatAnotherHasInHandIsNeitherTakenNorKeptNorGivenBack() {
    take("anna", WHILE);
    var before = taken();
    String hers =
        "in the hands of anna since 2026-11-20T08:00:00Z until 2026-11-20T08:10:00Z: a look at it";

    take("bert", WHILE);
    assertEquals("bert cannot take product 350000000000001: it is " + hers, remark());
    order("bert", Kind.EXTEND, Optional.of(stage.now.plus(WHILE.multipliedBy(2))));
    assertEquals(
        "bert cannot keep product 350000000000001: it is not in the hands of bert, but " + hers,
        remark());
    order("bert", Kind.GIVE_BACK, Optional.empty());

    assertEquals(before, taken());
  }

  @Test
  void anOrderThatDoesNotSayUntilWhenOrIsTooLateChangesNothing() {
    order("anna", Kind.TAKE, Optional.empty());
    assertRefused(
        "anna cannot take product 350000000000001: the order does not say until when, or that time"
            + " is over");
    order("anna", Kind.TAKE, Optional.of(stage.now));

    assertEquals(Optional.empty(), taken());
  }

  @Test
  void noNodeIsTakenAndNothingThatIsNotKnown() {
    stage.apply(
        new Event.NodeOrdered(
            stage.now, NODE_1.id(), said("anna", Kind.TAKE, Optional.of(stage.now.plus(WHILE)))));
    assertEquals(Health.GOOD, stage.farm.snapshot().node(NODE_1.id()).orElseThrow().standing());
    stage.apply(
        new Event.ProductOrdered(
            stage.now,
            Cast.product(7),
            said("anna", Kind.TAKE, Optional.of(stage.now.plus(WHILE)))));
    assertEquals("anna cannot take product 350000000000007: it is not known here", remark());
  }

  @Test
  void whatWasKeptForATestForSeveralProductsIsTakenAndItWaitsForAnother() {
    stage.plug(NODE_1, phone(2, "RM-2"));
    stage.submit(CLIENT_1, flash("x"), kind("RM-2"));
    stage.submit(
        CLIENT_1, flash("a"), wanted(demand("rm-code", "RM-1"), demand("rm-code", "RM-2")));
    stage.pass(Duration.ofSeconds(3), NODE_1);
    assertTrue(stage.product(1).keptFor().isPresent());

    take("anna", WHILE);

    assertEquals(Optional.empty(), stage.product(1).keptFor());
    stage.report(NODE_1, "x", 1, TestStatus.FINISHED);
    assertTrue(stage.isWaiting("a"));
    order("anna", Kind.GIVE_BACK, Optional.empty());
    assertTrue(stage.isRunning("a"));
  }

  @Test
  void whoeverMayFreeProductsTakesItFromWhoeverHasIt() {
    take("anna", WHILE);
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.apply(new Event.ReleaseOrdered(stage.now, Cast.product(1), "bert", "gone home"));

    assertEquals("bert released product 350000000000001: gone home", remark());
    assertTrue(stage.isRunning("a"));
  }

  @Test
  void anEnabledProductStaysInHand() {
    take("anna", WHILE);

    order("bert", Kind.ENABLE, Optional.empty());

    assertEquals("anna", taken().orElseThrow().who());
  }

  @Test
  void itStaysInHandWhileItIsUnpluggedAndItsNodeIsAway() {
    take("anna", Duration.ofDays(30));
    stage.unplug(NODE_1, Cast.product(1));
    stage.apply(new Event.NodeLeft(stage.now, NODE_1.id()));
    stage.pass(Duration.ofDays(20));

    stage.join(NODE_1, phone(1, "RM-1"));
    assertEquals("anna", taken().orElseThrow().who());
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    assertTrue(stage.isWaiting("a"));
    stage.apply(new Event.NodeLeft(stage.now, NODE_1.id()));
    stage.pass(Duration.ofDays(20));
    stage.join(NODE_1, phone(1, "RM-1"));
    assertEquals(Optional.empty(), taken(), "forgotten when its time was over");
  }

  @Test
  void itIsStillInHandBehindARestart() throws IOException {
    take("anna", WHILE);
    var codec = RecordCodec.binary(FarmImage.class);

    var restored = Farm.restored(codec.of(codec.bytes(stage.farm.snapshot().image())));

    assertEquals(stage.farm.snapshot().products(), restored.snapshot().products());
    stage.restart();
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));
    assertTrue(stage.isWaiting("a"));
    stage.pass(WHILE, NODE_1);
    assertTrue(stage.isRunning("a"));
  }

  @Test
  void anImageFromBeforeThereWasTakingOpens() throws IOException {
    take("anna", WHILE);
    var codec = RecordCodec.text(FarmImage.class);
    String text = codec.textOf(stage.farm.snapshot().image());
    String taken = text.replaceAll(".*(,\"taken\":\\{[^}]*}).*", "$1");
    assertTrue(taken.contains("anna") && taken.length() < text.length(), text);

    var old = codec.of(text.replace(taken, "").getBytes(StandardCharsets.UTF_8));

    var product = Farm.restored(old).snapshot().product(Cast.product(1)).orElseThrow();
    assertEquals(Optional.empty(), product.health().taken());
  }

  private void assertRefused(String sentence) {
    assertEquals(sentence, remark());
    assertEquals(Optional.empty(), taken());
  }

  private String remark() {
    return stage.wanted(Effect.Remark.class).get(0).sentence();
  }

  private Optional<Health.Taken> taken() {
    return stage.product(1).health().taken();
  }

  private List<Effect> take(String who, Duration duration) {
    return order(who, Kind.TAKE, Optional.of(stage.now.plus(duration)));
  }

  private List<Effect> order(String who, Kind kind, Optional<Instant> until) {
    return stage.apply(
        new Event.ProductOrdered(stage.now, Cast.product(1), said(who, kind, until)));
  }

  private static PersonsOrder said(String who, Kind kind, Optional<Instant> until) {
    return new PersonsOrder(kind, who, kind == Kind.TAKE ? "a look at it" : "", until);
  }
}
