package com.nokia.ci.tas.commons.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");

  private final AtomicReference<Instant> timeOfDay = new AtomicReference<>(T0);
  private final AtomicLong nanos = new AtomicLong(-5);
  private final SteadyClock clock = SteadyClock.of(timeOfDay::get, nanos::get);

  @Test
  void timePasses() {
    nanos.addAndGet(Duration.ofSeconds(90).toNanos());

    assertEquals(T0.plusSeconds(90), clock.instant());
  }

  @Test
  void settingTheClockOfTheMachineMovesNoDeadline() {
    timeOfDay.set(T0.minusSeconds(86_400));
    nanos.addAndGet(1_000_000);

    assertEquals(T0.plusMillis(1), clock.instant());
  }

  @Test
  void aClockOfAnotherZoneShowsTheSameInstant() {
    nanos.addAndGet(7);

    assertEquals(clock.instant(), clock.withZone(ZoneId.of("Europe/Helsinki")).instant());
  }
}
