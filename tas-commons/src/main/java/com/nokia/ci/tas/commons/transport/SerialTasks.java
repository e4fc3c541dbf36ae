package com.nokia.ci.tas.commons.transport;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on a shared pool one after the other, in the order in which they were given, and takes
 * turns with other users of the pool after each or after a few. A pool that is shut down leaves
 * them to the thread that asks it: what waits still gives back what it holds.
 */
final class SerialTasks implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(SerialTasks.class);

  private final Executor pool;
  private final int inOneTurn;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  SerialTasks(Executor pool) {
    this(pool, 1);
  }

  /**
   * For tasks so short that handing each to a thread would cost more than running it.
   *
   * @param inOneTurn how many are run before others have their turn
   */
  SerialTasks(Executor pool, int inOneTurn) {
    this.pool = pool;
    this.inOneTurn = inOneTurn;
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
      pool.execute(this::runSome);
    } catch (RejectedExecutionException e) {
      runSome();
    }
  }

  private void runSome() {
    int left = inOneTurn;
    boolean isBroken = true;
    boolean more = true;
    try {
      while (more && left > 0) {
        left--;
        isBroken = true;
        runNext();
        isBroken = false;
        more = moreWait();
      }
    } finally {
      if (isBroken ? moreWait() : more) {
        takeTurn();
      }
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
    }
  }

  private boolean moreWait() {
    synchronized (waiting) {
      running = !waiting.isEmpty();
      return running;
    }
  }
}
