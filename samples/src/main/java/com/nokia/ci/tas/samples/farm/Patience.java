package com.nokia.ci.tas.samples.farm;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something that other processes do, looking again and again until a deadline. */
public final class Patience {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Patience() {}

  /**
   * Looks until there is an answer and returns it; fails with the sentence when there is none in
   * two minutes.
   */
  public static <T> T until(String sentence, Callable<Optional<T>> look) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < end) {
      Optional<T> seen = look.call();
      if (seen.isPresent()) {
        return seen.get();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new IllegalStateException("not within " + LIMIT.toSeconds() + " s: " + sentence);
  }

  /** Looks until the claim holds; fails with the sentence when it does not in two minutes. */
  public static void untilTrue(String sentence, Callable<Boolean> look) throws Exception {
    until(sentence, () -> look.call() ? Optional.of(true) : Optional.empty());
  }
}
