package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionIdentity;
import com.nokia.ci.tas.service.access.AccessBook;
import com.nokia.ci.tas.service.access.AuditSink;
import com.nokia.ci.tas.service.access.Submissions;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.settings.Configuration;
import com.nokia.ci.tas.service.settings.NetworkList;
import com.nokia.ci.tas.service.settings.Setting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The parts of an edge, put together around a network that a test decides upon. */
final class Bench {
  static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  static final Duration RETENTION = Duration.ofMinutes(10);
  static final Endpoint SERVICE = new Endpoint("farm.example", 31_415);

  final Dialects dialects = new Dialects();
  final Sessions sessions;
  final RunParties parties;
  final Peers peers;
  final Relay relay;
  Instant now = T0;
  AccessBook book = AccessBook.EMPTY;
  final List<String> audited = new ArrayList<>();
  private final AuditSink audit =
      (who, from, what, on, outcome) ->
          audited.add(String.join(" | ", who, from, what, on, outcome));

  /** Who has tests. */
  final Set<Endpoint> clients = new HashSet<>();

  Configuration configuration = Configuration.DEFAULTS;
  private final Entrance entrance;

  Bench(FakeTransport network, Consumer<Event> farm, Supplier<NetworkList> networks) {
    InstantSource clock = () -> now;
    sessions = new Sessions(farm, clock, network::dial);
    parties = new RunParties(() -> RETENTION, clock);
    peers =
        new Peers(
            dialects,
            sessions,
            parties,
            new ToldFacts(),
            new Lending(sessions::isThere, new LoanTickets(clock)),
            new NodeFiles(SERVICE, network, sessions));
    relay = new Relay(SERVICE, network, peers);
    entrance =
        new Entrance(
            new Admission(networks),
            new Crowd(
                Setting.NODES_PER_ADDRESS,
                () -> configuration.number(Setting.NODES_PER_ADDRESS),
                new Crowd.Presence(it -> false, sessions::isKept)),
            new Crowd(
                Setting.CLIENTS_PER_ADDRESS,
                () -> configuration.number(Setting.CLIENTS_PER_ADDRESS),
                new Crowd.Presence(clients::contains, sessions::isKept)));
  }

  Incoming incoming(Consumer<Event> farm) {
    return new Incoming(
        farm::accept, entrance, peers, relay, new Submissions(() -> book, audit), () -> now);
  }

  /** A peer without a session. */
  static Peer plain(String address) {
    return new Peer(
        new InetSocketAddress(address, 40_000), new InetSocketAddress("10.9.9.9", 31_415));
  }

  /** A peer with a session, which it opens. */
  Peer opens(Endpoint identity, Principal who, String address) {
    var peer = plain(address).of(new SessionIdentity(identity, Optional.of(who)));
    sessions.onOpened(identity, peer, /* resumed= */ false);
    return peer;
  }

  /** A node with a session, which it opens and registers in. */
  Peer node(Incoming edge, Endpoint identity) {
    var peer = opens(identity, Principal.LOCAL, "10.1.1.1");
    edge.onMessage(registration(identity, RegistryOperation.Remote.TEST_NODE), peer);
    return peer;
  }

  /** A client with a session, which it opens and registers in. */
  Peer client(Incoming edge, Endpoint identity) {
    var peer = opens(identity, Principal.LOCAL, "10.1.1.2");
    edge.onMessage(registration(identity, RegistryOperation.Remote.CLIENT), peer);
    return peer;
  }

  static RegistryOperation registration(Endpoint who, RegistryOperation.Remote remote) {
    return new RegistryOperation(
        who,
        SERVICE,
        RegistryOperation.Kind.REGISTER,
        remote,
        remote == RegistryOperation.Remote.TEST_NODE
            ? Optional.of(new NodeDescription(who, "rack 2", "0.1.0"))
            : Optional.empty());
  }

  static void answer(FakeTransport network, Endpoint peer, boolean isThere) {
    if (isThere) {
      network.dials.get(peer).complete(InetAddress.getLoopbackAddress());
    } else {
      network.dials.get(peer).completeExceptionally(new IllegalStateException("nobody there"));
    }
  }
}
