package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.commons.transport.Outbox;
import com.nokia.ci.tas.commons.transport.RefusedException;
import com.nokia.ci.tas.commons.transport.RetryPolicy;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.xml.Dialect;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.EffectHandler;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.loop.Effects;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does what the farm wants done: tells nodes and clients, in order for each of them, and reports
 * what came of it.
 *
 * <p>A node is tried three times, a second apart. A client is tried three times within the time
 * that clients have to answer, and what waits for one that cannot be reached is given up. What is
 * for a peer with a session waits for it as long as its session is kept.
 */
public final class Outgoing implements Effects {
  private static final String SESSION_OVER = "its session is over and it has not come back";
  private static final RetryPolicy NODE = new RetryPolicy(3, Duration.ofSeconds(1));
  private static final int CLIENT_TRIES = 3;
  private static final String CHECKING =
      "The service is still there and checks whether its client is.";

  /** Of the time a client has, so much passes between two tries; the rest is for connecting. */
  private static final int SHARE_OF_A_PAUSE = 5;

  private final Endpoint service;
  private final Transport transport;
  private final Peers peers;
  private final Relay relay;
  private final Consumer<Event> farm;
  private final Consumer<EndedTest> history;
  private final Consumer<Effect.DivideTest> divider;
  private final InstantSource clock;
  private final FarmLog log = new FarmLog();
  private final Doing doing = new Doing();
  private final Correspondence nodes;
  private final Correspondence clients;

  private Outgoing(
      Surroundings around,
      Supplier<Duration> clientAnswerLimit,
      Consumer<Effect.DivideTest> divider) {
    this.divider = divider;
    this.service = around.service();
    this.transport = around.transport();
    this.peers = around.peers();
    this.relay = around.relay();
    this.farm = around.farm();
    this.history = around.history();
    this.clock = around.clock();
    this.nodes = new Correspondence(transport, () -> NODE, new NodeTeller());
    this.clients =
        new Correspondence(
            transport,
            () ->
                new RetryPolicy(CLIENT_TRIES, clientAnswerLimit.get().dividedBy(SHARE_OF_A_PAUSE)),
            new ClientTeller());
  }

  /**
   * What an edge works with.
   *
   * @param service the sender of what the service says
   * @param transport the network
   * @param peers how to speak to which node, who has a session, who belongs to which run
   * @param relay keeps what is for nodes that have yet to come back after a restart
   * @param farm takes events, does not block
   * @param history takes ended tests, does not block
   * @param clock stamps the events
   */
  public record Surroundings(
      Endpoint service,
      Transport transport,
      Peers peers,
      Relay relay,
      Consumer<Event> farm,
      Consumer<EndedTest> history,
      InstantSource clock) {}

  /** How many messages could not be delivered, repeated tries included. */
  public long undelivered() {
    return log.undelivered();
  }

  /**
   * Makes the edge.
   *
   * @param clientAnswerLimit how long a client may be unreachable, as it is in force
   * @param divider asks a distribution that is not the farm's own, does not block
   */
  public static Outgoing of(
      Surroundings around,
      Supplier<Duration> clientAnswerLimit,
      Consumer<Effect.DivideTest> divider) {
    return new Outgoing(around, clientAnswerLimit, divider);
  }

  @Override
  public void perform(Effect effect) {
    effect.giveTo(doing);
  }

  /** Gives up all that waits to be told; call it on the thread that performs effects. */
  public void close() {
    nodes.close();
    clients.close();
  }

  private static TestOperation test(
      Endpoint sender, NodeId node, TestOperation.Kind kind, TestDescription test) {
    return new TestOperation(sender, node.endpoint(), kind, test);
  }

  private TestOperation answer(Effect.TellClient tell) {
    TestOperation.Kind kind =
        switch (tell.kind()) {
          case UPDATE -> TestOperation.Kind.UPDATE;
          case STOP -> TestOperation.Kind.STOP;
        };
    TestProgress progress = tell.test().progress();
    TestProgress told = tell.reason().map(progress::because).orElse(progress);
    return new TestOperation(service, tell.to(), kind, tell.test().with(told));
  }

  private TextMessage text(ClientId client, TestDescription test, String text) {
    return new TextMessage(service, client.endpoint(), test, text);
  }

  private void tellNode(NodeId node, Message message) {
    nodes.to(node.endpoint()).send(message, peers.dialects().towards(node.endpoint()));
  }

  /**
   * The order to start a run, as its node has to hear it: from the client where the two can reach
   * each other or the node has a session; from the service where it stands in for a client with a
   * session, whose direct way is for nodes with a session alone (docs/session.md, section 7).
   */
  private TestOperation start(Effect.StartRun start) {
    var node = start.node().endpoint();
    // A test that was run again has no client: its node answers the service, which wants nothing.
    boolean isNobodys = new ClientId(start.client()).isNobody();
    var client = isNobodys ? service : start.client();
    boolean isNodeKept = peers.sessions().isKept(node);
    // One that has yet to come back after a restart of the service is reached by its session then.
    boolean isClientOfSession = peers.sessions().isOfSession(client);
    peers
        .parties()
        .begin(
            start.test().id(),
            new RunParties.Parties(node, client, start.test().origin().submission()));
    if (!isNodeKept) {
      return test(
          isClientOfSession ? service : client,
          start.node(),
          TestOperation.Kind.START,
          start.test().directly(Optional.empty()));
    }
    boolean isRelayed = !isClientOfSession && !peers.sessions().isDialable(node);
    var test =
        isRelayed ? start.test().with(start.test().progress().by(Relay.ROUTE)) : start.test();
    return test(client, start.node(), TestOperation.Kind.START, peers.lending().start(test, node));
  }

  /**
   * One whose session is over comes back by itself and asks; a port of it that is open does not
   * show that anybody listens there to what is said of tests.
   */
  private void tellOf(Endpoint client, Message message) {
    if (peers.sessions().isOver(client)) {
      log.kept(client, message);
    } else {
      tellClient(client, message);
    }
  }

  private void tellClient(Endpoint client, Message message) {
    clients.to(client).send(message, Dialect.ESCAPED);
  }

  /** One whose session is over proves nothing by an open port: it has to come back by itself. */
  private void probe(NodeId node) {
    if (peers.sessions().isOver(node.endpoint())) {
      farm.accept(new Event.NodeUnreachable(clock.instant(), node, SESSION_OVER));
      return;
    }
    var unused =
        transport
            .probe(node.endpoint())
            .whenComplete(
                (address, failure) ->
                    farm.accept(
                        failure == null
                            ? new Event.NodeAnswered(clock.instant(), node)
                            : new Event.NodeUnreachable(
                                clock.instant(), node, failure.getMessage())));
  }

  /** A session that is away now was so for the whole time that the client had. */
  private void probe(ClientId client) {
    var unused =
        transport
            .probe(client.endpoint())
            .whenComplete(
                (address, failure) ->
                    farm.accept(
                        failure == null
                            ? new Event.ClientSeen(clock.instant(), client)
                            : new Event.ClientUnreachable(
                                clock.instant(), client, failure.getMessage())));
  }

  /** What is done about each kind of effect. */
  private final class Doing implements EffectHandler {
    @Override
    public void on(Effect.StartRun start) {
      tellNode(start.node(), start(start));
    }

    @Override
    public void on(Effect.StopRun stop) {
      tellNode(stop.node(), test(service, stop.node(), TestOperation.Kind.STOP, stop.test()));
    }

    /** A plain node would not understand it, and speaks to a client that it can dial. */
    @Override
    public void on(Effect.BindRun bind) {
      var node = bind.node().endpoint();
      var run = bind.run();
      var parties = new RunParties.Parties(node, bind.client(), run.origin().submission());
      if (bind.ended().isPresent()) {
        peers.parties().collect(run.id(), parties);
      } else {
        peers.parties().rebind(run.id(), parties);
      }
      var told = test(bind.client(), bind.node(), TestOperation.Kind.CHECK, run);
      if (peers.sessions().isKept(node)) {
        tellNode(bind.node(), told);
      } else if (peers.sessions().isAwaited(node)) {
        // Its answer goes to the client through its session, so it is told when it has one again.
        relay.tell(node, told);
      }
    }

    @Override
    public void on(Effect.DivideTest divide) {
      divider.accept(divide);
    }

    @Override
    public void on(Effect.TellProduct tell) {
      tellNode(
          tell.node(),
          new ProductOperation(
              service,
              tell.node().endpoint(),
              ProductOperation.Kind.UPDATE,
              Optional.empty(),
              tell.product()));
    }

    @Override
    public void on(Effect.RecallPeers past) {
      peers.recall(past);
    }

    @Override
    public void on(Effect.ProbeNode effect) {
      probe(effect.node());
    }

    @Override
    public void on(Effect.EndSession end) {
      transport.endSession(end.node().endpoint(), end.why());
    }

    @Override
    public void on(Effect.ProbeClient probe) {
      if (peers.sessions().isKept(probe.client().endpoint())) {
        probe(probe.client());
      } else {
        tellClient(probe.client().endpoint(), text(probe.client(), probe.test(), CHECKING));
      }
    }

    @Override
    public void on(Effect.TellClient tell) {
      tellOf(tell.to(), answer(tell));
    }

    @Override
    public void on(Effect.Notice notice) {
      tellOf(notice.client().endpoint(), text(notice.client(), notice.test(), notice.text()));
    }

    @Override
    public void on(Effect.RecordEnded ended) {
      peers.parties().ended(ended.test());
      history.accept(ended.test());
    }

    @Override
    public void on(Effect.RunMoved moved) {
      log.runMoved(moved);
    }

    @Override
    public void on(Effect.Remark remark) {
      log.remark(remark);
    }

    @Override
    public void on(Effect.RuleFailed failure) {
      log.ruleFailed(failure);
    }
  }

  private final class ClientTeller implements Correspondence.Teller {
    @Override
    public void sent(Endpoint to, Outbox.Entry entry) {
      farm.accept(arrived(to, entry.message()));
    }

    private Event arrived(Endpoint to, Message message) {
      var client = new ClientId(to);
      return end(message)
          .<Event>map(test -> new Event.EndDelivered(clock.instant(), client, test))
          .orElseGet(() -> new Event.ClientSeen(clock.instant(), client));
    }

    @Override
    public void refused(Endpoint to, Outbox.Entry entry, RefusedException refusal) {
      log.undelivered(to, entry.message(), refusal, /* first= */ true);
      farm.accept(arrived(to, entry.message()));
    }

    @Override
    public void failed(Endpoint to, Outbox.Entry entry, TasException cause, boolean first) {
      log.undelivered(to, entry.message(), cause, first);
      if (first && isProof(to, entry.message())) {
        farm.accept(
            new Event.ClientUnreachable(clock.instant(), new ClientId(to), cause.getMessage()));
      }
    }
  }

  /** The test of whose end a message tells, if it tells of one. */
  private static Optional<TestId> end(Message message) {
    if (!(message instanceof TestOperation operation)
        || operation.kind() != TestOperation.Kind.UPDATE) {
      return Optional.empty();
    }
    return switch (operation.test().progress().status()) {
      case FINISHED, FAILED, STOPPED -> Optional.of(operation.test().id().test());
      case UNKNOWN, PENDING, STARTED -> Optional.empty();
    };
  }

  /**
   * Whether a client is gone because a message did not reach it. One that had a session may begin
   * another, until it was looked for in vain.
   */
  private boolean isProof(Endpoint client, Message message) {
    return !peers.sessions().wasKept(client)
        || (message instanceof TextMessage text && text.text().equals(CHECKING));
  }

  private final class NodeTeller implements Correspondence.Teller {
    @Override
    public void sent(Endpoint to, Outbox.Entry entry) {
      farm.accept(
          entry.message() instanceof TestOperation order && isOrder(order)
              ? new Event.OrderDelivered(
                  clock.instant(),
                  new NodeId(to),
                  order.test().id(),
                  order.test().progress().attempt(),
                  kind(order))
              : new Event.NodeAnswered(clock.instant(), new NodeId(to)));
    }

    /** Who the client of a run is, is no order: a node that missed it goes on as before. */
    private static boolean isOrder(TestOperation operation) {
      return operation.kind() != TestOperation.Kind.CHECK;
    }

    private static Event.Order kind(TestOperation order) {
      return order.kind() == TestOperation.Kind.START ? Event.Order.START : Event.Order.STOP;
    }

    @Override
    public void refused(Endpoint to, Outbox.Entry entry, RefusedException refusal) {
      log.undelivered(to, entry.message(), refusal, /* first= */ true);
      farm.accept(new Event.NodeAnswered(clock.instant(), new NodeId(to)));
      if (entry.message() instanceof TestOperation order && isOrder(order)) {
        farm.accept(undeliverable(to, order, Event.Delivery.NEVER_ARRIVED, refusal));
      }
    }

    @Override
    public void failed(Endpoint to, Outbox.Entry entry, TasException cause, boolean first) {
      log.undelivered(to, entry.message(), cause, first);
      if (entry.message() instanceof TestOperation order && isOrder(order)) {
        boolean isTried = first || peers.sessions().wasKept(to);
        boolean seen =
            isTried && !(cause instanceof ConnectionLostException it && it.isNeverMade());
        farm.accept(
            undeliverable(
                to, order, seen ? Event.Delivery.UNKNOWN : Event.Delivery.NEVER_ARRIVED, cause));
      } else if (first) {
        farm.accept(new Event.NodeUnreachable(clock.instant(), new NodeId(to), cause.getMessage()));
      }
    }

    private Event undeliverable(
        Endpoint to, TestOperation order, Event.Delivery delivery, TasException cause) {
      return new Event.OrderUndeliverable(
          clock.instant(),
          new NodeId(to),
          order.test().id(),
          order.test().progress().attempt(),
          kind(order),
          delivery,
          cause.getMessage());
    }
  }
}
