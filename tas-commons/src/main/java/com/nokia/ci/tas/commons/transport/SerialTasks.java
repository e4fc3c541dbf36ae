package com.nokia.ci.tas.commons.transport;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs tasks on a shared pool one after the other, in the order in which they were given, and takes
 * turns with other users of the pool after each.
 */
final class SerialTasks implements Executor {
  private final Executor pool;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  SerialTasks(Executor pool) {
    this.pool = pool;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      waiting.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    pool.execute(this::runNext);
  }

  private void runNext() {
    Runnable next;
    synchronized (waiting) {
      next = waiting.remove();
    }
    try {
      next.run();
    } finally {
      synchronized (waiting) {
        running = !waiting.isEmpty();
        if (running) {
          pool.execute(this::runNext);
        }
      }
    }
  }
}
