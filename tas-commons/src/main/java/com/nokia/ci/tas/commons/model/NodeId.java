package com.nokia.ci.tas.commons.model;

import java.util.Objects;

/**
 * A test node of the farm, known by the address in its registration (wire protocol, "Identity and
 * matching").
 *
 * @param endpoint what the node's {@code test-node} block says, the same text as the sender of its
 *     other messages
 */
public record NodeId(Endpoint endpoint) implements Comparable<NodeId> {
  public NodeId {
    Objects.requireNonNull(endpoint, "endpoint");
  }

  @Override
  public int compareTo(NodeId other) {
    return endpoint.compareTo(other.endpoint);
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}
