package com.nokia.ci.tas.service.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.transport.RefusedException;
import com.nokia.ci.tas.commons.transport.RetryPolicy;
import com.nokia.ci.tas.commons.xml.Dialect;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.settings.NetworkList;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutgoingTest {
  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  private static final Endpoint SERVICE = new Endpoint("farm.example", 31_415);
  private static final NodeId NODE_1 = new NodeId(new Endpoint("node1.example", 27_182));
  private static final ClientId CLIENT = new ClientId(new Endpoint("ci.example", 16_180));
  private static final TestDescription NIGHTLY =
      TestDescription.named(RuntimeId.of("nightly")).with(TestProgress.NONE.attempt(2));
  private static final ProductDescription PRODUCT =
      ProductDescription.of(Map.of("imei", "004402136230483"));

  private final FakeTransport network = new FakeTransport();
  private final List<Event> events = new ArrayList<>();
  private final List<EndedTest> history = new ArrayList<>();
  private final List<Effect.DivideTest> divided = new ArrayList<>();
  private Duration answerLimit = Duration.ofSeconds(10);
  private final Bench bench = new Bench(network, events::add, () -> NetworkList.NOBODY);
  private final Dialects dialects = bench.dialects;
  private final Outgoing edge =
      Outgoing.of(
          new Outgoing.Surroundings(
              SERVICE,
              network,
              bench.peers,
              bench.relay,
              events::add,
              history::add,
              InstantSource.fixed(T0)),
          () -> answerLimit,
          divided::add);

  @Test
  void aNodeHearsOfItsProductBeforeTheStartAndIsLedToTheClient() {
    edge.perform(new Effect.TellProduct(NODE_1, PRODUCT));
    edge.perform(new Effect.StartRun(NODE_1, NIGHTLY, CLIENT.endpoint()));

    assertEquals(
        List.of(
            new ProductOperation(
                SERVICE,
                NODE_1.endpoint(),
                ProductOperation.Kind.UPDATE,
                Optional.empty(),
                PRODUCT),
            new TestOperation(
                CLIENT.endpoint(), NODE_1.endpoint(), TestOperation.Kind.START, NIGHTLY)),
        network.to(NODE_1.endpoint()).messages());
  }

  @Test
  void aPlainNodeIsLedToTheServiceForAClientWhoseSessionIsYetToComeBack() {
    bench.sessions.recall(CLIENT.endpoint());

    edge.perform(new Effect.StartRun(NODE_1, NIGHTLY, CLIENT.endpoint()));

    assertEquals(
        List.of(new TestOperation(SERVICE, NODE_1.endpoint(), TestOperation.Kind.START, NIGHTLY)),
        network.to(NODE_1.endpoint()).messages());
  }

  @Test
  void aStopComesFromTheServiceItself() {
    edge.perform(new Effect.StopRun(NODE_1, NIGHTLY));

    assertEquals(
        List.of(new TestOperation(SERVICE, NODE_1.endpoint(), TestOperation.Kind.STOP, NIGHTLY)),
        network.to(NODE_1.endpoint()).messages());
  }

  @Test
  void whoWantsWhatANodeKeepsWaitsUntilTheNodeIsBackAfterARestart() {
    var run = TestDescription.named(NIGHTLY.id());
    run = run.with(run.origin().bound(Bond.REPLAY));
    bench.sessions.recall(NODE_1.endpoint());

    edge.perform(new Effect.BindRun(NODE_1, run, CLIENT.endpoint(), Optional.of(T0)));
    assertEquals(List.of(), network.outboxes);

    bench.node(bench.incoming(events::add), NODE_1.endpoint());
    assertEquals(
        List.of(
            new TestOperation(CLIENT.endpoint(), NODE_1.endpoint(), TestOperation.Kind.CHECK, run)),
        network.sent);
  }

  @Test
  void whatAClientIsToldKeepsItsOrder() {
    edge.perform(tell(Effect.TellClient.Kind.UPDATE));
    edge.perform(new Effect.Notice(CLIENT, NIGHTLY, "started on node1"));
    edge.perform(tell(Effect.TellClient.Kind.STOP));

    Endpoint to = CLIENT.endpoint();
    assertEquals(
        List.of(
            new TestOperation(SERVICE, to, TestOperation.Kind.UPDATE, NIGHTLY),
            new TextMessage(SERVICE, to, NIGHTLY, "started on node1"),
            new TestOperation(SERVICE, to, TestOperation.Kind.STOP, NIGHTLY)),
        network.to(to).messages());
  }

  @ParameterizedTest
  @CsvSource({"aol.alpha0.1, EARLIER", "0.1.0, ESCAPED", "'', ESCAPED"})
  void onlyEarlierNodesGetTheirValuesUnescaped(String version, Dialect dialect) {
    dialects.noteNode(new NodeDescription(NODE_1.endpoint(), "", version));

    edge.perform(new Effect.StopRun(NODE_1, NIGHTLY));
    edge.perform(tell(Effect.TellClient.Kind.UPDATE));

    assertEquals(dialect, network.to(NODE_1.endpoint()).waiting.element().dialect());
    assertEquals(Dialect.ESCAPED, network.to(CLIENT.endpoint()).waiting.element().dialect());
  }

  @Test
  void aNodeThatWasReplacedByOursIsSpokenToLikeOurs() {
    dialects.noteNode(new NodeDescription(NODE_1.endpoint(), "", "aol.alpha0.1"));
    dialects.noteNode(new NodeDescription(NODE_1.endpoint(), "", "0.1.0"));

    assertEquals(Dialect.ESCAPED, dialects.towards(NODE_1.endpoint()));
  }

  @Test
  void whatArrivesIsASignOfLife() {
    edge.perform(new Effect.StopRun(NODE_1, NIGHTLY));
    edge.perform(new Effect.ProbeClient(CLIENT, NIGHTLY));

    network.to(NODE_1.endpoint()).deliver();
    network.to(CLIENT.endpoint()).deliver();

    assertEquals(
        List.of(
            new Event.OrderDelivered(T0, NODE_1, NIGHTLY.id(), 2, Event.Order.STOP),
            new Event.ClientSeen(T0, CLIENT)),
        events);
  }

  @Test
  void anOrderThatNeverArrivedIsReportedAsSuch() {
    edge.perform(new Effect.StartRun(NODE_1, NIGHTLY, CLIENT.endpoint()));

    network.to(NODE_1.endpoint()).lose(ConnectionLostException.neverMade("nobody there"));

    assertEquals(
        List.of(undeliverable(Event.Order.START, Event.Delivery.NEVER_ARRIVED, "nobody there")),
        events);
  }

  @Test
  void anOrderThatBrokeOnTheWayMayHaveArrived() {
    edge.perform(new Effect.StartRun(NODE_1, NIGHTLY, CLIENT.endpoint()));

    network.to(NODE_1.endpoint()).lose(new ConnectionLostException("broke off"));

    assertEquals(
        List.of(undeliverable(Event.Order.START, Event.Delivery.UNKNOWN, "broke off")), events);
  }

  @Test
  void whatWaitsBehindAFailureIsGivenUpAndTheNextMessageBeginsAnew() {
    edge.perform(new Effect.TellProduct(NODE_1, PRODUCT));
    edge.perform(new Effect.StartRun(NODE_1, NIGHTLY, CLIENT.endpoint()));
    edge.perform(new Effect.StopRun(NODE_1, NIGHTLY));
    var first = network.to(NODE_1.endpoint());

    first.lose(ConnectionLostException.neverMade("nobody there"));
    edge.perform(new Effect.StopRun(NODE_1, NIGHTLY));

    String closed = "closed before this was sent";
    assertEquals(
        List.of(
            new Event.NodeUnreachable(T0, NODE_1, "nobody there"),
            undeliverable(Event.Order.START, Event.Delivery.NEVER_ARRIVED, closed),
            undeliverable(Event.Order.STOP, Event.Delivery.NEVER_ARRIVED, closed)),
        events);
    assertTrue(first.closed);
    assertEquals(1, network.to(NODE_1.endpoint()).size());
    assertEquals(2, network.outboxes.size());
  }

  @Test
  void whoeverDeclinesAMessageIsThereAndHearsTheNext() {
    var refusal = new RefusedException("no such test here");
    edge.perform(new Effect.StartRun(NODE_1, NIGHTLY, CLIENT.endpoint()));
    edge.perform(new Effect.TellProduct(NODE_1, PRODUCT));
    edge.perform(new Effect.Notice(CLIENT, NIGHTLY, "one"));
    edge.perform(new Effect.Notice(CLIENT, NIGHTLY, "two"));

    network.to(NODE_1.endpoint()).lose(refusal);
    network.to(CLIENT.endpoint()).lose(refusal);

    assertEquals(
        List.of(
            new Event.NodeAnswered(T0, NODE_1),
            undeliverable(Event.Order.START, Event.Delivery.NEVER_ARRIVED, "no such test here"),
            new Event.ClientSeen(T0, CLIENT)),
        events);
    assertEquals(1, network.to(NODE_1.endpoint()).size());
    assertEquals(1, network.to(CLIENT.endpoint()).size());
  }

  @Test
  void aClientThatCannotBeReachedIsReportedOnce() {
    edge.perform(tell(Effect.TellClient.Kind.UPDATE));
    edge.perform(new Effect.Notice(CLIENT, NIGHTLY, "more"));

    network.to(CLIENT.endpoint()).lose(ConnectionLostException.neverMade("nobody there"));

    assertEquals(List.of(new Event.ClientUnreachable(T0, CLIENT, "nobody there")), events);
  }

  @Test
  void aClientIsTriedThreeTimesWithinItsLimit() {
    answerLimit = Duration.ofSeconds(5);

    edge.perform(tell(Effect.TellClient.Kind.UPDATE));

    assertEquals(new RetryPolicy(3, Duration.ofSeconds(1)), network.to(CLIENT.endpoint()).policy);
  }

  @Test
  void aProbeOfANodeTellsWhetherItIsThere() {
    edge.perform(new Effect.ProbeNode(NODE_1));
    network.probes.get(NODE_1.endpoint()).complete(InetAddress.getLoopbackAddress());
    network.probes.clear();
    edge.perform(new Effect.ProbeNode(NODE_1));
    network
        .probes
        .get(NODE_1.endpoint())
        .completeExceptionally(ConnectionLostException.neverMade("nobody there"));

    assertEquals(
        List.of(
            new Event.NodeAnswered(T0, NODE_1),
            new Event.NodeUnreachable(T0, NODE_1, "nobody there")),
        events);
  }

  @Test
  void outboxesOfClientsThatHaveHeardEverythingAreClosed() {
    for (int port = 1; port <= 1_000; port++) {
      var client = new Endpoint("ci.example", port);
      edge.perform(
          new Effect.TellClient(client, Effect.TellClient.Kind.UPDATE, NIGHTLY, Optional.empty()));
      network.to(client).deliver();
    }

    long open = network.outboxes.stream().filter(outbox -> !outbox.closed).count();
    assertTrue(open <= 64, open + " outboxes are open");
  }

  private static Effect tell(Effect.TellClient.Kind kind) {
    return new Effect.TellClient(CLIENT.endpoint(), kind, NIGHTLY, Optional.empty());
  }

  private static Event undeliverable(Event.Order order, Event.Delivery delivery, String detail) {
    return new Event.OrderUndeliverable(T0, NODE_1, NIGHTLY.id(), 2, order, delivery, detail);
  }
}
