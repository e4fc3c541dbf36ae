package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.trust.Tls;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is needed to keep a session with an acceptor.
 *
 * @param acceptor where to dial; its name is looked up anew each time
 * @param registration what to offer the session with, asked for each offer, on an event loop: it
 *     says how things are at that moment, the runs of a node included. The offer itself is added
 * @param tls when present the connection is one of TLS and nothing else
 * @param token of the farm; a secret
 * @param ticket of a test, on a direct connection; a secret
 * @param limits how long to wait for what
 * @param only whether the acceptor keeps sessions for certain: then it is never taken for a plain
 *     one, however long it does not answer
 */
public record SessionWish(
    Endpoint acceptor,
    Supplier<RegistryOperation> registration,
    Optional<Tls> tls,
    Optional<String> token,
    Optional<String> ticket,
    SessionLimits limits,
    boolean only) {

  public SessionWish {
    Objects.requireNonNull(acceptor, "acceptor");
    Objects.requireNonNull(registration, "registration");
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(ticket, "ticket");
    Objects.requireNonNull(limits, "limits");
  }

  /** A session without TLS and secrets, as it is possible on one machine. */
  public static SessionWish with(Endpoint acceptor, Supplier<RegistryOperation> registration) {
    return new SessionWish(
        acceptor,
        registration,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        SessionLimits.DEFAULT,
        /* only= */ false);
  }

  public SessionWish withTls(Optional<Tls> other) {
    return new SessionWish(acceptor, registration, other, token, ticket, limits, only);
  }

  public SessionWish withToken(Optional<String> other) {
    return new SessionWish(acceptor, registration, tls, other, ticket, limits, only);
  }

  public SessionWish withTicket(Optional<String> other) {
    return new SessionWish(acceptor, registration, tls, token, other, limits, only);
  }

  public SessionWish withLimits(SessionLimits other) {
    return new SessionWish(acceptor, registration, tls, token, ticket, other, only);
  }

  /** A session or nothing. */
  public SessionWish withoutPlain() {
    return new SessionWish(acceptor, registration, tls, token, ticket, limits, /* only= */ true);
  }

  @Override
  public String toString() {
    return "SessionWish[acceptor=" + acceptor + ", limits=" + limits + "]";
  }
}
