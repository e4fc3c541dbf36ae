package com.nokia.ci.tas.commons.model;

import java.util.Objects;

/**
 * What a node says of itself when it registers (wire protocol, {@code test-node}).
 *
 * @param endpoint where it listens
 * @param description free text of its owner
 * @param version of its software; {@code aol.*} are the earlier programs
 */
public record NodeDescription(Endpoint endpoint, String description, String version) {
  public NodeDescription {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(version, "version");
  }

  public NodeId id() {
    return new NodeId(endpoint);
  }

  /** Whether this is one of the earlier programs, which take values unescaped. */
  public boolean isEarlier() {
    return version.startsWith("aol.");
  }
}
