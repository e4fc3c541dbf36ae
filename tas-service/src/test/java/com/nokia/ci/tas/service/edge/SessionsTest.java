package com.nokia.ci.tas.service.edge;

import static com.nokia.ci.tas.service.edge.Bench.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.settings.NetworkList;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the farm hears of sessions, and how peers with one are spoken to. */
class SessionsTest {
  private static final Endpoint NODE = new Endpoint("node1.example", 27_182);
  private static final Endpoint CLIENT = new Endpoint("ci.example", 16_180);
  private static final DirectAccess DIRECT =
      new DirectAccess(new Endpoint("ci.example", 20_000), "ticket", Optional.empty());
  private static final TestDescription NIGHTLY =
      TestDescription.named(RuntimeId.of("nightly"))
          .with(TestProgress.NONE.attempt(2))
          .directly(Optional.of(DIRECT));

  private final FakeTransport network = new FakeTransport();
  private final List<Event> events = new ArrayList<>();
  private final Bench bench = new Bench(network, events::add, () -> NetworkList.NOBODY);
  private final Incoming incoming = bench.incoming(events::add);
  private final Outgoing outgoing =
      Outgoing.of(
          new Outgoing.Surroundings(
              Bench.SERVICE, network, bench.peers, bench.relay, events::add, ended -> {}, () -> T0),
          () -> Duration.ofSeconds(10),
          divide -> {});

  @Test
  void aNodeThatFallsAwayIsInTroubleAtOnceAndBackAtOnce() {
    var node = bench.node(incoming, NODE);
    events.clear();

    bench.sessions.onAway(NODE, "the cable was pulled");
    bench.sessions.onOpened(NODE, node, /* resumed= */ true);
    bench.sessions.onEnded(NODE, "it said goodbye");

    var id = new NodeId(NODE);
    assertEquals(
        List.of(
            new Event.NodeUnreachable(T0, id, "the cable was pulled"),
            new Event.NodeAnswered(T0, id),
            new Event.NodeUnreachable(T0, id, "it said goodbye")),
        events);
  }

  @Test
  void aNodeWhoseSessionIsOverIsNotBackBecauseItsPortIsOpen() {
    bench.node(incoming, NODE);
    bench.sessions.onEnded(NODE, "its key was revoked");
    events.clear();

    outgoing.perform(new Effect.ProbeNode(new NodeId(NODE)));

    assertFalse(network.probes.containsKey(NODE), "it is dialled");
    assertEquals(
        List.of(
            new Event.NodeUnreachable(
                T0, new NodeId(NODE), "its session is over and it has not come back")),
        events);
  }

  @Test
  void aClientThatFallsAwayMayComeBack() {
    var client = bench.client(incoming, CLIENT);
    events.clear();

    bench.sessions.onAway(CLIENT, "the cable was pulled");
    bench.sessions.onOpened(CLIENT, client, /* resumed= */ true);
    bench.sessions.onAway(CLIENT, "the cable was pulled");
    bench.sessions.onEnded(CLIENT, "it was away for too long");

    Event seen = new Event.ClientSeen(T0, new ClientId(CLIENT));
    assertEquals(List.of(seen, seen, seen), events);
  }

  @Test
  void aClientWithASessionIsGoneOnlyWhenItIsLookedForAndAway() {
    bench.client(incoming, CLIENT);
    events.clear();
    outgoing.perform(new Effect.Notice(new ClientId(CLIENT), NIGHTLY, "started"));
    network.to(CLIENT).lose(new ConnectionLostException("the session has ended"));
    assertEquals(List.of(), events);

    outgoing.perform(new Effect.ProbeClient(new ClientId(CLIENT), NIGHTLY));
    network.probes.get(CLIENT).completeExceptionally(new ConnectionLostException("it is away"));

    assertEquals(
        List.of(new Event.ClientUnreachable(T0, new ClientId(CLIENT), "it is away")), events);
  }

  @Test
  void aClientWhoseSessionEndedIsGoneWhenItCannotBeDialledEither() {
    bench.client(incoming, CLIENT);
    bench.sessions.onEnded(CLIENT, "it was away for too long");
    events.clear();
    outgoing.perform(new Effect.Notice(new ClientId(CLIENT), NIGHTLY, "not for an open port"));

    outgoing.perform(new Effect.ProbeClient(new ClientId(CLIENT), NIGHTLY));
    assertEquals(1, network.to(CLIENT).messages().size());
    network.to(CLIENT).lose(new ConnectionLostException("nobody there"));

    assertEquals(
        List.of(new Event.ClientUnreachable(T0, new ClientId(CLIENT), "nobody there")), events);
  }

  @Test
  void everyOrderThatWaitedInASessionMayHaveArrivedUnlessItNeverLeft() {
    bench.node(incoming, NODE);
    events.clear();
    var id = new NodeId(NODE);
    outgoing.perform(new Effect.StopRun(id, NIGHTLY));
    outgoing.perform(new Effect.StopRun(id, NIGHTLY.with(TestProgress.NONE.attempt(3))));
    network.to(NODE).lose(ConnectionLostException.neverMade("it never left"));

    assertEquals(
        List.of(Event.Delivery.NEVER_ARRIVED, Event.Delivery.UNKNOWN),
        events.stream().map(it -> ((Event.OrderUndeliverable) it).delivery()).toList());
  }

  @Test
  void theDirectWayIsForANodeWithASessionAlone() {
    var id = new NodeId(NODE);
    bench.client(incoming, CLIENT);
    outgoing.perform(new Effect.StartRun(id, NIGHTLY, CLIENT));
    assertEquals(
        List.of(
            new TestOperation(
                Bench.SERVICE, NODE, TestOperation.Kind.START, NIGHTLY.directly(Optional.empty()))),
        network.to(NODE).messages());

    bench.node(incoming, NODE);
    network.to(NODE).waiting.clear();
    outgoing.perform(new Effect.StartRun(id, NIGHTLY, CLIENT));

    assertEquals(
        List.of(new TestOperation(CLIENT, NODE, TestOperation.Kind.START, NIGHTLY)),
        network.to(NODE).messages());
  }

  @Test
  void aNodeThatCannotBeDialledIsToldToSpeakToAPlainClientThroughTheService() {
    bench.node(incoming, NODE);
    var id = new NodeId(NODE);
    var plain = NIGHTLY.directly(Optional.empty());
    assertEquals("relayed", startedBy(id, plain).route());

    Bench.answer(network, NODE, /* isThere= */ false);
    assertEquals("relayed", startedBy(id, plain).route());
    bench.node(incoming, NODE);
    network.dials.clear();
    bench.node(incoming, NODE);
    Bench.answer(network, NODE, /* isThere= */ true);

    assertEquals("", startedBy(id, plain).route());
  }

  private TestProgress startedBy(NodeId node, TestDescription test) {
    outgoing.perform(new Effect.StartRun(node, test, CLIENT));
    var order = (TestOperation) network.to(NODE).messages().get(0);
    network.to(NODE).waiting.clear();
    assertEquals(CLIENT, order.sender());
    return order.test().progress();
  }

  @Test
  void aSessionEndsWhenTheFarmGivesItsNodeUp() {
    outgoing.perform(new Effect.EndSession(new NodeId(NODE), "it was lost"));

    assertEquals(List.of(NODE), network.ended);
  }

  @Test
  void aProbeAsksWhetherTheSessionIsThere() {
    bench.client(incoming, CLIENT);
    events.clear();
    outgoing.perform(new Effect.ProbeClient(new ClientId(CLIENT), NIGHTLY));
    network.probes.get(CLIENT).complete(InetAddress.getLoopbackAddress());

    assertEquals(List.of(new Event.ClientSeen(T0, new ClientId(CLIENT))), events);
    assertTrue(network.outboxes.isEmpty());
  }

  @Test
  void sessionsAreCounted() {
    bench.node(incoming, NODE);
    bench.client(incoming, CLIENT);
    bench.sessions.onAway(CLIENT, "gone");
    assertEquals(new Sessions.Count(1, 1), bench.sessions.count());

    bench.sessions.onEnded(CLIENT, "gone for good");

    assertEquals(new Sessions.Count(1, 0), bench.sessions.count());
    assertFalse(bench.sessions.isKept(CLIENT));
  }

  @Test
  void whoSpeaksPlainlyAgainIsTreatedSo() {
    bench.client(incoming, CLIENT);
    bench.sessions.onEnded(CLIENT, "it has registered without a session");
    incoming.onMessage(
        Bench.registration(CLIENT, RegistryOperation.Remote.CLIENT), Bench.plain("127.0.0.1"));
    events.clear();
    outgoing.perform(new Effect.Notice(new ClientId(CLIENT), NIGHTLY, "started"));
    assertTrue(network.to(CLIENT).messages().get(0) instanceof TextMessage);
    network.to(CLIENT).lose(new ConnectionLostException("nobody there"));

    assertEquals(
        List.of(new Event.ClientUnreachable(T0, new ClientId(CLIENT), "nobody there")), events);
  }
}
