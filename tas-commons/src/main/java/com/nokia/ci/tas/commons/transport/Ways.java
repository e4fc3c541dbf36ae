package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * By which way a peer is reached: over the session with it, over the session with somebody who
 * passes things on, or by dialing. Any thread may call.
 */
final class Ways {
  private final ConcurrentMap<Endpoint, Conversation> sessions = new ConcurrentHashMap<>();
  private final ConcurrentMap<Endpoint, Endpoint> routes = new ConcurrentHashMap<>();

  /**
   * The session to use.
   *
   * @return empty when the peer is to be dialled
   * @throws ConnectionLostException when it is reached through somebody with whom there is none
   */
  Optional<Conversation> to(Endpoint peer) {
    Conversation direct = sessions.get(peer);
    if (direct != null) {
      return Optional.of(direct);
    }
    Endpoint via = routes.get(peer);
    if (via == null) {
      return Optional.empty();
    }
    Conversation relay = sessions.get(via);
    if (relay == null) {
      throw ConnectionLostException.neverMade(
          peer + " is reached through " + via + ", with whom there is no session");
    }
    return Optional.of(relay);
  }

  /** Whether there is a session to use. */
  boolean isOverSession(Endpoint peer) {
    Endpoint via = routes.get(peer);
    return sessions.containsKey(peer) || (via != null && sessions.containsKey(via));
  }

  void opened(Endpoint peer, Conversation session) {
    sessions.put(peer, session);
  }

  /** The session is over; does nothing when another one has taken its place. */
  void ended(Endpoint peer, Conversation session) {
    sessions.remove(peer, session);
  }

  void route(Endpoint peer, Endpoint via) {
    routes.put(peer, via);
  }

  void unroute(Endpoint peer) {
    routes.remove(peer);
  }
}
