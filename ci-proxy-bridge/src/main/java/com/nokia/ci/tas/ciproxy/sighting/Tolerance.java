package com.nokia.ci.tas.ciproxy.sighting;

import java.time.Duration;

/**
 * How often a cable may go in and out before its product is kept from the farm.
 *
 * @param outs how often it goes out
 * @param window within which
 * @param settled how long it is in before it is trusted again
 * @param told for how long it is told of afterwards
 */
public record Tolerance(int outs, Duration window, Duration settled, Duration told) {
  /** What a bridge bears: three times a minute is too much. */
  public static final Tolerance NORMAL =
      new Tolerance(3, Duration.ofMinutes(1), Duration.ofSeconds(15), Duration.ofHours(1));
}
