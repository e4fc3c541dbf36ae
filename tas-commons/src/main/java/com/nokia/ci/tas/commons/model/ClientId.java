package com.nokia.ci.tas.commons.model;

import java.util.Objects;

/**
 * An issuer of tests, known by the address it is answered at.
 *
 * @param endpoint the sender of its messages
 */
public record ClientId(Endpoint endpoint) implements Comparable<ClientId> {
  public ClientId {
    Objects.requireNonNull(endpoint, "endpoint");
  }

  @Override
  public int compareTo(ClientId other) {
    return endpoint.compareTo(other.endpoint);
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}
