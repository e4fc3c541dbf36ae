package com.nokia.ci.tas.samples.bench.scale;

import java.util.Arrays;

/** Durations of many decisions of one sort. */
final class Times {
  private static final double MICROSECOND = 1e3;

  private final long[] nanos;
  private int count;
  private boolean isSorted;

  Times(int most) {
    nanos = new long[most];
  }

  void add(long took) {
    nanos[count++] = took;
    isSorted = false;
  }

  boolean isFull() {
    return count == nanos.length;
  }

  double median() {
    return at(0.5);
  }

  double p99() {
    return at(0.99);
  }

  /** In microseconds: what this share of the decisions did not take longer than. */
  private double at(double share) {
    if (!isSorted) {
      Arrays.sort(nanos, 0, count);
      isSorted = true;
    }
    return count == 0 ? 0 : nanos[Math.min(count - 1, (int) (count * share))] / MICROSECOND;
  }
}
