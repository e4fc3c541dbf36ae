package com.nokia.ci.tas.service.loop;

import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.measure.Histogram;
import com.nokia.ci.tas.service.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes durable what the loop has applied, publishes the outcome and lets out the effects, in the
 * order applied, on a thread of its own: while one batch goes to the disk the farm decides on the
 * next, and what came together meanwhile goes to the disk together.
 *
 * <p>When the store fails, nothing more is let out.
 */
final class Commits {
  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

  /** How much the loop may be ahead of the disk; then it waits. */
  private static final int PORTIONS = 4;

  private final Journal journal;
  private final Checkpoints checkpoints;
  private final Effects effects;
  private final Consumer<FarmSnapshot> published;
  private final Consumer<StoreException> failure;
  private final BlockingQueue<Portion> handed = new LinkedBlockingQueue<>(PORTIONS);
  private final Thread thread = new Thread(this::run, "tas-farm-journal");
  private final Histogram writes = Histogram.ofMoments();
  private volatile FarmSnapshot snapshot;

  /** An event that the farm has taken, and what it wants done. */
  record Applied(Event event, List<Effect> effects) {}

  /**
   * What the loop has applied in one go.
   *
   * @param askers want to know when it is as durable as it has to be
   * @param after the farm behind all of it
   * @param isLast whether nothing follows
   */
  record Portion(
      List<Applied> applied,
      List<CompletableFuture<Void>> askers,
      FarmSnapshot after,
      boolean isLast) {}

  /**
   * Starts nothing yet.
   *
   * @param before the farm as it was kept
   * @param published is told, on the thread of this, of each snapshot that was published
   * @param failure is told, on the thread of this, that the store failed
   */
  Commits(
      Journal journal,
      Checkpoints checkpoints,
      Effects effects,
      FarmSnapshot before,
      Consumer<FarmSnapshot> published,
      Consumer<StoreException> failure) {
    this.journal = journal;
    this.checkpoints = checkpoints;
    this.effects = effects;
    this.published = published;
    this.failure = failure;
    snapshot = before;
  }

  void start() {
    thread.start();
  }

  /** Takes over what was applied; waits while the disk is too far behind. */
  void take(Portion portion) throws InterruptedException {
    handed.put(portion);
  }

  /** The farm as far as it is let out. */
  FarmSnapshot snapshot() {
    return snapshot;
  }

  /** How long the journal takes to write. */
  Histogram writes() {
    return writes;
  }

  /** Number of the last batch that is durable; for whoever has seen the end of this. */
  long number() {
    return journal.number();
  }

  Thread thread() {
    return thread;
  }

  // ---- on the thread of its own

  private void run() {
    var portions = new ArrayList<Portion>();
    boolean isLast = false;
    try {
      while (!isLast) {
        isLast = await(portions);
        commit(portions, isLast);
        portions.clear();
      }
    } catch (StoreException e) {
      failure.accept(e);
      discard(isLast);
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .log("the farm stands still because of a defect; please report this");
      failure.accept(new StoreException("the farm cannot go on because of a defect: " + e, e));
      discard(isLast);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure.accept(new StoreException("the journal was interrupted", e));
    }
  }

  /**
   * Waits for something to keep, or for the end of the journal's patience.
   *
   * @return whether nothing follows
   */
  private boolean await(List<Portion> portions) throws InterruptedException {
    long patience = journal.patience();
    var first =
        patience == Long.MAX_VALUE
            ? handed.take()
            : handed.poll(Math.max(0, patience), TimeUnit.NANOSECONDS);
    if (first != null) {
      portions.add(first);
      handed.drainTo(portions);
    }
    return !portions.isEmpty() && portions.get(portions.size() - 1).isLast();
  }

  private void commit(List<Portion> portions, boolean isLast) {
    for (var portion : portions) {
      portion.applied().forEach(applied -> journal.add(applied.event(), applied.effects()));
    }
    var after = portions.isEmpty() ? snapshot : portions.get(portions.size() - 1).after();
    if (isLast || journal.patience() < 0) {
      long begin = System.nanoTime();
      int written = journal.write();
      writes.note(System.nanoTime() - begin);
      if (written > 0) {
        checkpoints.grown(written, journal.number(), after);
      }
    }
    snapshot = after;
    published.accept(after);
    for (var portion : portions) {
      perform(portion, effect -> !isForTheLog(effect));
      portion.askers().forEach(asker -> asker.complete(null));
    }
    portions.forEach(portion -> perform(portion, Commits::isForTheLog));
  }

  private void perform(Portion portion, Predicate<Effect> which) {
    portion
        .applied()
        .forEach(applied -> applied.effects().stream().filter(which).forEach(this::perform));
  }

  /** Peers first: to write a line of the log takes longer than to tell a node to start a run. */
  private static boolean isForTheLog(Effect effect) {
    return effect instanceof Effect.RunMoved || effect instanceof Effect.Remark;
  }

  private void perform(Effect effect) {
    try {
      effects.perform(effect);
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("effect", effect.getClass().getSimpleName())
          .log("an effect of the farm was lost; please report this");
    }
  }

  /** The loop, which may be waiting to hand something over, comes to its end. */
  private void discard(boolean wasLast) {
    boolean isLast = wasLast;
    try {
      while (!isLast) {
        isLast = handed.take().isLast();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
