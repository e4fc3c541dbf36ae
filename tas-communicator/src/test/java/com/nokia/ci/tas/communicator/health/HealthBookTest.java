package com.nokia.ci.tas.communicator.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When products are due, across lives of a node. */
final class HealthBookTest {
  private static final String A = "004402136230483";
  private static final Duration EVERY = Duration.ofHours(4);
  private static final Optional<Instant> AT_ONCE = Optional.of(Instant.EPOCH);

  @TempDir Path directory;
  private Instant now = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void byScheduleAProductIsDueAtFirstAndThenAWhileAfterTheLastOne() {
    var book = open(settings(Optional.of(EVERY), 0));
    assertEquals(AT_ONCE, book.due(A));

    book.began(A);
    book.passed(A);

    assertEquals(Optional.of(now.plus(EVERY)), book.due(A));
    assertEquals(Optional.empty(), book.sick(A));
  }

  @Test
  void afterSoManyFailuresInARow() {
    var book = open(settings(Optional.empty(), 2));
    assertEquals(Optional.empty(), book.due(A));
    book.testEnded(A, /* hasFailed= */ true);
    book.testEnded(A, /* hasFailed= */ false);
    book.testEnded(A, /* hasFailed= */ true);
    assertEquals(Optional.empty(), book.due(A));

    book.testEnded(A, /* hasFailed= */ true);

    assertEquals(AT_ONCE, book.due(A));
    book.passed(A);
    assertEquals(Optional.empty(), book.due(A));
  }

  @Test
  void aSickProductIsTriedAgainWithoutAScheduleToo() {
    var book = open(settings(Optional.empty(), 2));

    book.failed(A, "no picture");

    assertEquals(Optional.of(now.plus(HealthSettings.SICK_EVERY)), book.due(A));
    assertEquals(Map.of(A, "no picture"), book.sick());
    book.cleared(A);
    assertEquals(Optional.empty(), book.due(A));
  }

  @Test
  void aKilledNodeKnowsWhoIsSickAndWhomItWasTesting() {
    var settings = settings(Optional.of(EVERY), 0);
    var book = open(settings);
    book.failed(A, "no picture");
    book.passed("b");
    book.began("b");

    var next = open(settings);

    assertEquals(Map.of(A, "no picture"), next.sick());
    assertEquals(Optional.of(now.plus(EVERY)), next.due(A));
    assertEquals(AT_ONCE, next.due("b"));
  }

  @Test
  void aBookThatCannotBeReadIsBegunAnew() throws IOException {
    Files.writeString(directory.resolve("health.txt"), "{\"broken");
    var book = open(settings(Optional.of(EVERY), 0));

    assertEquals(Map.of(), book.sick());
    book.failed(A, "no picture");
    assertEquals(Map.of(A, "no picture"), open(settings(Optional.of(EVERY), 0)).sick());
  }

  @Test
  void aHealthTestIsForTheProductsThatAreNamed() {
    var product = ProductDescription.of(Map.of("imei", A, "rm-code", "RM-763"));

    assertTrue(of(Set.of()).isFor(product));
    assertTrue(of(Set.of("rm-763")).isFor(product));
    assertTrue(of(Set.of(A)).isFor(product));
    assertFalse(of(Set.of("rm-764")).isFor(product));
  }

  @Test
  void timesAreReadAsPeopleWriteThem() {
    assertEquals(Duration.ofSeconds(30), HealthSettings.time("x", "30s"));
    assertEquals(Duration.ofMinutes(10), HealthSettings.time("x", " 10M "));
    assertEquals(EVERY, HealthSettings.time("x", "4"));
    for (String wrong : new String[] {"", "0", "-1h", "4d", "h"}) {
      assertThrows(SettingsException.class, () -> HealthSettings.time("x", wrong), wrong);
    }
  }

  private HealthBook open(HealthSettings settings) {
    return HealthBook.open(directory.resolve("health.txt"), settings, () -> now);
  }

  private static HealthSettings of(Set<String> products) {
    return new HealthSettings("check", products, Optional.of(EVERY), 0, Duration.ofMinutes(1));
  }

  private static HealthSettings settings(Optional<Duration> every, int after) {
    return new HealthSettings("check", Set.of(), every, after, Duration.ofMinutes(1));
  }
}
