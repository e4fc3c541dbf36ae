package com.nokia.ci.tas.ciproxy.detector;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The thread of a detector, which looks again and again, and what it saw last. Looking is done by
 * that thread alone; everything else may be called by any.
 */
public final class Lookout {
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final Work work;
  private final Duration pause;
  private final Thread thread;
  private volatile List<Device> devices = List.of();
  private volatile boolean closed;
  private Runnable changed = () -> {};

  /** One look, which may publish any number of times. */
  @FunctionalInterface
  public interface Work {
    /** Takes a bounded time once its thread is interrupted. */
    void look() throws InterruptedException;
  }

  /**
   * A lookout that is not started.
   *
   * @param name of the detector, which also names the thread
   * @param pause from one look to the next
   */
  public Lookout(String name, Duration pause, Work work) {
    this.pause = pause;
    this.work = work;
    this.thread = new Thread(this::lookAgainAndAgain, "tas-" + name);
    thread.setDaemon(true);
  }

  /** Begins; called once. */
  public void start(Runnable listener) {
    changed = listener;
    thread.start();
  }

  /** What was published last. */
  public List<Device> devices() {
    return devices;
  }

  /** Tells the listener what is there now, if that has changed and anybody wants to know. */
  public void publish(List<Device> seen) {
    if (!seen.equals(devices) && !closed) {
      devices = List.copyOf(seen);
      changed.run();
    }
  }

  /** Whether nobody wants to know any more. */
  public boolean isClosed() {
    return closed;
  }

  /** Interrupts the thread and waits for its end. */
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(LONGEST_END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAgainAndAgain() {
    try {
      while (!closed) {
        work.look();
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
