package com.nokia.ci.tas.communicator.node;

import java.time.Duration;

/**
 * The limits of a node.
 *
 * @param artifactLimit how long one artifact may take (guide, "Artifacts"); when several are asked
 *     for at once, each adds as much to the time in which the next has to come
 * @param artifactTries how often a spoiled artifact is asked for in all
 * @param lateResults how long the results of a run that was stopped may take
 * @param gate what runs wait for before their executors are started
 */
public record NodeSettings(
    Duration artifactLimit, int artifactTries, Duration lateResults, GateRules gate) {
  /** Ten minutes; once and twice again; five seconds; nothing. */
  public static final NodeSettings DEFAULT =
      new NodeSettings(Duration.ofMinutes(10), 3, Duration.ofSeconds(5), GateRules.NONE);

  /** The same with another gate. */
  public NodeSettings with(GateRules newGate) {
    return new NodeSettings(artifactLimit, artifactTries, lateResults, newGate);
  }
}
