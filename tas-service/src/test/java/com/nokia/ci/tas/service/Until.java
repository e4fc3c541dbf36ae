package com.nokia.ci.tas.service;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what nobody tells: looks again and again, without taking the processor for it. Ends
 * when the test is interrupted, too.
 */
public final class Until {
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

  private Until() {}

  /** Returns once it is so, and fails when it is not within a minute. */
  public static void isSo(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (Thread.currentThread().isInterrupted() || System.nanoTime() - begin > LONGEST) {
        throw new AssertionError("it was not so within a minute");
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
