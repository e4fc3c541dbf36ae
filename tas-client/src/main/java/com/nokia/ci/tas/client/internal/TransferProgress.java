package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.model.RuntimeId;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells the observer of a test how far one of its files is: about each megabyte, and no more than
 * one call of a file waits, so that a slow observer hears of the latest alone. For any thread.
 */
final class TransferProgress {
  private static final long STEP = 1 << 20;

  private final RunningTest test;
  private final RuntimeId part;
  private final TestObserver.Transfer begun;
  private final AtomicLong latest = new AtomicLong();
  private final AtomicLong told = new AtomicLong();
  private final AtomicBoolean isWaiting = new AtomicBoolean();

  /**
   * Of one file.
   *
   * @param begun how it begins
   */
  TransferProgress(RunningTest test, RuntimeId part, TestObserver.Transfer begun) {
    this.test = test;
    this.part = part;
    this.begun = begun;
  }

  /** So many bytes are over. */
  void at(long bytes) {
    latest.set(bytes);
    boolean isWorthTelling = bytes - told.get() >= STEP || bytes < told.get();
    if (isWorthTelling && isWaiting.compareAndSet(false, true)) {
      told.set(bytes);
      test.transfer(
          part,
          () -> {
            isWaiting.set(false);
            return begun.at(latest.get());
          });
    }
  }
}
