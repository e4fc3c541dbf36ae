package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.communicator.artifact.AwaitedArtifacts;
import com.nokia.ci.tas.communicator.execution.ExecutorLauncher;
import com.nokia.ci.tas.communicator.execution.Workspaces;
import com.nokia.ci.tas.communicator.gate.Gate;
import com.nokia.ci.tas.communicator.keeping.KeptRuns;
import java.time.Clock;
import java.time.Instant;

/**
 * The tools that runs are worked on with; shared by all, each safe for several threads.
 *
 * @param own address of this node
 */
record Workshop(
    OwnAddress own,
    Transport transport,
    Access access,
    ClientLinks clients,
    Workspaces workspaces,
    ExecutorLauncher launcher,
    Gate gate,
    AwaitedArtifacts awaited,
    Borrowing borrowing,
    LendingDesk lending,
    KeptRuns kept,
    Clock clock) {
  /** The sender of all that this node says. */
  Endpoint self() {
    return own.get();
  }

  Instant now() {
    return clock.instant();
  }
}
