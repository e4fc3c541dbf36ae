package com.nokia.ci.tas.service.webhook;

import java.time.Duration;

/**
 * How long and how much is tried.
 *
 * @param octets that wait for a hook at once, on disk
 * @param age how long an event is tried
 * @param deadline within which a receiver has to answer
 * @param firstPause before an event is tried again; doubles from then on
 * @param longestPause no longer than this
 */
record Limits(
    long octets, Duration age, Duration deadline, Duration firstPause, Duration longestPause) {
  private static final int MOST_DOUBLINGS = 20;

  /** What docs/api.md says. */
  static final Limits USUAL =
      new Limits(
          16_000_000,
          Duration.ofDays(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5));

  /** How long to wait after so many tries that came to nothing. */
  Duration pauseAfter(int tries) {
    var pause = firstPause.multipliedBy(1L << Math.min(tries - 1, MOST_DOUBLINGS));
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
