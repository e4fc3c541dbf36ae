package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.PENDING;
import static com.nokia.ci.tas.service.farm.Cast.CLIENT_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.NODE_2;
import static com.nokia.ci.tas.service.farm.Cast.SETTINGS;
import static com.nokia.ci.tas.service.farm.Cast.demand;
import static com.nokia.ci.tas.service.farm.Cast.flash;
import static com.nokia.ci.tas.service.farm.Cast.kind;
import static com.nokia.ci.tas.service.farm.Cast.nose;
import static com.nokia.ci.tas.service.farm.Cast.phone;
import static com.nokia.ci.tas.service.farm.Cast.wanted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A request that no product known to the farm could ever serve is told so at once. */
final class NeverTest {
  private static final String UP_TO = "; it waits up to 900000 ms for that to change";
  private final Stage stage = new Stage();

  @Test
  void whatNothingCouldServeIsToldSoInThePendingUpdateAndAsANotice() {
    stage.join(NODE_1, phone(1, "RM-763"));

    stage.submit(CLIENT_1, flash("a"), kind("RM-736"));

    String never =
        "nothing in the farm could serve it now, free or busy: waiting for"
            + " (rm-code:rm-736;role:main;status:free;): no product of the farm has rm-code:rm-736,"
            + " the nearest is rm-code:rm-763; product 350000000000001 would do otherwise"
            + UP_TO;
    assertEquals(List.of("client1.test a pending"), stage.told());
    assertEquals(never, stage.details());
    assertEquals(
        List.of("test a waits: " + never),
        stage.wanted(Effect.Notice.class).stream().map(Effect.Notice::text).toList());
    assertTrue(stage.isWaiting("a"));
  }

  @Test
  void whatIsBusyIsNotNever() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.submit(CLIENT_1, flash("b"), kind("RM-1"));

    assertEquals("", stage.details());
    assertEquals(List.of(), stage.wanted(Effect.Notice.class));
  }

  @Test
  void maintenanceIsNotNever() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.apply(new Event.SettingsChanged(stage.now, SETTINGS.inMaintenance(true)));

    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    assertEquals("", stage.details());
  }

  @Test
  void aTestThatIsToldSoStartsAllTheSameWhenTheProductComes() {
    stage.join(NODE_1);
    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    stage.plug(NODE_1, phone(1, "RM-1"));

    assertTrue(stage.isRunning("a"));
  }

  @Test
  void productsThatAreOnDifferentNodesAreSaidSo() {
    stage.join(NODE_1, phone(1, "RM-1"));
    stage.join(NODE_2, phone(2, "RM-2"));

    stage.submit(
        CLIENT_1, flash("a"), wanted(demand("rm-code", "RM-1"), demand("rm-code", "RM-2")));

    assertTrue(
        stage.details().endsWith("no node has all of these products" + UP_TO), stage.details());
  }

  @Test
  void aMistypedAttributeIsNamed() {
    stage.join(NODE_1, phone(1, "RM-1"));

    stage.submit(CLIENT_1, flash("a"), wanted(demand("rm-kode", "RM-1")));

    assertTrue(
        stage
            .details()
            .contains("no product of the farm has an attribute rm-kode, the nearest is rm-code"),
        stage.details());
  }

  @Test
  void aDisabledProductThatFitsIsNamedWithItsReason() {
    stage.join(
        NODE_1,
        phone(1, "RM-1")
            .with(ProductAttribute.STATUS, "disabled")
            .with(ProductAttribute.STATUS_DETAILS, "no battery"));

    stage.submit(CLIENT_1, flash("a"), kind("RM-1"));

    assertTrue(
        stage.details().contains("product 350000000000001 fits, but is not to be used: no battery"),
        stage.details());
  }

  @Test
  void aTestThatNeedsANodeIsToldWhenThereIsNone() {
    stage.submit(CLIENT_1, nose("a"), wanted());

    assertTrue(stage.details().contains("waiting for any node: none is connected"));
  }

  @Test
  void codesAreNotGuessedAt() {
    stage.join(NODE_1, phone(1, "RM-1"));

    stage.submit(CLIENT_1, flash("a"), wanted(demand("sim1-pin1", "4712")));

    assertEquals(PENDING, stage.wanted(Effect.TellClient.class).get(0).test().progress().status());
    assertTrue(stage.details().contains("no product of the farm has sim1-pin1:…;"));
    assertFalse(stage.details().contains("4711"), stage.details());
  }
}
