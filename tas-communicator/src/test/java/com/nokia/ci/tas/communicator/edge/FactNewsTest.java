package com.nokia.ci.tas.communicator.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.communicator.facts.FactSheet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FactNewsTest {
  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");

  private final Map<String, String> facts =
      new HashMap<>(Map.of("disk-free-bytes", "1000", "adb-version", "1", "uptime-seconds", "5"));
  private Instant now = T0;
  private final FactNews news = new FactNews(new FactSheet(List.of(() -> facts)), () -> now);

  @Test
  void smallChangesAreNoNewsUntilWhatWasToldIsOld() {
    var first = news.tell();
    facts.putAll(Map.of("disk-free-bytes", "950", "uptime-seconds", "500"));

    assertEquals(Optional.empty(), news.news());
    now = now.plus(Duration.ofMinutes(6));
    assertEquals(Optional.of(NodeFacts.of(facts)), news.news());
    assertEquals(Optional.empty(), news.news());
    assertEquals("1000", first.values().get("disk-free-bytes"));
  }

  @Test
  void aNoticeableChangeIsToldAtOnce() {
    news.tell();

    facts.put("disk-free-bytes", "800");
    assertEquals(Optional.of(NodeFacts.of(facts)), news.news());
    facts.put("adb-version", "2");
    assertEquals(Optional.of(NodeFacts.of(facts)), news.news());
    facts.remove("adb-version");
    assertEquals(Optional.of(NodeFacts.of(facts)), news.news());
  }
}
