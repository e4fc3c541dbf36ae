package com.nokia.ci.tas.ciproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is announced when something else is plugged in. */
final class InventoryTest {
  private static final Device USB1 =
      new Device("004402136230483", "RM-763", "USB1", "GConnId_a", "15000");
  private static final Device USB2 =
      new Device("004402470970868", "RM-980", "USB2", "GConnId_b", "15001");
  private static final Device USB7 =
      new Device("004402136230483", "RM-763", "USB7", "GConnId_c", "15005");

  private final Inventory inventory = new Inventory();

  @Test
  void whatComesIsAnnouncedInOneMessage() {
    assertEquals(
        List.of(
            "1@RM-763|USB1|GConnId_a|004402136230483|15000@RM-980|USB2|GConnId_b|004402470970868|15001$"),
        announced(USB1, USB2));
  }

  @Test
  void whatGoesIsAnnouncedBeforeWhatComes() {
    inventory.update(List.of(USB1));
    assertEquals(
        List.of(
            "0@RM-763|USB1|GConnId_a|004402136230483|15000$",
            "1@RM-980|USB2|GConnId_b|004402470970868|15001$"),
        announced(USB2));
  }

  @Test
  void aProductOnAnotherConnectionIsAnnouncedAsConnected() {
    inventory.update(List.of(USB1));
    assertEquals(List.of("1@RM-763|USB7|GConnId_c|004402136230483|15005$"), announced(USB7));
  }

  @Test
  void nothingNewIsNotAnnounced() {
    inventory.update(List.of(USB1, USB2));
    assertEquals(List.of(), announced(USB2, USB1));
  }

  @Test
  void ofTwoWithOneImeiTheFirstCounts() {
    inventory.update(List.of(USB1, USB7));
    assertEquals("2@RM-763|USB1|GConnId_a|004402136230483|15000$", inventory.all().text());
    assertEquals(List.of("1@RM-763|USB7|GConnId_c|004402136230483|15005$"), announced(USB7));
  }

  @Test
  void factsFollowTheProductThatTheyAreOf() {
    var told = USB1.with(Facts.of(Map.of("sim1-operator", "Ä|$@=%", "battery", "85")));
    assertEquals(
        List.of(
            "1@RM-763|USB1|GConnId_a|004402136230483|15000$",
            "3@004402136230483|battery=85|sim1-operator=%C3%84%7C%24%40%3D%25$"),
        announced(told));
    assertEquals(
        List.of("3@004402136230483|battery=84$"),
        announced(USB1.with(Facts.of(Map.of("battery", "84")))));
    assertEquals(List.of("3@004402136230483$"), announced(USB1));
    assertEquals(List.of(), inventory.facts());
  }

  @Test
  void theListOfNothingIsValid() {
    assertEquals("2$", inventory.all().text());
  }

  private List<String> announced(Device... present) {
    return inventory.update(List.of(present)).stream().map(Announcement::text).toList();
  }
}
