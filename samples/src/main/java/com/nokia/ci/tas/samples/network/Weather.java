package com.nokia.ci.tas.samples.network;

import java.io.InterruptedIOException;
import java.time.Duration;

/** What a wire does to all that passes. Any thread may call; nothing here is remembered. */
final class Weather {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private volatile long delayNanos;
  private volatile int bytesPerSecond = NO_LIMIT;
  private boolean frozen;

  void delay(Duration time) {
    delayNanos = time.toNanos();
  }

  void throttle(int limit) {
    bytesPerSecond = limit;
  }

  synchronized void freeze() {
    frozen = true;
  }

  synchronized void thaw() {
    frozen = false;
    notifyAll();
  }

  /** Waits as long as nothing passes. */
  synchronized void awaitThaw() throws InterruptedIOException {
    try {
      while (frozen) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the wire is being taken down");
    }
  }

  /** When something that comes in now may go out, in the time of {@link System#nanoTime}. */
  long due() {
    return System.nanoTime() + delayNanos;
  }

  /** How long so many bytes keep the wire busy, in nanoseconds. */
  long duration(int bytes) {
    int limit = bytesPerSecond;
    return limit == NO_LIMIT ? 0 : bytes * 1_000_000_000L / limit;
  }
}
