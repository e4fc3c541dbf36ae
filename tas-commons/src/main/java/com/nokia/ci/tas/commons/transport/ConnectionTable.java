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
 * room for a new one (design, section 6). Any thread may call.
 *
 * @param <C> what stands for a connection, told apart by {@code equals}
 */
final class ConnectionTable<C> {
  private final int capPerAddress;
  private final int cap;
  private final Map<C, InetAddress> all = new LinkedHashMap<>();
  private final Map<InetAddress, Set<C>> byAddress = new HashMap<>();

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
    Set<C> neighbours = byAddress.getOrDefault(address, Set.of());
    Optional<C> victim = Optional.empty();
    if (neighbours.size() >= capPerAddress) {
      victim = neighbours.stream().findFirst();
    } else if (all.size() >= cap) {
      victim = all.keySet().stream().findFirst();
    }
    victim.ifPresent(this::remove);
    all.put(connection, address);
    byAddress.computeIfAbsent(address, a -> new LinkedHashSet<>()).add(connection);
    return victim;
  }

  /** Something came in over this connection. */
  synchronized void touch(C connection) {
    InetAddress address = all.remove(connection);
    if (address != null) {
      all.put(connection, address);
      Set<C> neighbours = byAddress.get(address);
      neighbours.remove(connection);
      neighbours.add(connection);
    }
  }

  /** The connection is gone; does nothing when it is not counted. */
  synchronized void remove(C connection) {
    InetAddress address = all.remove(connection);
    if (address != null) {
      Set<C> neighbours = byAddress.get(address);
      neighbours.remove(connection);
      if (neighbours.isEmpty()) {
        byAddress.remove(address);
      }
    }
  }

  synchronized int size() {
    return all.size();
  }
}
