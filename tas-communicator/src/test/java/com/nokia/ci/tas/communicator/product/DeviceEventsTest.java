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

  private final DeviceEvents events = new DeviceEvents(Map.of(), /* asked= */ true);

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
  void factsAreThoseOfTheLastMessageUntilTheDeviceIsGone() {
    hear("2@RM-763|USB 4|GConnId_a|004402136230483|15000@RM-980|USB1|GConnId_b|NA|15005$");
    assertFalse(events.knowsFacts());
    assertTrue(
        hear(
            "3@004402136230483|os-version=14|battery=81@NA|sim1-operator=Elisa%20%C3%A4@gone|a=1$"));
    assertTrue(events.knowsFacts());
    assertEquals(Map.of("os-version", "14", "battery", "81"), factsOf(A));
    assertEquals(Map.of("sim1-operator", "Elisa ä"), factsOf(B));
    assertEquals(2, events.devices().size());

    hear("3@004402136230483|battery=80$");
    hear("1@RM-763|USB 9|GConnId_a|004402136230483|15000$");
    assertEquals(Map.of("battery", "80"), factsOf(A));
    assertEquals("USB 9", events.devices().get(A.imei()).connectionName());
    hear("2@RM-763|USB 4|GConnId_a|004402136230483|15000$");
    assertEquals(Map.of("battery", "80"), factsOf(A));
    hear("0@RM-763|USB 4|GConnId_a|004402136230483|15000$");
    hear("1@RM-763|USB 4|GConnId_a|004402136230483|15000$");
    assertEquals(Map.of(), factsOf(A));
  }

  @Test
  void factsOutliveAConnectionUnlessTheNextIsWithoutTheQuestion() {
    hear("1@RM-763|USB 4|GConnId_a|004402136230483|15000$3@004402136230483|battery=80$");

    var next = new DeviceEvents(events.devices(), /* asked= */ true);
    assertEquals(Map.of("battery", "80"), next.devices().get(A.imei()).facts());
    assertFalse(next.knowsFacts());
    next.add("3$".getBytes(ISO_8859_1), 2);
    assertTrue(next.knowsFacts());
    assertEquals(Map.of("battery", "80"), next.devices().get(A.imei()).facts());

    var notAsked = new DeviceEvents(events.devices(), /* asked= */ false);
    assertEquals(Map.of(), notAsked.devices().get(A.imei()).facts());
  }

  @Test
  void factsThatBreakTheRulesAreLeftOut() {
    hear("1@RM-763|USB 4|GConnId_a|004402136230483|15000$");
    hear(
        "3@004402136230483|imei=1|role=mane|status=free|sim1-pin1=1234|sim1-phone-number=1"
            + "|wifi-password=x|Upper=1|noequals|=1|rm-cod=1|bad=%4|bad2=%zz|bad3=%ff|bad4=a b"
            + "|bad5=%0a|empty=|long="
            + "x".repeat(201)
            + "|sn=ABC|ok=1.2_3-4$");
    assertEquals(Map.of("sn", "ABC", "ok", "1.2_3-4"), factsOf(A));

    var many = new StringBuilder("3@004402136230483");
    for (int i = 100; i < 180; i++) {
      many.append("|extra").append(i).append("=1");
    }
    hear(many.append("$").toString());
    assertEquals(32, factsOf(A).size());
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

  private Map<String, String> factsOf(Device device) {
    return events.devices().get(device.imei()).facts();
  }

  private boolean hear(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return events.add(bytes, bytes.length);
  }
}
