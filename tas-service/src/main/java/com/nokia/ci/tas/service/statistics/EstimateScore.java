package com.nokia.ci.tas.service.statistics;

import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.Estimate;
import com.nokia.ci.tas.service.farm.FarmSnapshot;
import com.nokia.ci.tas.service.farm.FarmSnapshot.RunningTest;
import com.nokia.ci.tas.service.farm.FarmSnapshot.WaitingTest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps score of the farm's estimates: every few seconds it notes what one of the waiting tests is
 * told, and compares that with when the test really got its products. Which test is asked goes
 * around the front of the queue, so that near and far starts count alike.
 *
 * <p>Reads published snapshots on a thread of its own; the counts may be read by any thread.
 */
public final class EstimateScore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EstimateScore.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);

  /** Tests further back are not asked. */
  private static final int FRONT = 1_000;

  /** How many estimates may await their test. */
  private static final int AWAITED = 1_000;

  /** Goes around the front of the queue without a beat that streams of tests could have. */
  private static final int STRIDE = 617;

  private record Told(Instant received, Instant deadline, Estimate estimate) {}

  private final Supplier<FarmSnapshot> farm;
  private final Map<TestId, Told> told = new LinkedHashMap<>();
  private final AtomicLong checked = new AtomicLong();
  private final AtomicLong kept = new AtomicLong();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var worker = new Thread(work, "tas-estimate-score");
            worker.setDaemon(true);
            return worker;
          });
  private int turn;

  EstimateScore(Supplier<FarmSnapshot> farm) {
    this.farm = farm;
  }

  /** Begins to keep score of a farm. */
  public static EstimateScore of(Supplier<FarmSnapshot> farm) {
    var score = new EstimateScore(farm);
    score.thread.scheduleWithFixedDelay(
        score::lookSafely, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    return score;
  }

  /** How many estimates were compared. */
  public long checked() {
    return checked.get();
  }

  /** How many of those were as good as they said. */
  public long kept() {
    return kept.get();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void lookSafely() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("an estimate could not be checked");
    }
  }

  /** Compares what can be compared, and notes one more estimate. */
  void look() {
    var now = farm.get();
    told.entrySet().removeIf(entry -> isSettled(now, entry.getKey(), entry.getValue()));
    int front = Math.min(FRONT, now.waitingCount());
    if (front > 0 && told.size() < AWAITED) {
      turn = (turn + STRIDE) % front;
      now.waiting(turn, 1).forEach(this::note);
    }
  }

  private void note(WaitingTest test) {
    test.estimate()
        .filter(estimate -> test.failures() == 0)
        .ifPresent(
            estimate ->
                told.putIfAbsent(
                    test.test().id().test(), new Told(test.received(), test.deadline(), estimate)));
  }

  /** A test that was started again, or never, tells nothing of its first start. */
  private boolean isSettled(FarmSnapshot now, TestId id, Told told) {
    var running = now.running(id).filter(it -> it.received().equals(told.received()));
    var ended = now.ended(id).filter(it -> it.times().received().equals(told.received()));
    running
        .filter(it -> it.attempt() == 1)
        .map(RunningTest::reserved)
        .or(() -> ended.filter(it -> it.attempts() == 1).flatMap(it -> it.times().reserved()))
        .ifPresent(start -> compare(told.estimate(), start));
    return running.isPresent() || ended.isPresent() || now.at().isAfter(told.deadline());
  }

  private void compare(Estimate estimate, Instant start) {
    checked.incrementAndGet();
    if (Duration.between(estimate.start(), start).abs().compareTo(estimate.error()) <= 0) {
      kept.incrementAndGet();
    }
  }
}
