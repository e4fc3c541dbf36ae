package com.nokia.ci.tas.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ServiceLook;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an output becomes lines. */
final class LogLinesTest {
  @Test
  void aLineThatIsStillBeingWrittenWaitsForItsEnd() {
    var json = LogLines.of(bytes("one\ntwo\nthr"), 100, /* isOver= */ false);

    assertEquals(2, json.path("lines").size());
    assertEquals(108, json.path("next").asLong());
    assertFalse(json.path("ended").asBoolean());
    assertEquals(0, LogLines.of(bytes("thr"), 108, false).path("lines").size());
  }

  @Test
  void theLastLineOfATestThatIsOverNeedsNoEnd() {
    var json = LogLines.of(bytes("one\nthr"), 0, /* isOver= */ true);

    assertEquals("thr", json.path("lines").path(1).path("text").asText());
    assertEquals(7, json.path("next").asLong());
    assertTrue(json.path("ended").asBoolean());
    assertTrue(LogLines.of(bytes(""), 7, true).path("ended").asBoolean());
  }

  @Test
  void aLineThatFillsAPartIsCutBetweenTwoCharacters() {
    byte[] umlauts = bytes("x" + "ä".repeat(ServiceLook.MOST));
    byte[] part = Arrays.copyOf(umlauts, ServiceLook.MOST);

    var json = LogLines.of(part, 0, /* isOver= */ true);

    String line = json.path("lines").path(0).path("text").asText();
    assertEquals(ServiceLook.MOST - 1L, json.path("next").asLong());
    assertFalse(line.contains("\uFFFD"), "no half character");
    assertFalse(json.path("ended").asBoolean(), "there may be more");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20 10:00:00 ERROR no network, error",
    "java.lang.IllegalStateException: x, info",
    "AssertionError: 1 != 2, error",
    "Traceback (most recent call last):, error",
    "[WARN] slow, warning",
    "DEBUG details, debug",
    "all is well, info",
    "0 errors, info"
  })
  void theWordsOfALineSayItsLevel(String line, String level) {
    assertEquals(level, LogLines.level(line));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
