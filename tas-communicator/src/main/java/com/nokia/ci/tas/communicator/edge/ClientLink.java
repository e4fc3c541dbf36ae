package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.commons.xml.Dialect;
import com.nokia.ci.tas.communicator.node.Reach;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this node reaches the client of its runs: over a session of the two, through the service, or
 * by dialling it (docs/session.md, section 7). What cannot be sent one way is sent another, and
 * waits until there is one. Any thread may call; nothing blocks.
 */
final class ClientLink {
  private static final Logger LOG = LoggerFactory.getLogger(ClientLink.class);
  private static final Duration DIALLED_OUTPUT_LIMIT = Duration.ofSeconds(5);

  private final LinkContext context;
  private final Endpoint client;
  private final Runnable onBroken;
  private final Persistence persistence;
  private Way way = Way.DIALLED;
  private boolean mayRelay;
  private volatile boolean isNobody;
  private Optional<DirectLink> direct = Optional.empty();
  private CompletableFuture<Void> decided = CompletableFuture.completedFuture(null);

  /** A way to a client. */
  enum Way {
    DIALLED,
    RELAYED,
    DIRECT
  }

  /**
   * @param onBroken told when a way has ended on which a file may have been under way
   */
  ClientLink(LinkContext context, Endpoint client, Runnable onBroken) {
    this.context = context;
    this.client = client;
    this.onBroken = onBroken;
    this.persistence = new Persistence(context.timer());
  }

  Endpoint client() {
    return client;
  }

  /** A run begins; what its start says of the client holds from now on. */
  void join(Reach reach, Optional<DirectAccess> access) {
    switch (reach) {
      case DIALLED -> {
        // As it is.
      }
      case NOBODY -> isNobody = true;
      case DIALLED_OR_RELAYED -> tryToDial();
      case RELAYED -> relay();
      case DIRECT -> {
        relay();
        access.ifPresent(this::openDirect);
      }
    }
  }

  /** No run of this client is here any more; what is still to be said goes through the service. */
  void closeDirect() {
    Optional<DirectLink> closing;
    synchronized (this) {
      closing = direct;
      direct = Optional.empty();
    }
    closing.ifPresent(DirectLink::close);
  }

  /** Something has changed: what waits is tried now. */
  void onNews() {
    persistence.news();
  }

  /** Whether the service passes on what is said to the client, or would. */
  synchronized boolean isOfSession() {
    return mayRelay;
  }

  /** Whether a session with this acceptor is one with the client. */
  synchronized boolean isDirectly(Endpoint acceptor) {
    return direct.filter(it -> it.address().equals(acceptor)).isPresent();
  }

  /** The way that is taken now. */
  synchronized Way way() {
    return direct.filter(DirectLink::isUp).map(it -> Way.DIRECT).orElse(way);
  }

  /**
   * How long the last output of a run is worth waiting for, so that the end of the run is told
   * after it.
   */
  Duration outputLimit() {
    return isOfSession() ? context.terms().patience() : DIALLED_OUTPUT_LIMIT;
  }

  /** The way as reports tell it; empty between plain peers, which know no other. */
  String route() {
    if (!isOfSession()) {
      return "";
    }
    return way() == Way.RELAYED ? "relayed" : "direct";
  }

  /** Sends a message; completes when the peer has it that it was sent to. */
  CompletableFuture<Void> send(Message message) {
    return send(message, taken -> taken);
  }

  /**
   * Sends a message by a way of the caller's choice.
   *
   * @param choice from the way that would be taken, asked again for each try
   */
  CompletableFuture<Void> send(Message message, Function<Way, Way> choice) {
    return isNobody
        ? CompletableFuture.completedFuture(null)
        : trying(
            () -> context.transport().send(hop(choice.apply(way())), message, Dialect.ESCAPED),
            context.terms().patience());
  }

  /** Sends a file; completes when the client has stored it. */
  CompletableFuture<Long> sendFile(FileOperation put, FileSource source) {
    return sendFile(put, source, context.terms().patience());
  }

  /** Likewise, and tries for so long. */
  CompletableFuture<Long> sendFile(FileOperation put, FileSource source, Duration patience) {
    return trying(() -> context.transport().sendFile(hop(way()), put, source), patience);
  }

  private <T> CompletableFuture<T> trying(Supplier<CompletableFuture<T>> once, Duration patience) {
    CompletableFuture<Void> ready;
    synchronized (this) {
      ready = CompletableFuture.allOf(decided, context.known());
    }
    return persistence.send(
        () -> ready.isDone() ? once.get() : ready.thenCompose(done -> once.get()),
        this::mayTryAgain,
        patience);
  }

  /** The peer to which a message for the client is handed over. */
  private synchronized Endpoint hop(Way taken) {
    return switch (taken) {
      case DIALLED -> client;
      case RELAYED -> context.service();
      case DIRECT -> direct.map(DirectLink::address).orElse(context.service());
    };
  }

  /** A client that cannot be dialled any more is reached through the service, if that may be. */
  private boolean mayTryAgain(int failures) {
    if (way() != Way.DIALLED) {
      return true;
    }
    if (failures >= Persistence.TRIES && isOfSession()) {
      relay();
      return true;
    }
    return failures < Persistence.TRIES;
  }

  private void tryToDial() {
    synchronized (this) {
      if (mayRelay) {
        return;
      }
      mayRelay = true;
      decided = new CompletableFuture<>();
    }
    var unused =
        context
            .transport()
            .probe(client)
            .whenComplete(
                (address, failure) -> {
                  if (failure != null) {
                    relay();
                  } else {
                    log(Way.DIALLED);
                  }
                  decided();
                });
  }

  private void decided() {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      waiting = decided;
    }
    waiting.complete(null);
  }

  private void relay() {
    synchronized (this) {
      mayRelay = true;
      if (way == Way.RELAYED) {
        return;
      }
      way = Way.RELAYED;
    }
    log(Way.RELAYED);
  }

  private void openDirect(DirectAccess access) {
    DirectLink link;
    synchronized (this) {
      if (direct.filter(it -> it.address().equals(access.address())).isPresent()) {
        direct.get().renew(access);
        return;
      }
      if (direct.isPresent()) {
        return;
      }
      link = new DirectLink(context, access, this::onDirectChanged);
      direct = Optional.of(link);
      long patience = context.terms().grace().toMillis();
      decided = link.tried().completeOnTimeout(null, patience, TimeUnit.MILLISECONDS);
    }
    link.open();
  }

  private void onDirectChanged() {
    var taken = way();
    log(taken);
    if (taken != Way.DIRECT) {
      onBroken.run();
    }
    persistence.news();
  }

  private void log(Way taken) {
    LOG.atInfo()
        .addKeyValue("client", client)
        .addKeyValue("route", taken == Way.RELAYED ? "relayed" : "direct")
        .log("client is reached");
  }
}
