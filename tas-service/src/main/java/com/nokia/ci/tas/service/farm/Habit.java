package com.nokia.ci.tas.service.farm;

import java.time.Duration;

/**
 * What was learned of a family of tests.
 *
 * @param family key of it
 * @param count how many runs were counted
 * @param mean how long a run keeps what it was given, recent ones counting more
 * @param deviation how far from that they were in the mean
 */
public record Habit(long family, long count, Duration mean, Duration deviation) {
  /** What is learned last weighs one part in so many, once there were as many. */
  private static final int MEMORY = 8;

  static Habit first(long family, Duration took) {
    long millis = took.toMillis();
    return new Habit(family, 1, Duration.ofMillis(millis), Duration.ofMillis(millis / 2));
  }

  /** After one more run. */
  Habit with(Duration took) {
    long weight = Math.min(count + 1, MEMORY);
    long off = took.toMillis() - mean.toMillis();
    long spread = Math.abs(off) - deviation.toMillis();
    return new Habit(
        family, count + 1, mean.plusMillis(off / weight), deviation.plusMillis(spread / weight));
  }
}
