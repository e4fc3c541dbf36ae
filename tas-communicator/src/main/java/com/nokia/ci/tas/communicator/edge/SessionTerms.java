package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.SessionLimits;
import com.nokia.ci.tas.commons.transport.SessionWish;
import com.nokia.ci.tas.commons.trust.FarmKey;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * On which terms a node keeps connections (docs/session.md).
 *
 * @param key what lets it into a farm on another machine; with a key it speaks TLS and nothing else
 *     to its service
 * @param limits how long to wait for peers
 */
public record SessionTerms(Optional<FarmKey> key, SessionLimits limits) {
  /** Without a key, with the usual limits. */
  public static final SessionTerms DEFAULT =
      new SessionTerms(Optional.empty(), SessionLimits.DEFAULT);

  SessionWish towards(Endpoint service, Supplier<RegistryOperation> registration) {
    return SessionWish.with(service, registration)
        .withTls(key.map(FarmKey::towardsService))
        .withToken(key.flatMap(FarmKey::token))
        .withLimits(limits);
  }
}
