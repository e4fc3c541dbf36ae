package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.MessageHandler;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
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
import com.nokia.ci.tas.service.farm.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
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

  private final Consumer<Event> farm;
  private final Admission admission;
  private final Dialects dialects;
  private final InstantSource clock;

  /**
   * Connects the wire with the farm.
   *
   * @param farm takes events, does not block; throws {@link TasException} with a sentence for the
   *     peer when it cannot
   * @param admission who may speak
   * @param dialects is told which nodes are earlier ones
   * @param clock stamps the events
   */
  public Incoming(
      Consumer<Event> farm, Admission admission, Dialects dialects, InstantSource clock) {
    this.farm = farm;
    this.admission = admission;
    this.dialects = dialects;
    this.clock = clock;
  }

  @Override
  public Optional<String> admit(Peer peer) {
    return admission.refusal(peer);
  }

  @Override
  public void onMessage(Message message, Peer peer) {
    requireAnswerable(message);
    LOG.atDebug()
        .addKeyValue("from", peer)
        .addKeyValue("sender", message.sender())
        .log("{} received", message.getClass().getSimpleName());
    try {
      message.giveTo(new Translation(clock.instant(), peer));
    } catch (ProtocolException e) {
      throw e;
    } catch (TasException e) {
      throw new ProtocolException(e.getMessage(), e);
    }
  }

  @Override
  public FileAnswer onFile(FileOperation put, Peer peer) {
    return FileAnswer.refuse("a service takes no files; send them to the client or to the node");
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
      about(message, now);
    }

    @Override
    public void on(ProductOperation message) {
      about(message, now);
    }

    @Override
    public void on(RegistryOperation message) {
      about(message, now);
    }

    @Override
    public void on(FileOperation message) {
      LOG.atDebug().addKeyValue("from", peer).log("file message ignored, a service has no files");
    }

    @Override
    public void on(TextMessage message) {
      LOG.atDebug().addKeyValue("from", peer).log("text message ignored, a service reads none");
    }
  }

  private void about(TestOperation operation, Instant now) {
    TestDescription test = operation.test();
    Endpoint sender = operation.sender();
    String details = test.progress().details();
    switch (operation.kind()) {
      case START ->
          farm.accept(
              new Event.TestSubmitted(now, new ClientId(sender), test, Demands.of(test.demand())));
      case STOP -> farm.accept(new Event.StopRequested(now, sender, test.id(), details));
      case CHECK -> farm.accept(new Event.CheckRequested(now, sender, test.id().test()));
      case UPDATE -> {
        if (test.progress().status() == TestStatus.STOPPED) {
          farm.accept(new Event.StopRequested(now, sender, test.id(), details));
        } else {
          farm.accept(report(test, sender, now));
        }
      }
    }
  }

  private static Event report(TestDescription test, Endpoint sender, Instant now) {
    var progress = test.progress();
    return new Event.RunReported(
        now,
        new NodeId(sender),
        test.id(),
        progress.attempt(),
        progress.status(),
        progress.details(),
        progress.fault(),
        progress.route());
  }

  private void about(ProductOperation operation, Instant now) {
    var product = operation.product();
    Endpoint from = operation.sender();
    SafeName.complaint("the imei of a product", product.id().imei())
        .ifPresent(
            complaint -> {
              throw new ProtocolException(complaint);
            });
    int length =
        product.values().entrySet().stream()
            .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
            .sum();
    if (length > LONGEST_PRODUCT) {
      throw new ProtocolException(
          "the product %s is described in %d characters; no more than %d are taken"
              .formatted(SafeName.shown(product.id().imei()), length, LONGEST_PRODUCT));
    }
    farm.accept(
        switch (operation.kind()) {
          case ADD -> new Event.ProductReported(now, from, Event.Report.PLUGGED, product);
          case UPDATE -> new Event.ProductReported(now, from, Event.Report.UPDATED, product);
          case REMOVE -> new Event.ProductRemoved(now, from, product);
        });
  }

  private void about(RegistryOperation operation, Instant now) {
    switch (operation.remote()) {
      case TEST_NODE -> aboutNode(operation, now);
      case CLIENT -> {
        var client = new ClientId(operation.sender());
        farm.accept(
            operation.kind() == RegistryOperation.Kind.DEREGISTER
                ? new Event.ClientLeft(now, client)
                : new Event.ClientSeen(now, client));
      }
    }
  }

  private void aboutNode(RegistryOperation operation, Instant now) {
    NodeDescription node =
        operation.node().orElseGet(() -> new NodeDescription(operation.sender(), "", ""));
    requireDialable(node.endpoint(), "test-node");
    dialects.noteNode(node);
    farm.accept(
        switch (operation.kind()) {
          case REGISTER -> new Event.NodeRegistered(now, node, operation.runs());
          case UPDATE -> new Event.NodeSeen(now, node);
          case DEREGISTER -> new Event.NodeLeft(now, node.id());
        });
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
