package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.Outbox;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.RefusedException;
import com.nokia.ci.tas.commons.transport.RetryPolicy;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes texts and file operations on between the node and the client of a run, where one of the
 * two has a session and cannot be reached otherwise, and file operations between two nodes of which
 * one may have an artifact from the other (docs/session.md, section 7). Nothing else is passed on,
 * and to nobody else.
 *
 * <p>Towards a peer with a session the other party speaks under its own address; towards a plain
 * one the service stands in for it. Files stream through and are not stored.
 *
 * <p>Safe for any thread; nothing here blocks.
 */
public final class Relay {
  /** What is said of a run whose node and client speak through the service. */
  static final String ROUTE = "relayed";

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final RetryPolicy PLAIN = new RetryPolicy(3, Duration.ofSeconds(1));

  private final Endpoint service;
  private final Transport transport;
  private final Peers peers;
  private final Object turn = new Object();
  private final Correspondence plain;
  private final Absent absent = new Absent();
  private final LongAdder messages = new LongAdder();
  private final LongAdder files = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /**
   * Makes the relay.
   *
   * @param service the sender that plain peers see
   */
  public Relay(Endpoint service, Transport transport, Peers peers) {
    this.service = service;
    this.transport = transport;
    this.peers = peers;
    this.plain = new Correspondence(transport, () -> PLAIN, new Teller());
  }

  /**
   * What was passed on since the service started.
   *
   * @param messages texts, and requests and refusals of files
   * @param files files that were begun
   * @param bytes of texts, and of files that were announced with a size
   */
  public record Count(long messages, long files, long bytes) {}

  /** What was passed on so far. */
  public Count count() {
    return new Count(messages.sum(), files.sum(), bytes.sum());
  }

  /**
   * Passes a text on, if it is for the other party of its run.
   *
   * @return whether it was
   */
  boolean passOn(TextMessage text, Peer peer) {
    var leg = leg(text, text.test().id(), peer);
    if (leg.filter(it -> it.to().equals(service)).isPresent()) {
      return true; // Of a test of nobody: its node keeps what it says.
    }
    leg.ifPresent(
        it -> {
          bytes.add(text.text().length());
          send(
              it.to(),
              new TextMessage(
                  it.as(),
                  it.to(),
                  text.test().directly(Optional.empty()),
                  text.text(),
                  text.number()));
        });
    return leg.isPresent();
  }

  /**
   * Passes on that a file is asked for or will not come, likewise.
   *
   * @return whether it was passed on
   */
  boolean passOn(FileOperation operation, Peer peer) {
    recognise(operation, peer);
    var leg = leg(operation, operation.test().id(), peer);
    if (leg.isPresent()) {
      send(leg.get().to(), under(leg.get(), operation));
      return true;
    }
    boolean isLoan = isLoan(operation, peer);
    if (isLoan) {
      send(operation.receiver(), loan(operation));
    }
    return isLoan;
  }

  /** Where a file goes that a peer puts; empty when it is not for the other party of its run. */
  Optional<FileAnswer> file(FileOperation put, Peer peer) {
    return leg(put, put.test().id(), peer)
        .map(leg -> relayed(leg.to(), under(leg, put)))
        .or(
            () ->
                Optional.of(put)
                    .filter(it -> isLoan(it, peer))
                    .map(it -> relayed(it.receiver(), loan(it))));
  }

  /**
   * A client whose session was over, and whose address somebody else had by then, is known by what
   * it calls its test: then it may ask for the files of it, and gets them.
   */
  private void recognise(FileOperation operation, Peer peer) {
    var run = operation.test().id();
    String shown = operation.test().origin().submission();
    if (operation.kind() == FileOperation.Kind.GET
        && peer.session().isPresent()
        && peers
            .parties()
            .of(run)
            .filter(it -> it.isShownBy(operation.sender(), shown))
            .isPresent()) {
      peers.parties().alsoAt(run, operation.sender());
    }
  }

  private FileAnswer relayed(Endpoint to, FileOperation put) {
    files.increment();
    if (put.file().hasSize()) {
      bytes.add(put.file().size());
    }
    LOG.atInfo()
        .addKeyValue("test", SafeName.shown(put.test().id().text()))
        .addKeyValue("from", put.sender())
        .addKeyValue("to", to)
        .addKeyValue("bytes", put.file().size())
        .log("file {} is relayed", SafeName.shown(put.file().name()));
    return FileAnswer.relay(to, put);
  }

  /**
   * Whether one node asks another for an artifact that this service has told it to be there, or is
   * answered: both have sessions, and the ticket is for these two, this content and this run, which
   * is still that of the node that asks.
   */
  private boolean isLoan(FileOperation operation, Peer peer) {
    var shown = operation.test().execution().lenders();
    if (peer.session().isEmpty() || shown.size() != 1 || !isKept(operation.receiver())) {
      return false;
    }
    boolean isAsked = operation.kind() == FileOperation.Kind.GET;
    Endpoint lender = isAsked ? operation.receiver() : operation.sender();
    Endpoint borrower = isAsked ? operation.sender() : operation.receiver();
    var run = operation.test().id();
    return shown.get(0).node().equals(lender)
        && shown.get(0).digest().text().equals(operation.file().name())
        && peers.parties().of(run).filter(it -> it.node().equals(borrower)).isPresent()
        && peers.lending().isGood(shown.get(0), run, borrower);
  }

  /** Who cannot be dialled is answered through the service, without a try. */
  private FileOperation loan(FileOperation operation) {
    boolean mayDial =
        operation.kind() == FileOperation.Kind.GET
            && peers.sessions().isDialable(operation.sender());
    var test = operation.test();
    return new FileOperation(
        operation.sender(),
        operation.receiver(),
        operation.kind(),
        mayDial ? test : test.directly(Optional.empty()),
        operation.file());
  }

  /** A peer has registered: it gets what it missed since the service was started again. */
  void returned(Endpoint peer) {
    synchronized (turn) {
      absent.release(peer).forEach(message -> sendNow(peer, message));
    }
  }

  /** Gives up what waits for plain peers. */
  public void close() {
    synchronized (turn) {
      plain.close();
    }
  }

  /**
   * The way on.
   *
   * @param to the other party of the run
   * @param as the sender that it is shown
   */
  private record Leg(Endpoint to, Endpoint as) {}

  private Optional<Leg> leg(Message message, RuntimeId run, Peer peer) {
    boolean isOfSession = peer.session().isPresent();
    return peers.parties().of(run).stream()
        .flatMap(parties -> parties.opposite(message.sender()).stream())
        .filter(other -> isOfSession ? message.receiver().equals(other) : hasSession(other))
        .findFirst()
        .map(other -> new Leg(other, hasSession(other) ? message.sender() : service));
  }

  private boolean hasSession(Endpoint peer) {
    return peers.sessions().isOfSession(peer);
  }

  private boolean isKept(Endpoint peer) {
    return peers.sessions().isKept(peer);
  }

  private static FileOperation under(Leg leg, FileOperation operation) {
    return new FileOperation(
        leg.as(),
        leg.to(),
        operation.kind(),
        operation.test().directly(Optional.empty()),
        operation.file());
  }

  /**
   * Over a session at once, so that it stands before what the farm says of it later; to a plain
   * peer one after the other; to one that has yet to come back after a restart, when it is there.
   */
  private void send(Endpoint to, Message message) {
    messages.increment();
    tell(to, message);
  }

  /** The same for what the service itself has to say to a party of a run. */
  void tell(Endpoint to, Message message) {
    synchronized (turn) {
      if (!peers.sessions().isAwaited(to) && !absent.isAwaited(to)) {
        sendNow(to, message);
      } else if (!absent.hold(to, message)) {
        LOG.atWarn()
            .addKeyValue("from", message.sender())
            .addKeyValue("to", to)
            .log(
                "{} not relayed: too much waits for peers that have not come back",
                message.getClass().getSimpleName());
      }
    }
  }

  private void sendNow(Endpoint to, Message message) {
    if (isKept(to)) {
      var unused =
          transport
              .send(to, message, Dialect.ESCAPED)
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      lost(to, message, failure);
                    }
                  });
      return;
    }
    plain.to(to).send(message, peers.dialects().towards(to));
  }

  private static void lost(Endpoint to, Message message, Throwable failure) {
    LOG.atWarn()
        .addKeyValue("from", message.sender())
        .addKeyValue("to", to)
        .addKeyValue("error", failure.getMessage())
        .log("{} not relayed", message.getClass().getSimpleName());
  }

  private static final class Teller implements Correspondence.Teller {
    @Override
    public void sent(Endpoint to, Outbox.Entry entry) {
      // What comes of it, the two settle among themselves.
    }

    @Override
    public void refused(Endpoint to, Outbox.Entry entry, RefusedException refusal) {
      lost(to, entry.message(), refusal);
    }

    @Override
    public void failed(Endpoint to, Outbox.Entry entry, TasException cause, boolean first) {
      if (first) {
        lost(to, entry.message(), cause);
      }
    }
  }
}
