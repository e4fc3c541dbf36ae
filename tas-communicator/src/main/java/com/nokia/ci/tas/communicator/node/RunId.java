package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.RuntimeId;

/**
 * One run on this node. A test may run here several times under the same runtime id; the number
 * tells its runs apart, so that what comes late from one is not taken for the next.
 *
 * @param test runtime id, the name of the workspace
 * @param number counts the runs of this node since it started
 */
public record RunId(RuntimeId test, long number) implements Comparable<RunId> {
  @Override
  public int compareTo(RunId other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return test.text();
  }
}
