package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.Peer;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may tell this node what: its service everything, the clients of its runs file operations of
 * those. A service that has a session with this node speaks over that alone; a plain one is known
 * by the address that a connection comes from, and this machine is trusted like it. Whatever a
 * message claims of its sender counts for nothing. Looking up never happens on the asking thread.
 */
final class Access {
  private static final Logger LOG = LoggerFactory.getLogger(Access.class);
  private static final Duration LOOK_UP_AGAIN_AFTER = Duration.ofSeconds(10);

  private final Endpoint service;
  private final List<Endpoint> places;
  private final Executor lookUps;
  private final ConcurrentHashMap<String, Whereabouts> clients = new ConcurrentHashMap<>();
  private final AtomicLong lastLookUp = new AtomicLong();
  private volatile Set<InetAddress> serviceAddresses = Set.of();
  private volatile boolean sessionAlone;

  /**
   * Knows nobody yet.
   *
   * @param places where the service may be; by the first it is known
   */
  Access(List<Endpoint> places, Executor lookUps) {
    this.service = places.get(0);
    this.places = List.copyOf(places);
    this.lookUps = lookUps;
  }

  /** From now on the service is who the session with it says, and nobody else. */
  void trustSessionAlone() {
    sessionAlone = true;
  }

  /** From now on the service is known by its address. */
  void trustAddresses() {
    sessionAlone = false;
  }

  /** Looks the service up; blocks. */
  void lookUpService() {
    lastLookUp.set(System.nanoTime());
    var found = new HashSet<InetAddress>();
    places.forEach(place -> found.addAll(addressesOf(place.host())));
    if (!found.isEmpty()) {
      serviceAddresses = Set.copyOf(found);
    }
  }

  /** Looks up the client of a run, so that it may speak; blocks. */
  void admitClient(Endpoint client) {
    clients.computeIfAbsent(client.host(), Whereabouts::of);
  }

  /** Only the clients of these runs may speak from now on. */
  void retainClients(Collection<String> hosts) {
    clients.keySet().retainAll(hosts);
  }

  boolean isService(Peer peer) {
    if (peer.session().isPresent()) {
      return peer.session().get().endpoint().equals(service);
    }
    return !sessionAlone
        && (peer.isLocal() || serviceAddresses.contains(peer.address().getAddress()));
  }

  /** Whether a peer may exchange files of a run with this client. */
  boolean mayExchange(Peer peer, Endpoint client) {
    return isService(peer)
        || (peer.session().isEmpty()
            && Optional.ofNullable(clients.get(client.host()))
                .filter(it -> it.canBe(peer))
                .isPresent());
  }

  /** Empty when a peer may speak at all, else what it is told. */
  Optional<String> refusal(Peer peer) {
    if (isService(peer) || clients.values().stream().anyMatch(it -> it.canBe(peer))) {
      return Optional.empty();
    }
    String address = peer.address().getAddress().getHostAddress();
    if (sessionAlone) {
      return Optional.of(
          address
              + " is not the client of a test of this node, which takes orders from its service "
              + service
              + " alone, over the connection that it keeps with it");
    }
    lookUpServiceSoon();
    return Optional.of(
        address
            + " is neither the service "
            + service
            + " of this node nor the client of one of its tests; the service is set by"
            + " TestAutomationServiceHostname=");
  }

  /** The service may have moved to another address. */
  private void lookUpServiceSoon() {
    long last = lastLookUp.get();
    long now = System.nanoTime();
    if (now - last > LOOK_UP_AGAIN_AFTER.toNanos() && lastLookUp.compareAndSet(last, now)) {
      lookUps.execute(this::lookUpService);
    }
  }

  /**
   * Where a client is.
   *
   * @param isHere whether that is this machine: then it may come from any address of it, whatever
   *     it is called
   */
  private record Whereabouts(Set<InetAddress> addresses, boolean isHere) {
    static Whereabouts of(String host) {
      Set<InetAddress> addresses = addressesOf(host);
      return new Whereabouts(addresses, addresses.stream().anyMatch(Access::isOfThisMachine));
    }

    boolean canBe(Peer peer) {
      return addresses.contains(peer.address().getAddress()) || (isHere && peer.isLocal());
    }
  }

  private static boolean isOfThisMachine(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      LOG.atWarn().addKeyValue("error", e.getMessage()).log("own addresses cannot be listed");
      return false;
    }
  }

  private static Set<InetAddress> addressesOf(String host) {
    try {
      return Set.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      LOG.atWarn().addKeyValue("error", e.getMessage()).log("a peer's host name is not known");
      return Set.of();
    }
  }
}
