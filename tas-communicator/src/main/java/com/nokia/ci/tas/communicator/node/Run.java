package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.time.Instant;

/**
 * A run on this node. Immutable.
 *
 * @param id which
 * @param order what was asked for
 * @param phase how far it is
 * @param startTime when its executor started; the epoch: not yet
 */
record Run(RunId id, RunOrder order, Phase phase, Instant startTime) {
  static Run of(RunId id, RunOrder order) {
    return new Run(id, order, new Phase.Preparing(), Instant.EPOCH);
  }

  Run in(Phase next) {
    return new Run(id, order, next, startTime);
  }

  Run startedAt(Instant time) {
    return new Run(id, order, new Phase.Running(), time);
  }

  /** Whether its executor was started and its end is not decided. */
  boolean isStarted() {
    return phase instanceof Phase.Running || phase instanceof Phase.Delivering;
  }

  /** Whether its end has been decided. */
  boolean isOver() {
    return phase instanceof Phase.Ending || phase instanceof Phase.Closing;
  }

  /** Whether it may still do something with its products. */
  boolean holdsProducts() {
    return !(phase instanceof Phase.Closing);
  }

  /** What the service is told of it: no more than names the run and says how far it is. */
  TestDescription report(TestStatus status, String details) {
    return report(order, startTime, status, details);
  }

  static TestDescription report(
      RunOrder order, Instant startTime, TestStatus status, String details) {
    return TestDescription.named(order.id())
        .with(
            TestProgress.NONE
                .attempt(order.attempt())
                .startedAt(startTime)
                .with(status, details));
  }
}
