package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * Sends again what could not be sent because of a connection: when there is news of a way, or after
 * a pause, until it succeeds or the time for it is over. Any thread may call.
 */
final class Persistence {
  /** How often a peer is dialled that is reached in no other way. */
  static final int TRIES = 3;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ScheduledExecutorService timer;
  private CompletableFuture<Void> news = new CompletableFuture<>();

  Persistence(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** What failed before is tried now. */
  void news() {
    CompletableFuture<Void> told;
    synchronized (this) {
      told = news;
      news = new CompletableFuture<>();
    }
    told.complete(null);
  }

  /**
   * Sends.
   *
   * @param once begins one try
   * @param again asked after each try that a connection has failed, with the number of them
   * @param patience how long it is tried
   * @return completes when a try succeeded, or with why the last one failed; cancelling it ends the
   *     try under way and is the last
   */
  <T> CompletableFuture<T> send(
      Supplier<CompletableFuture<T>> once, IntPredicate again, Duration patience) {
    var delivery = new Delivery<>(once, again, System.nanoTime() + patience.toNanos());
    delivery.attempt();
    return delivery.outcome;
  }

  private synchronized CompletableFuture<Void> nextNews() {
    return news;
  }

  /** One thing that is being sent. */
  private final class Delivery<T> {
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final Supplier<CompletableFuture<T>> once;
    private final IntPredicate again;
    private final long deadline;
    private int failures;

    Delivery(Supplier<CompletableFuture<T>> once, IntPredicate again, long deadline) {
      this.once = once;
      this.again = again;
      this.deadline = deadline;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Both are here for their outcome alone.
    void attempt() {
      if (outcome.isDone()) {
        return;
      }
      var sending = once.get();
      outcome.whenComplete(
          (value, failure) -> {
            if (outcome.isCancelled()) {
              sending.cancel(false);
            }
          });
      sending.whenComplete(this::attempted);
    }

    private void attempted(T value, Throwable failure) {
      if (failure == null) {
        outcome.complete(value);
        return;
      }
      failures++;
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      if (cause instanceof ConnectionLostException
          && System.nanoTime() - deadline < 0
          && again.test(failures)) {
        later();
      } else {
        outcome.completeExceptionally(cause);
      }
    }

    private void later() {
      var pause = new CompletableFuture<Void>();
      var timeout =
          timer.schedule(() -> pause.complete(null), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      var unused =
          CompletableFuture.anyOf(pause, nextNews())
              .thenRun(
                  () -> {
                    timeout.cancel(false);
                    attempt();
                  });
    }
  }
}
