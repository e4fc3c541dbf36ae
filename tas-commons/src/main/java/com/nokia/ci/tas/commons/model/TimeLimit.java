package com.nokia.ci.tas.commons.model;

import java.util.Optional;

/**
 * The limits of a test in time, each of which ends it with a word and a sentence of its own. A test
 * that one of them has ended is not started again.
 */
public enum TimeLimit {
  /** From its acceptance until a node is told to start it for the first time; the service sees. */
  WAITING("waiting-timeout"),
  /** From the order to start until its executor runs; its node sees to it, for each run. */
  PREPARATION("preparation-timeout"),
  /** From the start of its executor to its end; its node sees to it, for each run. */
  EXECUTION("execution-timeout"),
  /** From its acceptance to its end, waiting and all runs included; the service sees to it. */
  WHOLE("timeout");

  private final String code;

  TimeLimit(String code) {
    this.code = code;
  }

  /** The {@link Reason#code} of what it ends, and the name of its element. */
  public String code() {
    return code;
  }

  /** The limit that a code speaks of; empty when it speaks of none. */
  public static Optional<TimeLimit> of(String code) {
    for (var limit : values()) {
      if (limit.code.equals(code)) {
        return Optional.of(limit);
      }
    }
    return Optional.empty();
  }
}
