package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.Listener;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Outbox;
import com.nokia.ci.tas.commons.transport.RetryPolicy;
import com.nokia.ci.tas.commons.transport.Session;
import com.nokia.ci.tas.commons.transport.SessionWish;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.transport.Welcome;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network that does at once what a test tells it to; its peers know sessions or do not. */
final class FakeTransport implements Transport {
  /** What was sent and has arrived, by whatever way, registrations of offers included. */
  final List<Message> sent = new CopyOnWriteArrayList<>();

  /** Whom each of the messages was handed to that was sent without an outbox. */
  final List<Endpoint> hops = new CopyOnWriteArrayList<>();

  /** What waits for its acknowledgement. */
  final List<Waiting> waiting = new CopyOnWriteArrayList<>();

  /** The sessions that were asked for, the last one last. */
  final List<FakeSession> sessions = new CopyOnWriteArrayList<>();

  volatile boolean reachable = true;

  /** Whether peers know sessions. */
  volatile boolean modern;

  /** Something that was sent over a session that is away. */
  record Waiting(Endpoint to, Message message, CompletableFuture<Void> result) {}

  FakeSession session() {
    return sessions.get(sessions.size() - 1);
  }

  @Override
  public Session keep(SessionWish wish, MessageReceiver receiver, Session.Owner owner) {
    var session = new FakeSession(this, wish, owner);
    sessions.add(session);
    if (reachable) {
      session.offer();
    }
    return session;
  }

  @Override
  public CompletableFuture<Void> send(Endpoint to, Message message, Dialect dialect) {
    var result = new CompletableFuture<Void>();
    waiting.add(new Waiting(to, message, result));
    if (reachable) {
      deliver();
    }
    return result;
  }

  /** All that waits arrives. */
  void deliver() {
    List.copyOf(waiting)
        .forEach(
            it -> {
              waiting.remove(it);
              sent.add(it.message());
              hops.add(it.to());
              it.result().complete(null);
            });
  }

  /** All that waits is given up. */
  void lose() {
    lose(waiting);
  }

  private void lose(List<Waiting> lost) {
    List.copyOf(lost)
        .forEach(
            it -> {
              waiting.remove(it);
              it.result().completeExceptionally(new ConnectionLostException("away too long"));
            });
  }

  @Override
  public Outbox outbox(Endpoint to, RetryPolicy policy, Outbox.Owner owner) {
    return new FakeOutbox(this, to, owner);
  }

  @Override
  public CompletableFuture<InetAddress> dial(Endpoint to) {
    return probe(to);
  }

  @Override
  public CompletableFuture<InetAddress> probe(Endpoint to) {
    return reachable
        ? CompletableFuture.completedFuture(InetAddress.getLoopbackAddress())
        : CompletableFuture.failedFuture(new ConnectionLostException("nobody there"));
  }

  @Override
  public Listener listen(ListenSettings where, MessageReceiver receiver) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Long> sendFile(Endpoint to, FileOperation put, FileSource source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void route(Endpoint peer, Endpoint via) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unroute(Endpoint peer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void endSession(Endpoint identity, String why) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  /** A session that was asked for. */
  static final class FakeSession implements Session {
    final SessionWish wish;
    final Session.Owner owner;
    private final FakeTransport network;
    volatile boolean closed;

    FakeSession(FakeTransport network, SessionWish wish, Session.Owner owner) {
      this.network = network;
      this.wish = wish;
      this.owner = owner;
    }

    /** The acceptor gets an offer, and takes it if it knows what that is. */
    RegistryOperation offer() {
      var registration = wish.registration().get();
      network.sent.add(registration);
      if (network.modern) {
        owner.onEstablished(
            new Welcome(registration.sender(), "0f".repeat(16), Duration.ofMinutes(10)));
      } else {
        owner.onPlain(InetAddress.getLoopbackAddress());
      }
      return registration;
    }

    @Override
    public Endpoint acceptor() {
      return wish.acceptor();
    }

    @Override
    public Optional<Endpoint> you() {
      return Optional.empty();
    }

    @Override
    public boolean isLive() {
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
      network.lose(network.waiting.stream().filter(it -> it.to().equals(wish.acceptor())).toList());
    }
  }

  private record FakeOutbox(FakeTransport network, Endpoint destination, Owner owner)
      implements Outbox {
    @Override
    public void send(Message message, Dialect dialect) {
      var entry = new MessageEntry(message, dialect);
      if (network.reachable) {
        network.sent.add(message);
        owner.onSent(entry);
      } else {
        owner.onFailed(entry, new ConnectionLostException("nobody there"));
      }
    }

    @Override
    public void sendFile(FileOperation put, FileSource source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int size() {
      return 0;
    }

    @Override
    public void resume() {}

    @Override
    public CompletableFuture<Boolean> drain(Duration limit) {
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public void close() {}
  }
}
