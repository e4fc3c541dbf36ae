package com.nokia.ci.tas.communicator;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.communicator.artifact.ArtifactSettings;
import com.nokia.ci.tas.communicator.edge.SessionTerms;
import com.nokia.ci.tas.communicator.execution.KeepRule;
import com.nokia.ci.tas.communicator.execution.ProductArgument;
import com.nokia.ci.tas.communicator.health.HealthSettings;
import com.nokia.ci.tas.communicator.keeping.KeepLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What one communicator is told.
 *
 * @param service its service
 * @param session on which terms it keeps its connections; empty: it speaks plainly
 * @param own how it presents itself
 * @param ciProxy the CI proxy that tells which products are connected
 * @param directory where {@code products}, {@code workspace} and {@code cache} are
 * @param runs how runs are treated
 * @param limits time limits
 */
public record CommunicatorSettings(
    Endpoint service,
    Optional<SessionTerms> session,
    Own own,
    Endpoint ciProxy,
    Path directory,
    Runs runs,
    CommunicatorLimits limits) {
  /** Port that a node listens on unless told otherwise; when it is taken, on the next free one. */
  public static final int DEFAULT_PORT = 27_182;

  /**
   * How a communicator presents itself.
   *
   * @param hostname name to be dialled at; empty: found out
   * @param port 0: any free one
   * @param description free text for people
   */
  public record Own(Optional<String> hostname, int port, String description) {}

  /**
   * How runs are treated.
   *
   * @param keep which workspaces stay
   * @param cleanupPeriod how long they stay
   * @param productArgument how products are named to executors
   * @param artifacts how artifacts are kept
   * @param results how output and results are kept
   * @param health how products are tested for their health, if they are
   */
  public record Runs(
      KeepRule keep,
      Duration cleanupPeriod,
      ProductArgument productArgument,
      ArtifactSettings artifacts,
      KeepLimits results,
      Optional<HealthSettings> health) {
    /** Without a health test. */
    public Runs(
        KeepRule keep,
        Duration cleanupPeriod,
        ProductArgument productArgument,
        ArtifactSettings artifacts,
        KeepLimits results) {
      this(keep, cleanupPeriod, productArgument, artifacts, results, Optional.empty());
    }

    /** With what suits most nodes. */
    public Runs(KeepRule keep, Duration cleanupPeriod, ProductArgument productArgument) {
      this(keep, cleanupPeriod, productArgument, ArtifactSettings.DEFAULT, KeepLimits.DEFAULT);
    }
  }
}
