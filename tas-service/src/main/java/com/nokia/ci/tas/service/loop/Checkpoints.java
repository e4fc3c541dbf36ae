package com.nokia.ci.tas.service.loop;

import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an image of the farm from time to time, so that a start has little to apply: after so many
 * steps, beside the loop, one at a time; and at a clean end. More where the image is large.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  /** So many steps are applied again within a second or two. */
  private static final long STEPS = 50_000;

  private final Store store;
  private final Consumer<StoreException> failure;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "tas-checkpoint"));
  private final AtomicBoolean isWriting = new AtomicBoolean();
  private long steps;

  /**
   * @param steps how many are behind the last checkpoint
   * @param failure is told, on any thread, that the store failed
   */
  Checkpoints(Store store, long steps, Consumer<StoreException> failure) {
    this.store = store;
    this.steps = steps;
    this.failure = failure;
  }

  /** So many steps became durable. On the thread that keeps them. */
  void grown(int more, long batch, FarmSnapshot farm) {
    steps += more;
    if (steps >= worthwhile(farm) && isWriting.compareAndSet(false, true)) {
      steps = 0;
      writer.execute(() -> write(batch, farm));
    }
  }

  /**
   * After how many steps an image pays: to write a test into one takes about as long as to apply a
   * step, so a farm in which many wait would else do little but write images of itself. While
   * 100,000 to 200,000 waited and 47,000 tests a second were accepted, they took 29 % of a core.
   */
  private static long worthwhile(FarmSnapshot farm) {
    return Math.max(STEPS, farm.waitingCount());
  }

  private void write(long batch, FarmSnapshot farm) {
    try {
      store.checkpoint(batch, farm.image());
      LOG.atDebug().addKeyValue("batch", batch).log("checkpoint written");
    } catch (StoreException e) {
      failure.accept(e);
    } finally {
      isWriting.set(false);
    }
  }

  /** The loop has ended cleanly behind this batch. */
  void close(long batch, FarmSnapshot farm) {
    end();
    if (steps > 0) {
      store.checkpoint(batch, farm.image());
    }
  }

  /** Waits for the checkpoint under way and writes no more. */
  void end() {
    writer.shutdown();
    boolean wasInterrupted = false;
    while (!writer.isTerminated()) {
      try {
        writer.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
