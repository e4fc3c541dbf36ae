package com.nokia.ci.tas.commons.transport;

import java.time.Duration;

/**
 * The slowest that a file may move while only the peer is waited for, so that one that sends or
 * takes a byte a second holds nothing for ever.
 *
 * @param period over which the rate is averaged
 * @param bytes the fewest bytes in each period
 */
public record FilePace(Duration period, long bytes) {

  /** 61,440 bytes a minute: one KiB a second. */
  public static final FilePace DEFAULT = new FilePace(Duration.ofMinutes(1), 60 * 1024);

  public FilePace {
    if (period.isZero() || period.isNegative() || bytes < 1) {
      throw new IllegalArgumentException(
          "period is " + period + " and bytes is " + bytes + ", both must be more than nothing");
    }
  }
}
