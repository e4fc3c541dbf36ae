package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Principal;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The accepted sessions of one program by name and by identity, and the names that are promised to
 * peers that have not taken them yet. Any thread may call.
 */
final class SessionBook {
  private static final int ID_BYTES = 8;
  private static final int KEY_BYTES = 32;

  /** Stands between a host and what makes the name of a second peer of that host another one. */
  private static final String MARK = "~";

  private final SessionServices services;
  private final Ways ways;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, AcceptedSession> byId = new LinkedHashMap<>();
  private final Map<Endpoint, AcceptedSession> byIdentity = new LinkedHashMap<>();
  private final Map<Endpoint, String> promised = new LinkedHashMap<>();

  SessionBook(SessionServices services, Ways ways) {
    this.services = services;
    this.ways = ways;
  }

  SessionServices services() {
    return services;
  }

  String newId() {
    return hexadecimal(ID_BYTES);
  }

  String newKey() {
    return hexadecimal(KEY_BYTES);
  }

  private String hexadecimal(int count) {
    byte[] octets = new byte[count];
    random.nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }

  /**
   * Promises a name: the wanted one, unless it belongs to somebody else who is there, or who is
   * away and is somebody else.
   *
   * @param instance of the program that gets it
   */
  synchronized Endpoint promise(Endpoint wanted, String instance, Principal who) {
    Endpoint name = wanted;
    for (int i = 2; !isFor(name, instance, who); i++) {
      name = new Endpoint(wanted.host() + MARK + i, wanted.port());
    }
    promised.put(name, instance);
    return name;
  }

  private boolean isFor(Endpoint name, String instance, Principal who) {
    String holder = promised.get(name);
    if (holder != null && !holder.equals(instance)) {
      return false;
    }
    AcceptedSession session = byIdentity.get(name);
    return session == null
        || (session.terms().who().equals(who)
            && (session.terms().instance().equals(instance) || !session.isLive()));
  }

  /** The promised name was not taken. */
  synchronized void release(Endpoint name, String instance) {
    promised.remove(name, instance);
  }

  /**
   * A session stands from now on.
   *
   * @return completes when the one that had its name before has ended
   */
  CompletableFuture<Void> add(AcceptedSession session) {
    List<AcceptedSession> displaced = replaceBy(session);
    ways.opened(session.terms().identity(), session.conversation());
    return CompletableFuture.allOf(
        displaced.stream()
            .map(it -> it.end("a new session has taken its place"))
            .toArray(CompletableFuture<?>[]::new));
  }

  /** The one of that name gives way, and the one that was kept for long where there are many. */
  private synchronized List<AcceptedSession> replaceBy(AcceptedSession session) {
    AcceptedSession.Terms terms = session.terms();
    promised.remove(terms.identity(), terms.instance());
    Optional<AcceptedSession> former = Optional.ofNullable(byIdentity.get(terms.identity()));
    Optional<AcceptedSession> oldest =
        former.isEmpty() && byId.size() >= services.caps().connections()
            ? byId.values().stream().filter(it -> !it.isLive()).findFirst()
            : Optional.empty();
    byId.put(terms.id(), session);
    byIdentity.put(terms.identity(), session);
    return former.or(() -> oldest).stream().toList();
  }

  synchronized Optional<AcceptedSession> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  synchronized Optional<AcceptedSession> of(Endpoint identity) {
    return Optional.ofNullable(byIdentity.get(identity));
  }

  /** The session is over. */
  synchronized void remove(AcceptedSession session) {
    byId.remove(session.terms().id());
    byIdentity.remove(session.terms().identity(), session);
    ways.ended(session.terms().identity(), session.conversation());
  }

  synchronized Collection<AcceptedSession> all() {
    return List.copyOf(byId.values());
  }
}
