package com.nokia.ci.tas.commons.transport;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a connector waits between its tries (docs/session.md, section 5): not at all, 0.2 s, 0.4
 * s and so on up to the longest, each shortened by chance by up to a half, so that a farm does not
 * come back in one instant.
 */
final class Pauses {
  private static final Duration FIRST = Duration.ofMillis(200);

  /** A connection that lasted so long was a good one. */
  private static final Duration GOOD = Duration.ofSeconds(1);

  private static final int MOST_DOUBLINGS = 30;

  private final Duration longest;
  private int tries;

  Pauses(Duration longest) {
    this.longest = longest;
  }

  /** A connection stood for so long; one that broke at once is no reason to hurry. */
  void stood(Duration time) {
    if (time.compareTo(GOOD) >= 0) {
      tries = 0;
    }
  }

  /** Before the next try. */
  Duration next() {
    int before = tries++;
    if (before == 0) {
      return Duration.ZERO;
    }
    Duration whole = FIRST.multipliedBy(1L << Math.min(before - 1, MOST_DOUBLINGS));
    Duration most = whole.compareTo(longest) < 0 ? whole : longest;
    return most.minusNanos(ThreadLocalRandom.current().nextLong(most.toNanos() / 2 + 1));
  }
}
