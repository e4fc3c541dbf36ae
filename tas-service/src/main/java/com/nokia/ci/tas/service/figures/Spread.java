package com.nokia.ci.tas.service.figures;

import java.time.Duration;

/**
 * How long something took, of many times: in classes that grow by a fiftieth, so that a million
 * times need no more room than a hundred and each answer is right to two percent. For one thread.
 */
public final class Spread {
  private static final double GROWTH = Math.log(1.02);
  private static final int CLASSES = 1_300;

  private final long[] classes = new long[CLASSES];
  private long count;
  private long longest;
  private long sum;

  void add(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    classes[(int) Math.min(CLASSES - 1, Math.log1p((double) millis) / GROWTH)]++;
    count++;
    sum += millis;
    longest = Math.max(longest, millis);
  }

  /** How many there were. */
  public long count() {
    return count;
  }

  /** All together. */
  public Duration sum() {
    return Duration.ofMillis(sum);
  }

  /** The longest; zero when there was none. */
  public Duration longest() {
    return Duration.ofMillis(longest);
  }

  /**
   * So long at most were so many of them; zero when there was none.
   *
   * @param percent from 1 to 100
   */
  public Duration percentile(int percent) {
    long wanted = Math.max(1, (count * percent + 99) / 100);
    long seen = 0;
    for (int i = 0; i < CLASSES && count > 0; i++) {
      seen += classes[i];
      if (seen >= wanted) {
        long upper = Math.round(Math.expm1((i + 1) * GROWTH));
        return Duration.ofMillis(Math.min(longest, upper));
      }
    }
    return Duration.ZERO;
  }
}
