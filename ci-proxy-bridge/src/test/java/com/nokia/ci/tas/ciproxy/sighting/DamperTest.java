package com.nokia.ci.tas.ciproxy.sighting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cable that goes in and out again and again. */
final class DamperTest {
  private static final Device PHONE =
      new Device(
          "490154203237518", "RM-980", "A", "adb-A", "", Facts.of(Map.of("cable", "usb:1-1.4")));
  private static final Device OTHER =
      new Device(
          "356938035643809", "RM-980", "B", "adb-B", "", Facts.of(Map.of("cable", "usb:1-2")));

  private final Damper damper = new Damper(Tolerance.NORMAL);
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aCableThatGoesOutTwiceIsBelieved() {
    flap(2);
    assertEquals(List.of(PHONE), seen(PHONE));
  }

  @Test
  void aCableThatGoesOutThreeTimesInAMinuteCountsAsOutUntilItHasBeenInForAWhile() {
    flap(3);
    assertEquals(List.of(OTHER), seen(PHONE, OTHER));
    assertEquals(Optional.of(Duration.ofSeconds(15)), damper.untilSomethingChanges(now));
    now = now.plusSeconds(14);
    assertEquals(List.of(OTHER), seen(PHONE, OTHER));
    seen(OTHER);
    now = now.plusSeconds(14);
    assertEquals(List.of(OTHER), seen(PHONE, OTHER));
    now = now.plusSeconds(15);
    assertEquals(
        "out 3 times within 60 s at usb:1-1.4",
        seen(PHONE, OTHER).get(0).facts().get(Facts.FLAPPING).orElse(""));
  }

  @Test
  void whatWasBadIsForgottenAfterAnHour() {
    flap(3);
    seen(PHONE);
    now = now.plusSeconds(15);
    assertTrue(seen(PHONE).get(0).facts().get(Facts.FLAPPING).isPresent());
    Duration rest = damper.untilSomethingChanges(now).orElseThrow();
    assertTrue(rest.compareTo(Duration.ofHours(1)) <= 0, rest.toString());
    now = now.plus(rest);
    assertEquals(List.of(PHONE), seen(PHONE));
    assertEquals(Optional.empty(), damper.untilSomethingChanges(now));
  }

  @Test
  void aCableThatGoesOutNowAndThenIsBelieved() {
    for (int i = 0; i < 20; i++) {
      assertEquals(List.of(PHONE), seen(PHONE));
      now = now.plusSeconds(31);
      seen();
    }
  }

  @Test
  void whatIsPluggedByAWordIsBelievedAlways() {
    Device simulated = PHONE.with(Facts.none());
    for (int i = 0; i < 20; i++) {
      assertEquals(List.of(simulated), seen(simulated));
      seen();
    }
  }

  private void flap(int times) {
    for (int i = 0; i < times; i++) {
      assertEquals(List.of(PHONE), seen(PHONE));
      now = now.plusSeconds(1);
      assertEquals(List.of(), seen());
    }
  }

  private List<Device> seen(Device... devices) {
    return damper.steady(List.of(devices), now);
  }
}
