package com.nokia.ci.tas.service.farm;

import java.time.Duration;
import java.time.Instant;

/** How far a run on a node is; each phase knows where it may lead. */
public sealed interface Phase {

  /**
   * The node was told to start it.
   *
   * @param delivered whether the order has arrived for certain
   */
  record Starting(boolean delivered) implements Phase {
    Starting toDelivered() {
      return new Starting(/* delivered= */ true);
    }

    Active toActive(Instant at) {
      return new Active(at);
    }
  }

  /**
   * Its executor runs.
   *
   * @param started when the node said so
   */
  record Active(Instant started) implements Phase {}

  /**
   * The node was told to end it, or is lost; nobody waits for its result any more, but it may still
   * use its products.
   *
   * @param told when the node was told last
   * @param until when it is taken for ended, unless the node confirms before or is lost
   */
  record Ending(Instant told, Instant until) implements Phase {
    Ending toldAgain(Instant at) {
      return new Ending(at, until);
    }

    Ending prolonged(Instant at, Duration lease) {
      return new Ending(told, Deadline.after(at, lease));
    }
  }

  /** From any phase. */
  default Ending toEnding(Instant at, Duration lease) {
    return new Ending(at, Deadline.after(at, lease));
  }
}
