package com.nokia.ci.tas.communicator;

import com.nokia.ci.tas.commons.model.StandIns;
import com.nokia.ci.tas.communicator.edge.EdgeLimits;
import com.nokia.ci.tas.communicator.execution.ExecutorSettings;
import com.nokia.ci.tas.communicator.gate.GateSettings;
import java.time.Duration;

/**
 * The time limits of a communicator.
 *
 * @param edge of everything between the node and its peers
 * @param executor of executors
 * @param gate of what executors wait for
 * @param ciProxyPause from a lost connection to the CI proxy to the next try
 */
public record CommunicatorLimits(
    EdgeLimits edge, ExecutorSettings executor, GateSettings gate, Duration ciProxyPause) {
  /** Limits of a node where no executor waits for anything. */
  public CommunicatorLimits(EdgeLimits edge, ExecutorSettings executor, Duration ciProxyPause) {
    this(edge, executor, GateSettings.NONE, ciProxyPause);
  }

  /** What suits a real farm. */
  public static CommunicatorLimits defaults() {
    return new CommunicatorLimits(
        EdgeLimits.defaults(), ExecutorSettings.DEFAULT, GateSettings.NONE, Duration.ofSeconds(2));
  }

  /** The same with executors treated otherwise. */
  public CommunicatorLimits with(ExecutorSettings newExecutor) {
    return new CommunicatorLimits(edge, newExecutor, gate, ciProxyPause);
  }

  /** The same with another gate. */
  public CommunicatorLimits with(GateSettings newGate) {
    return new CommunicatorLimits(edge, executor, newGate, ciProxyPause);
  }

  /** The same for a service that may be at several places. */
  public CommunicatorLimits with(StandIns places) {
    return new CommunicatorLimits(edge.with(places), executor, gate, ciProxyPause);
  }
}
