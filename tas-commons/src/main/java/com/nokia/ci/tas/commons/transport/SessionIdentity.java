package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Principal;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose session it is that something came over.
 *
 * @param endpoint the name of the peer: where it was accepted, the one it was given; where this
 *     program dialled, the address it dialled
 * @param principal who the peer is, where it was accepted; empty where this program dialled
 */
public record SessionIdentity(Endpoint endpoint, Optional<Principal> principal) {
  public SessionIdentity {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(principal, "principal");
  }
}
