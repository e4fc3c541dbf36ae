package com.nokia.ci.tas.service.figures;

import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.figures.Figures.Period;
import com.nokia.ci.tas.service.store.History;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Counts for whoever asks, one period at a time on a thread of its own, and remembers the last few
 * answers for a while. For any thread.
 */
public final class FigureDesk implements AutoCloseable {
  private static final int REMEMBERED = 16;
  private static final int WAITING = 16;
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final Supplier<FarmSnapshot> farm;
  private final History history;
  private final InstantSource clock;
  private final Map<Asked, Told> told =
      new LinkedHashMap<>(REMEMBERED, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Told> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final ThreadPoolExecutor counter =
      new ThreadPoolExecutor(
          1,
          1,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          task -> {
            var thread = new Thread(task, "tas-figures");
            thread.setDaemon(true);
            return thread;
          });

  private record Asked(Period period, Duration slice) {}

  private record Told(Instant at, CompletableFuture<Figures> figures) {}

  /**
   * Counts nothing yet.
   *
   * @param farm as it was published last
   * @param history of it
   */
  public FigureDesk(Supplier<FarmSnapshot> farm, History history, InstantSource clock) {
    this.farm = farm;
    this.history = history;
    this.clock = clock;
    counter.allowCoreThreadTimeOut(true);
  }

  /**
   * The figures of a period, which may be half a minute old.
   *
   * @param slice of a day, for the use of products
   * @return fails with {@link RejectedExecutionException} when too many wait for theirs
   */
  public synchronized CompletableFuture<Figures> of(Period period, Duration slice, ZoneId zone) {
    var asked = new Asked(period, slice);
    Instant now = clock.instant();
    var known = told.get(asked);
    boolean isGood =
        known != null
            && !known.figures().isCompletedExceptionally()
            && Duration.between(known.at(), now).compareTo(FRESH) < 0;
    if (isGood) {
      return known.figures();
    }
    var figures = new CompletableFuture<Figures>();
    try {
      counter.execute(() -> count(figures, asked, zone));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
    told.put(asked, new Told(now, figures));
    return figures;
  }

  private void count(CompletableFuture<Figures> figures, Asked asked, ZoneId zone) {
    try {
      figures.complete(
          Count.of(asked.period(), asked.slice(), zone, history, farm.get(), clock.instant()));
    } catch (RuntimeException e) {
      figures.completeExceptionally(e);
    }
  }

  /** Counts no more. */
  @Override
  public void close() {
    counter.shutdownNow();
  }
}
