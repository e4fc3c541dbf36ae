package com.nokia.ci.tas.commons.transport;

import java.time.Duration;

/**
 * How hard an {@link Outbox} tries.
 *
 * @param tries how often an entry is tried at most, at least 1
 * @param delay from a failed try to the next
 */
public record RetryPolicy(int tries, Duration delay) {

  /** One try. */
  public static final RetryPolicy ONCE = new RetryPolicy(1, Duration.ZERO);

  public RetryPolicy {
    if (tries < 1 || delay.isNegative()) {
      throw new IllegalArgumentException("tries is " + tries + " and delay is " + delay);
    }
  }
}
