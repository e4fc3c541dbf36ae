package com.nokia.ci.tas.communicator.execution;

/**
 * How executors are treated.
 *
 * @param patience how one is ended
 * @param output how much of its output is kept
 * @param limits what it may use of the machine
 */
public record ExecutorSettings(
    EndingPatience patience, OutputBounds output, ExecutorLimits limits) {
  /** What suits a real farm. */
  public static final ExecutorSettings DEFAULT =
      new ExecutorSettings(EndingPatience.DEFAULT, OutputBounds.DEFAULT, ExecutorLimits.NONE);

  /** The same with another patience. */
  public ExecutorSettings with(EndingPatience newPatience) {
    return new ExecutorSettings(newPatience, output, limits);
  }

  /** The same with other bounds of output. */
  public ExecutorSettings with(OutputBounds newOutput) {
    return new ExecutorSettings(patience, newOutput, limits);
  }

  /** The same with other limits. */
  public ExecutorSettings with(ExecutorLimits newLimits) {
    return new ExecutorSettings(patience, output, newLimits);
  }
}
