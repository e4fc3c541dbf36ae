package com.nokia.ci.tas.samples.flood;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The thread of a flood, from its start until it is told to end. */
final class FloodThread implements AutoCloseable {
  private final Thread thread;
  private volatile boolean over;

  /**
   * A thread that does not run yet.
   *
   * @param work looks often whether it {@link #isOver}
   */
  FloodThread(String flood, Runnable work) {
    thread = new Thread(work, "flood-" + flood.replace(' ', '-'));
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isOver() {
    return over;
  }

  /** Ends a connection of the flood. */
  static void end(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("a connection of the flood cannot be closed", e);
    }
  }

  @Override
  public void close() {
    over = true;
    LockSupport.unpark(thread);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
