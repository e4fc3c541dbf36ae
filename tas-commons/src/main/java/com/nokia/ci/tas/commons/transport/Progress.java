package com.nokia.ci.tas.commons.transport;

import java.time.Duration;
import java.util.Optional;

/**
 * Watches whether a peer that is waited for moves a file: something within a limit, and enough on
 * the average. For one thread; every time is one of {@link System#nanoTime}.
 */
final class Progress {
  private final Duration idle;
  private final FilePace slowest;
  private long lastMove;
  private long periodBegan;
  private long movedInPeriod;

  Progress(Duration idle, FilePace slowest, long now) {
    this.idle = idle;
    this.slowest = slowest;
    excused(now);
  }

  /** The peer has moved bytes. */
  void moved(long bytes, long now) {
    lastMove = now;
    movedInPeriod += bytes;
  }

  /** Nobody waits for the peer at this moment: all begins anew. */
  void excused(long now) {
    lastMove = now;
    periodBegan = now;
    movedInPeriod = 0;
  }

  /** What is wrong, as the end of a sentence about the file; empty as long as it moves. */
  Optional<String> complaint(long now) {
    if (now - lastMove >= idle.toNanos()) {
      return Optional.of("made no progress for " + idle.toMillis() + " ms");
    }
    if (now - periodBegan < slowest.period().toNanos()) {
      return Optional.empty();
    }
    long moved = movedInPeriod;
    periodBegan = now;
    movedInPeriod = 0;
    return moved >= slowest.bytes()
        ? Optional.empty()
        : Optional.of(
            "moved only "
                + moved
                + " bytes in "
                + slowest.period().toMillis()
                + " ms, at least "
                + slowest.bytes()
                + " are expected");
  }

  /** How long it takes at most until {@link #complaint} may have something to say. */
  static Duration interval(Duration idle, FilePace slowest) {
    Duration shorter = idle.compareTo(slowest.period()) < 0 ? idle : slowest.period();
    return shorter.dividedBy(4).plusMillis(1);
  }
}
