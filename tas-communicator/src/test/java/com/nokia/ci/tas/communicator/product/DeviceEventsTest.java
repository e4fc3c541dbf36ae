package com.nokia.ci.tas.communicator.product;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DeviceEventsTest {
  private static final Device A =
      new Device("RM-763", "USB 4", "GConnId_a", "004402136230483", "15000");
  private static final Device B = new Device("RM-980", "USB1", "GConnId_b", "NA", "15005");

  private final DeviceEvents events = new DeviceEvents(Map.of());

  @Test
  void listAndEventsAreUnderstood() {
    assertTrue(hear("2@RM-763|USB 4|GConnId_a|004402136230483|15000$"));
    hear("\r\n  1@RM-980|USB1|GConnId_b|NA|15005$");
    assertEquals(Map.of(A.imei(), A, B.imei(), B), events.devices());
    hear("0@RM-763|USB 4|GConnId_a|004402136230483|15000$");
    assertEquals(Map.of(B.imei(), B), events.devices());
  }

  @Test
  void whatIsNotOnTheListIsGone() {
    hear("1@RM-980|USB1|GConnId_b|NA|15005$");
    hear("2@RM-763|USB 4|GConnId_a|004402136230483|15000$");
    assertEquals(Map.of(A.imei(), A), events.devices());
    hear("2$");
    assertEquals(Map.of(), events.devices());
  }

  @Test
  void messagesMayComeInAnyPieces() {
    for (char c :
        "1@RM-763|USB 4|GConnId_a|004402136230483|15000@RM-980|USB1|GConnId_b|NA|15005"
            .toCharArray()) {
      assertFalse(hear(String.valueOf(c)));
    }
    assertTrue(hear("$"));
    assertEquals(Set.of(A.imei(), B.imei()), events.devices().keySet());
  }

  @Test
  void garbageChangesNothing() {
    hear("1@RM-763|USB 4|GConnId_a|004402136230483|15000$");
    for (var garbage :
        new String[] {
          "$",
          "7@RM-1|a|b|c|d$",
          "x@RM-1|a|b|c|d$",
          "1@RM-1|a|b$",
          "1@a|b|c|../../etc/passwd|1$",
          "1@a|b|c||1$",
          "\u0000\u00FF$",
          "0@$",
          "1@" + "x".repeat(300_000) + "$"
        }) {
      hear(garbage);
      assertEquals(Map.of(A.imei(), A), events.devices(), garbage.substring(0, 1));
    }
  }

  private boolean hear(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return events.add(bytes, bytes.length);
  }
}
