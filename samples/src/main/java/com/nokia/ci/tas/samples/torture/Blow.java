package com.nokia.ci.tas.samples.torture;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Something that is done to programs.
 *
 * @param at from the beginning of the storm
 * @param means how
 * @param victims names of programs, in the order in which they are hit
 * @param lasts how long they are down before they are started again, or stalled
 */
record Blow(Duration at, Means means, List<String> victims, Duration lasts) {
  /** How a program is hit. */
  enum Means {
    /** {@code kill -9}, as a power cut does. */
    KILL,
    /** Stopped in its tracks and let go on later, as a machine that swaps or sleeps. */
    STALL,
    /** Asked to end, as a supervisor does. */
    RESTART;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Blow {
    victims = List.copyOf(victims);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%7.1f s  %-7s %s for %.1f s",
        at.toMillis() / 1000.0,
        means.word(),
        String.join(", ", victims),
        lasts.toMillis() / 1000.0);
  }
}
