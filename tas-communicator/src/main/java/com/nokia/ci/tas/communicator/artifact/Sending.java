package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tries to send something several times, as long as only the connection is to blame. */
public final class Sending {
  private final ScheduledExecutorService timer;
  private final int tries;
  private final Duration pause;

  /**
   * @param tries how often at most, at least once
   * @param pause between two tries
   */
  public Sending(ScheduledExecutorService timer, int tries, Duration pause) {
    this.timer = timer;
    this.tries = tries;
    this.pause = pause;
  }

  /**
   * Sends.
   *
   * @param once begins one try
   * @return completes when a try succeeded, or with why the last one failed; cancelling it ends the
   *     try under way and is the last
   */
  public <T> CompletableFuture<T> send(Supplier<CompletableFuture<T>> once) {
    var outcome = new CompletableFuture<T>();
    attempt(once, 1, outcome);
    return outcome;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Both are here for their outcome alone.
  private <T> void attempt(
      Supplier<CompletableFuture<T>> once, int number, CompletableFuture<T> outcome) {
    if (outcome.isDone()) {
      return;
    }
    var sending = once.get();
    outcome.whenComplete((value, failure) -> cancelWith(outcome, sending));
    sending.whenComplete((value, failure) -> attempted(once, number, outcome, value, failure));
  }

  private static void cancelWith(CompletableFuture<?> outcome, CompletableFuture<?> sending) {
    if (outcome.isCancelled()) {
      sending.cancel(false);
    }
  }

  private <T> void attempted(
      Supplier<CompletableFuture<T>> once,
      int number,
      CompletableFuture<T> outcome,
      T value,
      Throwable failure) {
    if (failure == null) {
      outcome.complete(value);
      return;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ConnectionLostException && number < tries) {
      var unused =
          timer.schedule(
              () -> attempt(once, number + 1, outcome), pause.toMillis(), TimeUnit.MILLISECONDS);
    } else {
      outcome.completeExceptionally(cause);
    }
  }
}
