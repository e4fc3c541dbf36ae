package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A run on this node. Immutable but for the {@link AwaitedFiles} it waits for.
 *
 * @param id which
 * @param order what was asked for
 * @param phase how far it is
 * @param begun when it was begun here
 * @param startTime when its executor started; the epoch: not yet
 */
record Run(RunId id, RunOrder order, Phase phase, Instant begun, Instant startTime) {
  static Run of(RunId id, RunOrder order, Instant begun) {
    return new Run(id, order, new Phase.Preparing(), begun, Instant.EPOCH);
  }

  Run in(Phase next) {
    return new Run(id, order, next, begun, startTime);
  }

  Run startedAt(Instant time) {
    return new Run(id, order, new Phase.Running(), begun, time);
  }

  /** When its test wants the present stage to be over, if it says. */
  Optional<Instant> ownDeadline() {
    var limits = order.test().demand().limits();
    if (phase instanceof Phase.Running) {
      return after(startTime, limits.execution());
    }
    boolean isPreparing =
        phase instanceof Phase.Preparing
            || phase instanceof Phase.Fetching
            || phase instanceof Phase.Gated
            || phase instanceof Phase.Launching;
    return isPreparing ? after(begun, limits.preparation()) : Optional.empty();
  }

  private static Optional<Instant> after(Instant begin, Duration limit) {
    return limit.isZero() ? Optional.empty() : Optional.of(begin.plus(limit));
  }

  /** Whether its executor was started and its end is not decided. */
  boolean isStarted() {
    return phase instanceof Phase.Running
        || (phase instanceof Phase.Leaving leaving && !leaving.isStopped())
        || phase instanceof Phase.Delivering;
  }

  /** Whether its end has been decided. */
  boolean isOver() {
    return phase instanceof Phase.Ending || phase instanceof Phase.Closing;
  }

  /** Whether this order, come again, is the one that began this run. */
  boolean isAskedForBy(RunOrder again) {
    return again.attempt() == 0
        ? !isOver() && !(phase instanceof Phase.Leaving leaving && leaving.isStopped())
        : !(phase instanceof Phase.Closing) && again.isSameAs(order);
  }

  /** Whether it may still do something with its products. */
  boolean holdsProducts() {
    return !(phase instanceof Phase.Closing);
  }

  /** What the service is told while it runs: no more than names it and says that it does. */
  TestDescription startedReport() {
    return report(progress(order).startedAt(startTime).with(TestStatus.STARTED, ""));
  }

  /** What the service is told while it waits for its executor to be started. */
  TestDescription waitingReport(String why) {
    return report(progress(order).with(TestStatus.PENDING, why));
  }

  /** What the service is told in the end. */
  TestDescription finalReport(Optional<Reason> failure) {
    var progress = progress(order).startedAt(startTime);
    return report(
        failure
            .map(reason -> failed(progress, reason))
            .orElseGet(() -> progress.with(TestStatus.FINISHED, "")));
  }

  /** What the service is told of an order that is not carried out. */
  static TestDescription refusal(RunOrder order, Reason reason) {
    return TestDescription.named(order.id()).with(failed(progress(order), reason));
  }

  private TestDescription report(TestProgress progress) {
    return TestDescription.named(order.id()).with(progress);
  }

  private static TestProgress progress(RunOrder order) {
    return TestProgress.NONE.attempt(order.attempt());
  }

  private static TestProgress failed(TestProgress progress, Reason reason) {
    return progress.with(TestStatus.FAILED, reason.sentence()).because(reason);
  }
}
