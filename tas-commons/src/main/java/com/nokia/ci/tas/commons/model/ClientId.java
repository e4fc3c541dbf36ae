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

  /** Nobody: the client of a test that outlived its own. */
  public static final ClientId NOBODY = new ClientId(Endpoint.UNKNOWN);

  /** Whether this is no client at all. */
  public boolean isNobody() {
    return equals(NOBODY);
  }

  @Override
  public String toString() {
    return isNobody() ? "nobody" : endpoint.toString();
  }
}
