package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.MessageHandler;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ExtraAttributes;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.service.access.Submissions;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Wanted;
import com.nokia.ci.tas.service.loop.Inbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what peers say into events of the farm.
 *
 * <p>Called on event loops, for several connections at once. A message that cannot be answered,
 * because it does not say where, is refused on its own connection; everything else is for the farm
 * to judge.
 */
public final class Incoming implements MessageReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);
  private static final int LONGEST_HOST = 255;
  private static final int LONGEST_PRODUCT = 65_536;

  private final Inbox farm;
  private final Entrance entrance;
  private final Peers peers;
  private final Standing standing;
  private final Relay relay;
  private final Submissions submissions;
  private final InstantSource clock;
  private final OldNodes oldNodes = new OldNodes();

  /**
   * Connects the wire with the farm.
   *
   * @param farm takes events, does not block; throws {@link TasException} with a sentence for the
   *     peer when it cannot
   * @param entrance who may speak, and how many
   * @param peers is told which nodes are earlier ones, and what peers with a session are
   * @param relay passes on what is not for the service
   * @param submissions gives tests their owner and the variables of their project
   * @param clock stamps the events
   */
  public Incoming(
      Inbox farm,
      Entrance entrance,
      Peers peers,
      Relay relay,
      Submissions submissions,
      InstantSource clock) {
    this.farm = farm;
    this.entrance = entrance;
    this.peers = peers;
    this.standing = new Standing(peers.sessions());
    this.relay = relay;
    this.submissions = submissions;
    this.clock = clock;
  }

  @Override
  public Optional<String> admit(Peer peer) {
    return entrance.admission().refusal(peer);
  }

  @Override
  public void onMessage(Message message, Peer peer) {
    requireAnswerable(message);
    LOG.atDebug()
        .addKeyValue("from", peer)
        .addKeyValue("sender", message.sender())
        .log("{} received", message.getClass().getSimpleName());
    checkStanding(message, peer);
    try {
      message.giveTo(new Translation(clock.instant(), peer));
    } catch (ProtocolException e) {
      throw e;
    } catch (TasException e) {
      throw new ProtocolException(e.getMessage(), e);
    }
  }

  private void checkStanding(Message message, Peer peer) {
    try {
      standing.check(message, peer);
    } catch (ProtocolException e) {
      note(peer, message.getClass().getSimpleName(), "", "refused: " + e.getMessage());
      throw e;
    }
  }

  private void note(Peer peer, String what, String on, String outcome) {
    submissions.note(Standing.principal(peer), peer.address().getAddress(), what, on, outcome);
  }

  @Override
  public CompletionStage<Void> settled() {
    return farm.settled();
  }

  @Override
  public FileAnswer onFile(FileOperation put, Peer peer) {
    try {
      standing.check(put, peer);
    } catch (ProtocolException e) {
      return FileAnswer.refuse(e.getMessage());
    }
    return peers
        .files()
        .file(put, peer)
        .or(() -> relay.file(put, peer))
        .orElseGet(
            () ->
                FileAnswer.refuse(
                    "file %s of test %s is for nobody here: a service passes files on between the node and the client of a run and takes none itself"
                        .formatted(
                            SafeName.shown(put.file().name()),
                            SafeName.shown(put.test().id().text()))));
  }

  /** One message, at the time it came in. */
  private final class Translation implements MessageHandler {
    private final Instant now;
    private final Peer peer;

    private Translation(Instant now, Peer peer) {
      this.now = now;
      this.peer = peer;
    }

    @Override
    public void on(TestOperation message) {
      about(message, peer, now);
    }

    @Override
    public void on(ProductOperation message) {
      if (message.kind() == ProductOperation.Kind.ADD) {
        entrance.nodes().join(peer, message.sender());
      }
      about(message, now);
    }

    @Override
    public void on(RegistryOperation message) {
      switch (message.remote()) {
        case TEST_NODE -> aboutNode(message, peer, now);
        case CLIENT -> aboutClient(message, peer, now);
      }
    }

    @Override
    public void on(FileOperation message) {
      boolean isForService =
          message.kind() == FileOperation.Kind.ABORT && peers.files().abort(message, peer);
      if (!isForService && !relay.passOn(message, peer)) {
        nobodys(message, message.test());
      }
    }

    @Override
    public void on(TextMessage message) {
      if (!relay.passOn(message, peer)) {
        nobodys(message, message.test());
      }
    }

    /** A plain peer may say it, and is not heard; in a session it is declined. */
    private void nobodys(Message message, TestDescription test) {
      if (peer.session().isPresent()) {
        throw new ProtocolException(
            "what is said of test %s is not between its node and its client"
                .formatted(SafeName.shown(test.id().text())));
      }
      LOG.atDebug()
          .addKeyValue("from", peer)
          .log("{} ignored, it is for nobody here", message.getClass().getSimpleName());
    }
  }

  private void about(TestOperation operation, Peer peer, Instant now) {
    TestDescription test = operation.test();
    Endpoint sender = operation.sender();
    String details = test.progress().details();
    var who = Standing.principal(peer);
    switch (operation.kind()) {
      case START -> {
        entrance.clients().join(peer, sender);
        farm.post(submitted(test, new ClientId(sender), peer, now));
      }
      case STOP -> {
        note(peer, "stop test", test.id().text(), "asked");
        farm.post(new Event.StopRequested(now, sender, test.id(), details, who));
      }
      case CHECK -> farm.post(new Event.CheckRequested(now, sender, asked(test, peer), who));
      case UPDATE -> {
        if (test.progress().status() == TestStatus.STOPPED) {
          farm.post(new Event.StopRequested(now, sender, test.id(), details, who));
        } else {
          farm.post(report(test, sender, now));
        }
      }
    }
  }

  /**
   * Only what names the test and what is asked of it: the rest is known to the farm. Who follows a
   * test of another has a session, through which the node reaches it.
   */
  private static TestDescription asked(TestDescription test, Peer peer) {
    var named = TestDescription.named(test.id());
    var bond = peer.session().isPresent() ? test.origin().bond() : Bond.ISSUER;
    return named.with(named.origin().submittedAs(test.origin().submission()).bound(bond));
  }

  private Event submitted(TestDescription test, ClientId client, Peer peer, Instant now) {
    var prepared = submissions.prepare(unlent(test), Standing.principal(peer));
    prepared
        .refusal()
        .ifPresent(why -> note(peer, "start test", test.id().text(), "refused: " + why.sentence()));
    var wanted =
        prepared.refusal().<Wanted>map(Wanted.Misunderstood::new).orElseGet(() -> Demands.of(test));
    var line = peer.session().isPresent() ? Event.Line.SESSION : Event.Line.PLAIN;
    return new Event.TestSubmitted(now, client, prepared.test(), wanted, line);
  }

  /** Which nodes may be asked for an artifact is for the service to say. */
  private static TestDescription unlent(TestDescription test) {
    return test.execution().lenders().isEmpty()
        ? test
        : test.with(test.execution().lentBy(List.of()));
  }

  private Event report(TestDescription test, Endpoint sender, Instant now) {
    var progress = test.progress();
    return new Event.RunReported(
        now,
        new NodeId(sender),
        test.id(),
        progress.attempt(),
        progress.status(),
        progress.details(),
        progress.fault(),
        route(test, sender),
        progress.code(),
        progress.reservedSince());
  }

  /** A plain node does not know that the service stands in for the client of its run. */
  private String route(TestDescription test, Endpoint node) {
    String said = test.progress().route();
    boolean isStandIn =
        said.isEmpty()
            && !peers.sessions().isKept(node)
            && peers
                .parties()
                .of(test.id())
                .filter(parties -> parties.node().equals(node))
                .filter(parties -> peers.sessions().isKept(parties.client()))
                .isPresent();
    return isStandIn ? Relay.ROUTE : said;
  }

  private void about(ProductOperation operation, Instant now) {
    var product = ExtraAttributes.bounded(operation.product());
    Endpoint from = operation.sender();
    SafeName.complaint("the imei of a product", product.id().imei())
        .ifPresent(
            complaint -> {
              throw new ProtocolException(complaint);
            });
    int length =
        operation.product().values().entrySet().stream()
            .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
            .sum();
    if (length > LONGEST_PRODUCT) {
      throw new ProtocolException(
          "the product %s is described in %d characters; no more than %d are taken"
              .formatted(SafeName.shown(product.id().imei()), length, LONGEST_PRODUCT));
    }
    farm.post(
        switch (operation.kind()) {
          case ADD -> new Event.ProductReported(now, from, Event.Report.PLUGGED, product);
          case UPDATE -> new Event.ProductReported(now, from, Event.Report.UPDATED, product);
          case REMOVE -> new Event.ProductRemoved(now, from, product);
        });
  }

  private void aboutClient(RegistryOperation operation, Peer peer, Instant now) {
    var client = new ClientId(operation.sender());
    if (operation.kind() == RegistryOperation.Kind.DEREGISTER) {
      farm.post(new Event.ClientLeft(now, client));
      return;
    }
    entrance.clients().join(peer, client.endpoint());
    peerRegistered(client.endpoint(), peer, Sessions.Kind.CLIENT);
    farm.post(
        peer.session().isPresent()
            ? new Event.ClientRegistered(now, client)
            : new Event.ClientSeen(now, client));
  }

  private void aboutNode(RegistryOperation operation, Peer peer, Instant now) {
    NodeDescription node = node(operation, peer);
    requireDialable(node.endpoint(), "test-node");
    noteTold(operation, node);
    if (isFactsAlone(operation, peer)) {
      return;
    }
    if (operation.kind() != RegistryOperation.Kind.DEREGISTER) {
      oldNodes.note(node);
      entrance.nodes().join(peer, node.endpoint());
      peerRegistered(node.endpoint(), peer, Sessions.Kind.NODE);
    }
    peers.dialects().noteNode(node);
    farm.post(
        switch (operation.kind()) {
          case REGISTER -> new Event.NodeRegistered(now, node, operation.runs());
          case UPDATE ->
              operation.runs().isPresent()
                  ? new Event.NodeRegistered(now, node, operation.runs())
                  : new Event.NodeSeen(now, node);
          case DEREGISTER -> new Event.NodeLeft(now, node.id());
        });
  }

  private void noteTold(RegistryOperation operation, NodeDescription node) {
    if (operation.kind() == RegistryOperation.Kind.DEREGISTER) {
      peers.facts().forget(node.id());
      peers.lending().left(node.endpoint());
    } else {
      peers.lending().holds(node.endpoint(), node.holds());
      operation.facts().ifPresent(told -> peers.facts().told(node.id(), told));
    }
  }

  /** That a node with a session is there is known from the session; what it holds is not. */
  private static boolean isFactsAlone(RegistryOperation operation, Peer peer) {
    return operation.kind() == RegistryOperation.Kind.UPDATE
        && operation.node().map(node -> node.holds().isEmpty()).orElse(true)
        && operation.facts().isPresent()
        && operation.runs().isEmpty()
        && peer.session().isPresent();
  }

  private void peerRegistered(Endpoint address, Peer peer, Sessions.Kind kind) {
    if (peer.session().isPresent()) {
      peers.sessions().registered(address, kind);
    } else {
      peers.sessions().plain(address);
    }
    relay.returned(address);
  }

  /** In a session a node is known by the name of the session, whatever it calls itself. */
  private static NodeDescription node(RegistryOperation operation, Peer peer) {
    var said = operation.node().orElseGet(() -> new NodeDescription(operation.sender(), "", ""));
    return peer.session()
        .map(
            it ->
                new NodeDescription(
                    it.endpoint(), said.description(), said.version(), said.holds()))
        .orElse(said);
  }

  /** A node may be named by its description instead of the sender. */
  private static void requireAnswerable(Message message) {
    if (message instanceof RegistryOperation registry && registry.node().isPresent()) {
      return;
    }
    requireDialable(message.sender(), "sender");
  }

  private static void requireDialable(Endpoint address, String element) {
    if (!address.isDialable()) {
      throw new ProtocolException(
          "the message has no %s with hostname and port that could be answered: \"%s\""
              .formatted(element, SafeName.shown(address.toString())));
    }
    if (address.host().length() > LONGEST_HOST) {
      throw new ProtocolException(
          "the hostname of the %s has %d characters; no name has more than %d"
              .formatted(element, address.host().length(), LONGEST_HOST));
    }
  }
}
