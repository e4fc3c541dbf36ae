package com.nokia.ci.tas.client.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the calls to the observers that share it, one after another in the order in which they were
 * added, on threads of a pool and with no lock held. A call that throws is logged and the next one
 * is made.
 */
public final class CallQueue {
  private static final Logger LOG = LoggerFactory.getLogger(CallQueue.class);

  private final Executor threads;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  CallQueue(Executor threads) {
    this.threads = threads;
  }

  /** Makes a call after those that were added before; never waits for it. */
  public void add(Runnable call) {
    synchronized (waiting) {
      waiting.add(call);
      if (running) {
        return;
      }
      running = true;
    }
    threads.execute(this::run);
  }

  /**
   * Makes a call and waits for what it returns; for threads that may wait, and never from a call of
   * this queue.
   */
  <T> T ask(String what, Duration limit, Callable<T> call) throws IOException {
    var answer = new CompletableFuture<T>();
    add(
        () -> {
          try {
            answer.complete(call.call());
          } catch (Exception e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(what + " failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException(what + " was not answered within " + limit.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException(what + " was interrupted");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private void run() {
    while (true) {
      Runnable call;
      synchronized (waiting) {
        call = waiting.poll();
        if (call == null) {
          running = false;
          return;
        }
      }
      make(call);
    }
  }

  @SuppressWarnings("CatchAndPrintStackTrace")
  private static void make(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) { // whatever a plug-in throws must not cost the calls that follow
      LOG.atError().setCause(e).log("a listener threw; its test goes on without that call");
    }
  }
}
