package com.nokia.ci.tas.commons.transport;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on a shared pool one after the other, in the order in which they were given, and takes
 * turns with other users of the pool after each. A pool that is shut down leaves them to the thread
 * that asks it: what waits still gives back what it holds.
 */
final class SerialTasks implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(SerialTasks.class);

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
    takeTurn();
  }

  private void takeTurn() {
    try {
      pool.execute(this::runNext);
    } catch (RejectedExecutionException e) {
      runNext();
    }
  }

  private void runNext() {
    Runnable next;
    synchronized (waiting) {
      next = waiting.remove();
    }
    try {
      next.run();
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("error", e.getMessage()).log("the network has ended before a file");
    } finally {
      if (moreWait()) {
        takeTurn();
      }
    }
  }

  private boolean moreWait() {
    synchronized (waiting) {
      running = !waiting.isEmpty();
      return running;
    }
  }
}
