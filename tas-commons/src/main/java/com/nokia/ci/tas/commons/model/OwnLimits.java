package com.nokia.ci.tas.commons.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Limits that a test asks for itself besides its timeout (docs/scheduling.md, "How long it waits").
 *
 * @param waiting how long it may wait for its products until it is started for the first time;
 *     zero: as its timeout allows
 * @param preparation how long a node may take until the executor runs; zero: as its timeout allows
 * @param execution how long the executor may run; zero: as its timeout allows
 * @param retries how many of its failures are followed by another run, no more than the service
 *     allows; empty: as many as that
 */
public record OwnLimits(
    Duration waiting, Duration preparation, Duration execution, Optional<Integer> retries) {

  public static final int MOST_RETRIES = 1000;

  /** Nothing is asked for. */
  public static final OwnLimits NONE =
      new OwnLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO, Optional.empty());

  public OwnLimits {
    waiting = Objects.requireNonNullElse(waiting, Duration.ZERO);
    preparation = Objects.requireNonNullElse(preparation, Duration.ZERO);
    execution = Objects.requireNonNullElse(execution, Duration.ZERO);
    retries = retries == null ? Optional.empty() : retries;
    if (retries.filter(number -> number < 0 || number > MOST_RETRIES).isPresent()) {
      throw new IllegalArgumentException(
          "retries is " + retries.get() + ", must be between 0 and " + MOST_RETRIES);
    }
  }

  /** The retries that a test gets where so many are allowed. */
  public int retries(int allowed) {
    return retries.map(own -> Math.min(own, allowed)).orElse(allowed);
  }
}
