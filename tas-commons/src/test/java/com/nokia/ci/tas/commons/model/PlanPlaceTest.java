package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.model.PlanPlace.Step;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a test stands in a plan, as it is told. */
final class PlanPlaceTest {
  private static final Step SMOKE = new Step("smoke", List.of(), "");

  @Test
  void aPlaceIsReadAsItWasWritten() {
    var alarm = new Step("red alarm", List.of("smoke", "calls, all"), "failed");
    var place = new PlanPlace("release 42", "smoke", List.of(SMOKE, alarm));

    assertEquals("release 42|smoke|smoke|red alarm:smoke/calls, all?failed", place.text());
    assertEquals(Optional.of(place), PlanPlace.parse(place.text()));
  }

  @Test
  void aPlanOfMoreStepsThanATextHasRoomForIsToldWithoutThem() {
    var place = new PlanPlace("release", "smoke", Collections.nCopies(2_000, SMOKE));

    assertEquals("release|smoke", place.text());
    assertEquals(
        Optional.of(new PlanPlace("release", "smoke", List.of())), PlanPlace.parse(place.text()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "release",
        "release|",
        "|smoke",
        "release|a/b",
        "release|a|",
        "release|a|b:",
        "release|a|b?x\u0000",
        "release|..|b"
      })
  void whatIsNoPlaceIsNone(String text) {
    assertEquals(Optional.empty(), PlanPlace.parse(text));
  }
}
