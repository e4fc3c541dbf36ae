package com.nokia.ci.tas.communicator.execution;

import java.time.Duration;

/**
 * How executors are treated.
 *
 * @param politeness how long an executor that was told to end may take before it is killed
 * @param outputPatience how long an executor is slowed down for a receiver that does not take its
 *     output, before lines are left out
 */
public record ExecutorSettings(Duration politeness, Duration outputPatience) {
  /** Three seconds to end, five to be slowed down. */
  public static final ExecutorSettings DEFAULT =
      new ExecutorSettings(Duration.ofSeconds(3), Duration.ofSeconds(5));
}
