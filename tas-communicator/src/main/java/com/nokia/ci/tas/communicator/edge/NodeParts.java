package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.communicator.artifact.ArtifactCache;
import com.nokia.ci.tas.communicator.artifact.ExchangeSettings;
import com.nokia.ci.tas.communicator.execution.ExecutorLauncher;
import com.nokia.ci.tas.communicator.execution.Workspaces;
import com.nokia.ci.tas.communicator.facts.FactSheet;
import com.nokia.ci.tas.communicator.gate.Gate;
import com.nokia.ci.tas.communicator.health.HealthBook;
import com.nokia.ci.tas.communicator.health.HealthSettings;
import com.nokia.ci.tas.communicator.keeping.KeptRuns;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What a node is put together from.
 *
 * @param service its service
 * @param session on which terms it is kept connected; empty: spoken to plainly
 * @param description what it says of itself, by the port that was opened
 * @param port to open, or the next free one; 0: any
 * @param kept what is kept of runs
 * @param gate of what executors wait for
 * @param cache of artifacts
 * @param exchange of these with other nodes
 * @param cleanupPeriod how long kept workspaces stay
 * @param facts what is told of it to the service
 * @param health of its products, if they are tested for that
 */
public record NodeParts(
    Endpoint service,
    Optional<SessionTerms> session,
    IntFunction<NodeDescription> description,
    int port,
    Workspaces workspaces,
    KeptRuns kept,
    ExecutorLauncher launcher,
    Gate gate,
    ArtifactCache cache,
    ExchangeSettings exchange,
    Duration cleanupPeriod,
    FactSheet facts,
    Optional<HealthCare> health) {

  /**
   * How products are tested for their health.
   *
   * @param settings of the owner
   * @param book what came of it
   */
  public record HealthCare(HealthSettings settings, HealthBook book) {}
}
