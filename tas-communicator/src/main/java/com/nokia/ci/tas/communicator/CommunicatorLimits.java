package com.nokia.ci.tas.communicator;

import com.nokia.ci.tas.commons.model.StandIns;
import com.nokia.ci.tas.communicator.edge.EdgeLimits;
import com.nokia.ci.tas.communicator.execution.ExecutorSettings;
import java.time.Duration;

/**
 * The time limits of a communicator.
 *
 * @param edge of everything between the node and its peers
 * @param executor of executors
 * @param ciProxyPause from a lost connection to the CI proxy to the next try
 */
public record CommunicatorLimits(
    EdgeLimits edge, ExecutorSettings executor, Duration ciProxyPause) {
  /** What suits a real farm. */
  public static CommunicatorLimits defaults() {
    return new CommunicatorLimits(
        EdgeLimits.defaults(), ExecutorSettings.DEFAULT, Duration.ofSeconds(2));
  }

  /** The same with executors treated otherwise. */
  public CommunicatorLimits with(ExecutorSettings newExecutor) {
    return new CommunicatorLimits(edge, newExecutor, ciProxyPause);
  }

  /** The same for a service that may be at several places. */
  public CommunicatorLimits with(StandIns places) {
    return new CommunicatorLimits(edge.with(places), executor, ciProxyPause);
  }
}
