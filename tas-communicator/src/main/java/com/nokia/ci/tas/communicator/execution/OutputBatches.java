package com.nokia.ci.tas.communicator.execution;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Collects the lines of a run into texts and hands them over one after another, each within {@link
 * #LONGEST_WAIT} of its first line when the receiver keeps up. When it does not, the executor is
 * slowed down; when it still does not, lines are left out and a line says how many. Memory is
 * bounded by {@link #CAPACITY} characters waiting and as many on their way.
 *
 * <p>{@link #add} is called by one thread and may block; the receiver is called by any.
 */
final class OutputBatches {
  static final Duration LONGEST_WAIT = Duration.ofMillis(100);
  static final int CAPACITY = 256 * 1024;

  /** Takes a text of whole lines; the future completes when it may get the next one. */
  interface Receiver {
    CompletableFuture<Void> send(String text);
  }

  private final Receiver receiver;
  private final ScheduledExecutorService timer;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final StringBuilder waiting = new StringBuilder();
  private long leftOut;
  private long undelivered;
  private boolean sending;
  private boolean scheduled;
  private long quietUntil = System.nanoTime();

  /**
   * @param patience how long a line may wait for room before it is left out
   */
  OutputBatches(Receiver receiver, ScheduledExecutorService timer, Duration patience) {
    this.receiver = receiver;
    this.timer = timer;
    this.patience = patience;
  }

  /** Adds a line; waits for room when too much is waiting already. */
  void add(String line) throws InterruptedException {
    lock.lock();
    try {
      if (!hasRoom(line) && leftOut == 0) {
        long nanos = patience.toNanos();
        while (!hasRoom(line) && nanos > 0) {
          nanos = changed.awaitNanos(nanos);
        }
      }
      if (!hasRoom(line) || (leftOut > 0 && sending)) {
        leftOut++;
        return;
      }
      noteLeftOut();
      append(line);
      lookAgain();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands over what is left and waits until it is taken.
   *
   * @param limit how long to wait
   * @return whether all was taken in time
   */
  boolean drain(Duration limit) throws InterruptedException {
    long nanos = limit.toNanos();
    lock.lock();
    try {
      noteLeftOut();
      quietUntil = System.nanoTime();
      lookAgain();
      while ((sending || !waiting.isEmpty()) && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
        quietUntil = System.nanoTime();
        lookAgain();
      }
      return !sending && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(String line) {
    return waiting.length() + line.length() < CAPACITY;
  }

  private void append(String line) {
    waiting.append(line).append('\n');
  }

  private void noteLeftOut() {
    if (leftOut > 0) {
      append("[" + leftOut + " lines of output left out: they came faster than they were taken]");
      leftOut = 0;
    }
  }

  /** Sends what waits, now or when the pause after the former text is over. */
  private void lookAgain() {
    if (sending || waiting.isEmpty()) {
      return;
    }
    long pause = quietUntil - System.nanoTime();
    if (pause <= 0) {
      send();
    } else if (!scheduled) {
      scheduled = true;
      var unused = timer.schedule(this::pauseOver, pause, TimeUnit.NANOSECONDS);
    }
  }

  private void pauseOver() {
    lock.lock();
    try {
      scheduled = false;
      lookAgain();
    } finally {
      lock.unlock();
    }
  }

  private void send() {
    if (undelivered > 0) {
      waiting.insert(0, "[" + undelivered + " texts of output could not be delivered]\n");
      undelivered = 0;
    }
    String text = waiting.substring(0, waiting.length() - 1);
    waiting.setLength(0);
    sending = true;
    quietUntil = System.nanoTime() + LONGEST_WAIT.toNanos();
    changed.signalAll();
    // Handed over by the timer thread: never the receiver's code under this lock.
    timer.execute(() -> handOver(text));
  }

  private void handOver(String text) {
    var unused = receiver.send(text).whenComplete((done, failure) -> sent(failure));
  }

  private void sent(Throwable failure) {
    lock.lock();
    try {
      sending = false;
      if (failure != null) {
        undelivered++;
      }
      changed.signalAll();
      lookAgain();
    } finally {
      lock.unlock();
    }
  }
}
