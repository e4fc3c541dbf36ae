package com.nokia.ci.tas.ciproxy.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of a device, hostile texts included. */
final class FactsTest {

  @Test
  void hostileTextsAreCleanedOrLeftOut() {
    var facts =
        Facts.of(
            Map.of(
                "os-version", " 14\r\n\u0000x ",
                "Bad Name", "1",
                "", "2",
                "empty", "\u0007 ",
                "long", "x".repeat(5_000),
                "mark", "\u202e"));
    assertEquals(Map.of("os-version", "14   x", "long", "x".repeat(200)), facts.values());
  }

  @Test
  void thereAreNeverTooMany() {
    var many = new HashMap<String, String>();
    for (int i = 0; i < 1_000; i++) {
      many.put("fact-" + i, "1");
    }
    assertEquals(Facts.MOST, Facts.of(many).values().size());
  }

  @Test
  void whatIsKnownCountsBeforeWhatAnotherKnows() {
    var one = Facts.none().with("battery", "85");
    var other = Facts.of(Map.of("battery", "20", "os", "Android"));
    assertEquals(Map.of("battery", "85", "os", "Android"), one.or(other).values());
    assertEquals(Optional.empty(), other.with("os", "").get("os"));
  }
}
