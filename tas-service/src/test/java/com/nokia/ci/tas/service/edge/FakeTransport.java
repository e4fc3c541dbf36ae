package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.Listener;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Outbox;
import com.nokia.ci.tas.commons.transport.RetryPolicy;
import com.nokia.ci.tas.commons.transport.Session;
import com.nokia.ci.tas.commons.transport.SessionWish;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A network in which a test decides what arrives and what is lost, one entry at a time. */
final class FakeTransport implements Transport {
  final List<FakeOutbox> outboxes = new ArrayList<>();
  final Map<Endpoint, CompletableFuture<InetAddress>> probes = new HashMap<>();
  final Map<Endpoint, CompletableFuture<InetAddress>> dials = new HashMap<>();

  /** What was sent over sessions, in order. */
  final List<Message> sent = new ArrayList<>();

  /** Whose sessions were ended. */
  final List<Endpoint> ended = new ArrayList<>();

  /** The outbox that was opened last to a peer. */
  FakeOutbox to(Endpoint peer) {
    return outboxes.stream()
        .filter(outbox -> outbox.destination.equals(peer))
        .reduce((former, later) -> later)
        .orElseThrow();
  }

  @Override
  public Outbox outbox(Endpoint to, RetryPolicy policy, Outbox.Owner owner) {
    var outbox = new FakeOutbox(to, policy, owner);
    outboxes.add(outbox);
    return outbox;
  }

  @Override
  public CompletableFuture<InetAddress> dial(Endpoint to) {
    return dials.computeIfAbsent(to, any -> new CompletableFuture<>());
  }

  @Override
  public CompletableFuture<InetAddress> probe(Endpoint to) {
    return probes.computeIfAbsent(to, any -> new CompletableFuture<>());
  }

  @Override
  public Listener listen(ListenSettings where, MessageReceiver receiver) {
    throw new UnsupportedOperationException("the edge does not listen");
  }

  @Override
  public CompletableFuture<Void> send(Endpoint to, Message message, Dialect dialect) {
    sent.add(message);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Long> sendFile(Endpoint to, FileOperation put, FileSource source) {
    throw new UnsupportedOperationException("a service has no files");
  }

  @Override
  public Session keep(SessionWish wish, MessageReceiver receiver, Session.Owner owner) {
    throw new UnsupportedOperationException("the edge keeps no session itself");
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
    ended.add(identity);
  }

  @Override
  public void close() {
    outboxes.forEach(Outbox::close);
  }

  static final class FakeOutbox implements Outbox {
    final Endpoint destination;
    final RetryPolicy policy;
    final Deque<MessageEntry> waiting = new ArrayDeque<>();
    boolean closed;
    private final Owner owner;

    private FakeOutbox(Endpoint destination, RetryPolicy policy, Owner owner) {
      this.destination = destination;
      this.policy = policy;
      this.owner = owner;
    }

    List<Message> messages() {
      return waiting.stream().map(MessageEntry::message).toList();
    }

    /** The oldest entry arrives. */
    void deliver() {
      owner.onSent(waiting.remove());
    }

    /** The oldest entry is given up. */
    void lose(TasException cause) {
      owner.onFailed(waiting.remove(), cause);
    }

    @Override
    public Endpoint destination() {
      return destination;
    }

    @Override
    public void send(Message message, Dialect dialect) {
      waiting.add(new MessageEntry(message, dialect));
    }

    @Override
    public void sendFile(FileOperation put, FileSource source) {
      throw new UnsupportedOperationException("a service has no files");
    }

    @Override
    public int size() {
      return waiting.size();
    }

    @Override
    public void resume() {
      throw new UnsupportedOperationException("a broken outbox is replaced");
    }

    @Override
    public CompletableFuture<Boolean> drain(Duration limit) {
      return CompletableFuture.completedFuture(waiting.isEmpty());
    }

    @Override
    public void close() {
      closed = true;
      while (!waiting.isEmpty()) {
        lose(new ConnectionLostException("closed before this was sent"));
      }
    }
  }
}
