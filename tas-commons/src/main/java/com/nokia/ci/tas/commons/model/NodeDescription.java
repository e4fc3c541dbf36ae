package com.nokia.ci.tas.commons.model;

import java.util.List;
import java.util.Objects;

/**
 * What a node says of itself when it registers (wire protocol, {@code test-node}).
 *
 * @param endpoint where it listens
 * @param description free text of its owner
 * @param version of its software; {@code aol.*} are the earlier programs
 * @param holds large artifacts that it has already, at most {@value #MOST_HELD}; a hint
 */
public record NodeDescription(
    Endpoint endpoint, String description, String version, List<ContentDigest> holds) {
  /** So many of the artifacts that a node has are told. */
  public static final int MOST_HELD = 32;

  public NodeDescription {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(version, "version");
    holds =
        holds == null
            ? List.of()
            : List.copyOf(holds.subList(0, Math.min(holds.size(), MOST_HELD)));
  }

  /** A node that says nothing of artifacts. */
  public NodeDescription(Endpoint endpoint, String description, String version) {
    this(endpoint, description, version, List.of());
  }

  /** The same with these artifacts. */
  public NodeDescription holding(List<ContentDigest> digests) {
    return new NodeDescription(endpoint, description, version, digests);
  }

  public NodeId id() {
    return new NodeId(endpoint);
  }

  /** Whether this is one of the earlier programs, which take values unescaped. */
  public boolean isEarlier() {
    return version.startsWith("aol.");
  }
}
