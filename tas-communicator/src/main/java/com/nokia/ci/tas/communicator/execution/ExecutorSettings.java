package com.nokia.ci.tas.communicator.execution;

/**
 * How executors are treated.
 *
 * @param patience how one is ended
 * @param output how much of its output is kept
 */
public record ExecutorSettings(EndingPatience patience, OutputBounds output) {
  /** What suits a real farm. */
  public static final ExecutorSettings DEFAULT =
      new ExecutorSettings(EndingPatience.DEFAULT, OutputBounds.DEFAULT);

  /** The same with another patience. */
  public ExecutorSettings with(EndingPatience newPatience) {
    return new ExecutorSettings(newPatience, output);
  }

  /** The same with other bounds of output. */
  public ExecutorSettings with(OutputBounds newOutput) {
    return new ExecutorSettings(patience, newOutput);
  }
}
