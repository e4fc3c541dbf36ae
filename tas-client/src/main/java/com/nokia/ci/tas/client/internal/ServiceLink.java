package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.Outbox;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.RefusedException;
import com.nokia.ci.tas.commons.transport.RetryPolicy;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What one service is told, in order: a registration before anything else, a deregistration when
 * nothing of ours is left with it. Whether the service is there at all is known at the first try;
 * later messages are tried as the {@link RetryPolicy} says.
 *
 * <p>For any thread; nothing here waits for the network.
 */
final class ServiceLink {

  /** A message that is made when the name of the sender is known. */
  @FunctionalInterface
  interface Letter {
    Message from(Endpoint sender);
  }

  /** Who is told what the service did not take; called with the lock of the link held. */
  interface LossListener {
    /** The service is gone, or takes nothing from this client. */
    void onLost(ServiceLink link, Outcome outcome);

    /** The service is there and has refused this one message; the sentence says why. */
    void onRefused(ServiceLink link, TestOperation operation, String sentence);
  }

  /** Names the sender towards a host; may take a second. */
  @FunctionalInterface
  interface Names {
    Endpoint own(String host);
  }

  /** What is known of a host before it is dialled. */
  private record Lookup(Endpoint sender, Set<InetAddress> addresses) {}

  private record Line(Lookup lookup, Outbox outbox, Outbox.Owner owner) {}

  private final Endpoint service;
  private final Names names;
  private final Transport transport;
  private final RetryPolicy retries;
  private final Executor threads;
  private final LossListener losses;

  private final List<Letter> waiting = new ArrayList<>();
  private Optional<Line> line = Optional.empty();
  private boolean opening;
  private boolean registered;
  private Instant lastTold = Instant.EPOCH;

  ServiceLink(
      Endpoint service,
      Names names,
      Transport transport,
      RetryPolicy retries,
      Executor threads,
      LossListener losses) {
    this.service = service;
    this.names = names;
    this.transport = transport;
    this.retries = retries;
    this.threads = threads;
    this.losses = losses;
  }

  Endpoint service() {
    return service;
  }

  /** Sends what belongs together, after everything that was told before. */
  synchronized void tell(Instant now, Letter letter) {
    lastTold = now;
    if (line.isPresent()) {
      send(line.get(), letter);
      return;
    }
    waiting.add(letter);
    if (!opening) {
      opening = true;
      CompletableFuture.supplyAsync(this::lookUp, threads)
          .thenCompose(found -> transport.probe(service).thenApply(from -> found))
          .whenComplete(this::opened);
    }
  }

  /** Does something that must not come between a message to the service and its loss. */
  synchronized <T> T together(Supplier<T> work) {
    return work.get();
  }

  /** Says good-bye to a service that executes nothing for us any more. */
  synchronized void rest(BooleanSupplier idle) {
    if (registered && line.isPresent() && idle.getAsBoolean()) {
      send(line.get(), registration(RegistryOperation.Kind.DEREGISTER));
      registered = false;
    }
  }

  synchronized boolean isSilent(Instant now, Duration limit) {
    return line.isPresent() && now.isAfter(lastTold.plus(limit));
  }

  /** Whether a connection can be one of the service. */
  synchronized boolean isFrom(Peer peer) {
    return peer.isLocal()
        || line.filter(it -> it.lookup().addresses().contains(peer.address().getAddress()))
            .isPresent();
  }

  /** Completes when everything was sent or given up, or the time is over. */
  synchronized CompletableFuture<Boolean> drain(Duration limit) {
    return line.map(it -> it.outbox().drain(limit))
        .orElseGet(() -> CompletableFuture.completedFuture(waiting.isEmpty()));
  }

  private Lookup lookUp() {
    try {
      Set<InetAddress> addresses = Set.of(InetAddress.getAllByName(service.host()));
      return new Lookup(names.own(service.host()), addresses);
    } catch (UnknownHostException e) {
      throw new TasException(
          "the host " + service.host() + " of the service is not known; correct its name", e);
    }
  }

  private Line newLine(Lookup lookup) {
    var owner =
        new Outbox.Owner() {
          @Override
          public Outbox.AfterFailure onFailed(Outbox.Entry entry, TasException cause) {
            if (cause instanceof RefusedException
                && entry.message() instanceof TestOperation operation) {
              refusedBy(this, operation, cause.getMessage());
              return Outbox.AfterFailure.GO_ON;
            }
            lostBy(this, cause);
            return Outbox.AfterFailure.STOP;
          }
        };
    return new Line(lookup, transport.outbox(service, retries, owner), owner);
  }

  private synchronized void opened(Lookup lookup, Throwable failure) {
    opening = false;
    if (failure != null) {
      lost(failure instanceof CompletionException ? failure.getCause() : failure);
      return;
    }
    Line found = newLine(lookup);
    line = Optional.of(found);
    List<Letter> letters = List.copyOf(waiting);
    waiting.clear();
    letters.forEach(letter -> send(found, letter));
  }

  private void send(Line to, Letter letter) {
    Endpoint sender = to.lookup().sender();
    if (!registered) {
      registered = true;
      to.outbox().send(registration(RegistryOperation.Kind.REGISTER).from(sender), Dialect.ESCAPED);
    }
    to.outbox().send(letter.from(sender), Dialect.ESCAPED);
  }

  private Letter registration(RegistryOperation.Kind kind) {
    return sender ->
        new RegistryOperation(
            sender, service, kind, RegistryOperation.Remote.CLIENT, Optional.empty());
  }

  private synchronized void refusedBy(
      Outbox.Owner owner, TestOperation operation, String sentence) {
    if (line.filter(it -> it.owner() == owner).isPresent()) {
      losses.onRefused(this, operation, sentence);
    }
  }

  /** A line that was given up before gives up what is left in it, which says nothing new. */
  private synchronized void lostBy(Outbox.Owner owner, TasException cause) {
    if (line.filter(it -> it.owner() == owner).isPresent()) {
      lost(cause);
    }
  }

  /** Forgets the line, so that the next message looks the service up anew. */
  private void lost(Throwable cause) {
    Optional<Line> gone = line;
    line = Optional.empty();
    registered = false;
    waiting.clear();
    gone.ifPresent(it -> it.outbox().close());
    String sentence = "the service " + service + " is lost: " + cause.getMessage();
    losses.onLost(
        this,
        cause instanceof RefusedException
            ? Outcome.refused(cause.getMessage())
            : Outcome.lost(sentence));
  }
}
