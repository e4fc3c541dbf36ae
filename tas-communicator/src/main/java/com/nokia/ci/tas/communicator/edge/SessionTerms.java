package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.SessionAdmission;
import com.nokia.ci.tas.commons.transport.SessionLimits;
import com.nokia.ci.tas.commons.transport.SessionWish;
import com.nokia.ci.tas.commons.trust.FarmKey;
import com.nokia.ci.tas.commons.trust.Tls;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * On which terms a node keeps connections (docs/session.md).
 *
 * @param key what lets it into a farm on another machine; with a key it speaks TLS and nothing else
 *     to its service
 * @param limits how long to wait for peers
 * @param patience how long a file or a text for a client that cannot be reached is kept
 * @param grace how long a direct connection to a client may take to stand, or be away, before what
 *     is said goes through the service
 */
public record SessionTerms(
    Optional<FarmKey> key, SessionLimits limits, Duration patience, Duration grace) {
  /** Without a key, with the usual limits. */
  public static final SessionTerms DEFAULT = with(Optional.empty());

  /** With or without a key, with the usual limits. */
  public static SessionTerms with(Optional<FarmKey> key) {
    return new SessionTerms(
        key, SessionLimits.DEFAULT, SessionAdmission.RETENTION, Duration.ofSeconds(2));
  }

  SessionWish towards(Endpoint service, Supplier<RegistryOperation> registration) {
    return SessionWish.with(service, registration)
        .withTls(key.map(FarmKey::towardsService))
        .withToken(key.flatMap(FarmKey::token))
        .withLimits(limits);
  }

  /** Towards a client, which gets no token: the ticket is all it has to know. */
  SessionWish towards(DirectAccess client, Supplier<RegistryOperation> registration) {
    return SessionWish.with(client.address(), registration)
        .withTls(client.certificate().map(digest -> Tls.pinned(key, digest)))
        .withTicket(Optional.of(client.ticket()))
        .withLimits(limits);
  }
}
