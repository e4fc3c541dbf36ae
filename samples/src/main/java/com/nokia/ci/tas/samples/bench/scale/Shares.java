package com.nokia.ci.tas.samples.bench.scale;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What the threads of this process do with a stretch of time, in shares of it. */
final class Shares {
  private static final List<String> THREADS =
      List.of("main", "tas-farm-loop", "tas-farm-journal", "tas-checkpoint");

  private final long[] before = readings();
  private final long[] spent = new long[before.length];
  private long began;
  private long wall;

  /** A stretch begins. */
  void begin() {
    System.arraycopy(readings(), 0, before, 0, before.length);
    began = System.nanoTime();
  }

  /** It ends; stretches add up. */
  void end() {
    wall += System.nanoTime() - began;
    long[] now = readings();
    for (int i = 0; i < now.length; i++) {
      spent[i] += now[i] - before[i];
    }
  }

  /**
   * Processor time of each thread, how long the compilers of the Java machine worked, and for how
   * long all stood still for the collector.
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "clients %.0f %%, farm %.0f %%, journal %.0f %%, checkpoints %.0f %%, compiler %.0f %%;"
            + " garbage collection %.0f %% of the time",
        share(0),
        share(1),
        share(2),
        share(3),
        share(THREADS.size()),
        share(THREADS.size() + 1));
  }

  private double share(int place) {
    return 100.0 * spent[place] / Math.max(1, wall);
  }

  private static long[] readings() {
    var threads = ManagementFactory.getThreadMXBean();
    long[] readings = new long[THREADS.size() + 2];
    Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(info -> info != null && THREADS.contains(info.getThreadName()))
        .forEach(
            info ->
                readings[THREADS.indexOf(info.getThreadName())] +=
                    threads.getThreadCpuTime(info.getThreadId()));
    readings[THREADS.size()] =
        TimeUnit.MILLISECONDS.toNanos(
            ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
    readings[THREADS.size() + 1] =
        TimeUnit.MILLISECONDS.toNanos(
            ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum());
    return readings;
  }
}
