package com.nokia.ci.tas.communicator.node;

import java.time.Duration;

/**
 * What a run has to wait for before its executor is started.
 *
 * @param isWatched whether the node's owner demands something of every run; runs that ask for
 *     something themselves wait for it anyway
 * @param pause from one look at a closed gate to the next
 * @param limit how long a gate may stay closed before the run fails
 * @param spacing from the start of one executor to that of the next; zero: none
 */
public record GateRules(boolean isWatched, Duration pause, Duration limit, Duration spacing) {
  /** No gate; runs that ask for one look every five seconds, for ten minutes. */
  public static final GateRules NONE =
      new GateRules(false, Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ZERO);
}
