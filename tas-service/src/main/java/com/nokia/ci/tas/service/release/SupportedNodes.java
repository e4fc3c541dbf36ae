package com.nokia.ci.tas.service.release;

import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProgramVersion;
import com.nokia.ci.tas.commons.model.SafeName;
import java.util.Optional;

/**
 * Which communicators this service works with. One that is too old is served as far as it goes and
 * said to be too old wherever people look: log, page, JSON.
 *
 * <p>The earlier programs ({@code aol.*}) and programs of others are no older releases of this one:
 * they speak the plain protocol, which stays.
 */
public final class SupportedNodes {
  /** The oldest release whose sessions the tests play against this service. */
  public static final ProgramVersion OLDEST = new ProgramVersion(0, 1, 0);

  private SupportedNodes() {}

  /** What is wrong with the version of a node, if anything, and what to do. */
  public static Optional<String> complaint(NodeDescription node) {
    return complaint(node.version(), OLDEST);
  }

  static Optional<String> complaint(String version, ProgramVersion oldest) {
    return ProgramVersion.parse(version)
        .filter(it -> it.compareTo(oldest) < 0)
        .map(
            it ->
                "the communicator is too old: its version is "
                    + SafeName.shown(version)
                    + ", the oldest that this service works with is "
                    + oldest
                    + "; update it");
  }
}
