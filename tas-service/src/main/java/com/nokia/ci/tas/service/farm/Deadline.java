package com.nokia.ci.tas.service.farm;

import java.time.Duration;
import java.time.Instant;

/** Times from durations that come from outside and may be of any length. */
final class Deadline {
  /** Longer than anything a farm waits for, and short enough to be added to any time. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  private Deadline() {}

  static Instant after(Instant from, Duration duration) {
    return from.plus(duration.compareTo(LONGEST) > 0 ? LONGEST : duration);
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
