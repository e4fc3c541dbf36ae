package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.SessionAdmission;
import com.nokia.ci.tas.commons.transport.SessionLimits;
import com.nokia.ci.tas.commons.transport.SessionWish;
import com.nokia.ci.tas.commons.trust.FarmKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How services and nodes are spoken to.
 *
 * @param manner over a session where the other side can
 * @param key lets this client in from another machine, over TLS; empty: without TLS
 * @param limits of sessions
 * @param retention how long a node that reached us directly may be away
 */
public record Speech(
    Manner manner, Optional<FarmKey> key, SessionLimits limits, Duration retention) {

  /**
   * A connection that no test needs any more stays so long, which spares the next test a new one:
   * with a service, and with a node that came directly.
   */
  static final Duration LINGER = Duration.ofSeconds(5);

  /** What is offered. */
  public enum Manner {
    /** A session, and plain connections where that is all the other side understands. */
    SESSION,
    /** A session or nothing: who does not answer is waited for. */
    SESSION_ONLY,
    /** Plain connections alone, as earlier clients do. */
    PLAIN
  }

  /** Sessions, without a key. */
  public static final Speech DEFAULT =
      new Speech(
          Manner.SESSION, Optional.empty(), SessionLimits.DEFAULT, SessionAdmission.RETENTION);

  /**
   * Sessions, with a key if there is one.
   *
   * @param argument names the key file; empty or blank: the environment does, if anything
   * @param environment usually that of the process
   * @throws com.nokia.ci.tas.commons.model.SettingsException when the named file is of no use
   */
  public static Speech of(Optional<String> argument, Map<String, String> environment) {
    return new Speech(
        DEFAULT.manner, FarmKey.named(argument, environment), DEFAULT.limits, DEFAULT.retention);
  }

  /** Whether others are told who we are. */
  boolean hasKey() {
    return manner != Manner.PLAIN && key.isPresent();
  }

  /** The key that is shown to services; none when spoken plainly. */
  public Optional<FarmKey> shownKey() {
    return manner == Manner.PLAIN ? Optional.empty() : key;
  }

  public Speech with(Manner other) {
    return new Speech(other, key, limits, retention);
  }

  public Speech with(FarmKey other) {
    return new Speech(manner, Optional.of(other), limits, retention);
  }

  public Speech with(SessionLimits other) {
    return new Speech(manner, key, other, retention);
  }

  /**
   * What a session with a service is offered with.
   *
   * @param own where we can be dialled from there, if at all
   */
  SessionWish wish(Endpoint service, Endpoint own) {
    var registration =
        new RegistryOperation(
            own,
            service,
            RegistryOperation.Kind.REGISTER,
            RegistryOperation.Remote.CLIENT,
            Optional.empty());
    var wish =
        SessionWish.with(service, () -> registration)
            .withTls(key.map(FarmKey::towardsService))
            .withToken(key.flatMap(FarmKey::token))
            .withLimits(limits);
    return manner == Manner.SESSION_ONLY ? wish.withoutPlain() : wish;
  }

  /** Opens the door for nodes beside that for plain connections. */
  ListenSettings doorAt(ListenSettings where, DirectDoor door) {
    return switch (manner) {
      case PLAIN -> where;
      case SESSION, SESSION_ONLY -> {
        ListenSettings open = where.withSessions(door, door, limits);
        yield key.filter(it -> it.identity().isPresent())
            .map(it -> open.withTls(it.asAcceptor()))
            .orElse(open);
      }
    };
  }
}
