package com.nokia.ci.tas.service.measure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often something took how long, since the service started. Safe for any thread; to note one
 * time costs some ten nanoseconds and allocates nothing.
 */
public final class Histogram {
  private static final double NANOS = 1e9;

  private final double[] bounds;
  private final LongAdder[] counts;
  private final LongAdder nanos = new LongAdder();

  private Histogram(double... bounds) {
    this.bounds = bounds.clone();
    this.counts = new LongAdder[bounds.length + 1];
    Arrays.setAll(counts, i -> new LongAdder());
  }

  /** For decisions and writes: from 10 microseconds to 10 seconds. */
  public static Histogram ofMoments() {
    return new Histogram(
        0.000_01, 0.000_03, 0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10);
  }

  /** For what tests do: from a tenth of a second to a day. */
  public static Histogram ofTests() {
    return new Histogram(
        0.1, 0.3, 1, 3, 10, 30, 60, 180, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400);
  }

  /** Notes one time; what is negative counts as nothing. */
  public void note(Duration time) {
    note(Math.max(0, time.toNanos()));
  }

  /** Notes one time in nanoseconds, not negative. */
  public void note(long time) {
    int place = 0;
    while (place < bounds.length && time > bounds[place] * NANOS) {
      place++;
    }
    counts[place].increment();
    nanos.add(time);
  }

  /**
   * The counts of now.
   *
   * @return of each bound, and without one at last, how many were no longer
   */
  public List<Bar> bars() {
    var bars = new Bar[counts.length];
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i].sum();
      bars[i] = new Bar(i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY, sum);
    }
    return List.of(bars);
  }

  /** All times together, in seconds. */
  public double seconds() {
    return nanos.sum() / NANOS;
  }

  /**
   * How many took so long at most.
   *
   * @param bound in seconds, infinite in the last
   * @param count of all up to it
   */
  public record Bar(double bound, long count) {}
}
