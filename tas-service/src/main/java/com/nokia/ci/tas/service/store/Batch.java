package com.nokia.ci.tas.service.store;

import java.time.Instant;
import java.util.List;

/**
 * Events that are made durable together, in the order applied.
 *
 * @param number from 1, one more than that of the batch before
 * @param steps at least one
 */
public record Batch(long number, List<Step> steps) {
  public Batch {
    steps = List.copyOf(steps);
    if (number < 1 || steps.isEmpty()) {
      throw new IllegalArgumentException(
          "batch " + number + " of " + steps.size() + " steps; both must be at least 1");
    }
  }

  /** When the last of its events happened. */
  public Instant at() {
    return steps.get(steps.size() - 1).event().at();
  }
}
