package com.nokia.ci.tas.service.farm;

import java.time.Duration;
import java.time.Instant;

/** How far a run on a node is; each phase knows where it may lead. */
public sealed interface Phase {

  /**
   * The node was told to start it.
   *
   * @param handover what has become of the order
   */
  record Starting(Handover handover) implements Phase {
    Starting toDelivered() {
      return new Starting(Handover.DONE);
    }

    Starting toAgain() {
      return new Starting(Handover.AGAIN);
    }

    Starting toInDoubt() {
      return new Starting(handover == Handover.DONE ? handover : Handover.IN_DOUBT);
    }

    boolean isDelivered() {
      return handover == Handover.DONE;
    }

    /** Whether a report that comes now speaks of the run that an earlier order began. */
    boolean isAgain() {
      return handover == Handover.AGAIN;
    }

    Active toActive(Instant at) {
      return new Active(at);
    }
  }

  /** What is known of an order to start a run. */
  enum Handover {
    /** It is about to be delivered. */
    UNDER_WAY,
    /** The service that sent it has ended: it arrived or was lost. */
    IN_DOUBT,
    /**
     * The one in doubt is given once more, for the node does not have the run: then it never had
     * it, or it has ended there and its last report is on its way.
     */
    AGAIN,
    /** The node has it. */
    DONE
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
   * @param keeps whether its test had finished, and its products stay reserved until they are
   *     released
   */
  record Ending(Instant told, Instant until, boolean keeps) implements Phase {
    Ending toldAgain(Instant at) {
      return new Ending(at, until, keeps);
    }

    Ending prolonged(Instant at, Duration lease) {
      return new Ending(told, Deadline.after(at, lease), keeps);
    }

    Ending toKeeping() {
      return new Ending(told, until, /* keeps= */ true);
    }
  }

  /** From any phase. */
  default Ending toEnding(Instant at, Duration lease) {
    return new Ending(at, Deadline.after(at, lease), /* keeps= */ false);
  }
}
