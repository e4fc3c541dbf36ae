package com.nokia.ci.tas.commons.transport;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The accepted connections by their last activity, so that the least recently active one can make
 * room for a new one (design, section 6). Those that a session was opened on are settled: they make
 * room only where every other has. An IPv6 network counts as one address. Any thread may call.
 *
 * @param <C> what stands for a connection, told apart by {@code equals}
 */
final class ConnectionTable<C> {
  private final int capPerAddress;
  private final int cap;
  private final Pool<C> passing = new Pool<>();
  private final Pool<C> settled = new Pool<>();

  ConnectionTable(Caps caps) {
    this.capPerAddress = caps.connectionsPerAddress();
    this.cap = caps.connections();
  }

  /**
   * Counts a new connection.
   *
   * @return the connection that has to be closed for it, which is no longer counted
   */
  synchronized Optional<C> add(C connection, InetAddress address) {
    InetAddress origin = OffenceRate.origin(address);
    Optional<C> victim = Optional.empty();
    if (passing.size(origin) + settled.size(origin) >= capPerAddress) {
      victim = passing.oldest(origin).or(() -> settled.oldest(origin));
    } else if (size() >= cap) {
      victim = passing.oldest().or(settled::oldest);
    }
    victim.ifPresent(this::remove);
    passing.add(connection, origin);
    return victim;
  }

  /** A session was opened on the connection; does nothing when it is not counted. */
  synchronized void settle(C connection) {
    passing.remove(connection).ifPresent(origin -> settled.add(connection, origin));
  }

  /** Something came in over this connection. */
  synchronized void touch(C connection) {
    passing.touch(connection);
    settled.touch(connection);
  }

  /** The connection is gone; does nothing when it is not counted. */
  synchronized void remove(C connection) {
    passing.remove(connection);
    settled.remove(connection);
  }

  synchronized int size() {
    return passing.size() + settled.size();
  }

  /** Connections in the order of their last activity, all of them and those of each origin. */
  private static final class Pool<C> {
    private final Map<C, InetAddress> all = new LinkedHashMap<>();
    private final Map<InetAddress, Set<C>> byOrigin = new HashMap<>();

    private void add(C connection, InetAddress origin) {
      all.put(connection, origin);
      byOrigin.computeIfAbsent(origin, a -> new LinkedHashSet<>()).add(connection);
    }

    /** Where the connection came from, if it was here. */
    private Optional<InetAddress> remove(C connection) {
      InetAddress origin = all.remove(connection);
      if (origin != null) {
        Set<C> neighbours = byOrigin.get(origin);
        neighbours.remove(connection);
        if (neighbours.isEmpty()) {
          byOrigin.remove(origin);
        }
      }
      return Optional.ofNullable(origin);
    }

    private void touch(C connection) {
      remove(connection).ifPresent(origin -> add(connection, origin));
    }

    private Optional<C> oldest() {
      return all.keySet().stream().findFirst();
    }

    private Optional<C> oldest(InetAddress origin) {
      return byOrigin.getOrDefault(origin, Set.of()).stream().findFirst();
    }

    private int size() {
      return all.size();
    }

    private int size(InetAddress origin) {
      return byOrigin.getOrDefault(origin, Set.of()).size();
    }
  }
}
