package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.xml.Dialect;
import com.nokia.ci.tas.commons.xml.MessageCodec;
import io.netty.channel.Channel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** {@link Transport} on Netty. */
final class NettyTransport implements Transport {
  private static final int INCARNATION_BYTES = 16;

  private final TransportSettings settings;
  private final MessageCodec codec = new MessageCodec();
  private final EventLoops loops;
  private final ThreadPoolExecutor fileThreads;
  private final Names names = new Names();
  private final Dialer dialer;
  private final SessionServices services;
  private final Ways ways = new Ways();
  private final KnownKeepers keepers = new KnownKeepers();
  private final SessionBook book;
  private final Ports ports;
  private final Set<KeptSession> kept = ConcurrentHashMap.newKeySet();
  private final Set<Runnable> aborts = ConcurrentHashMap.newKeySet();
  private final Set<NettyOutbox> outboxes = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  NettyTransport(TransportSettings settings) {
    this.settings = settings;
    this.loops = new EventLoops(settings.eventLoops());
    this.fileThreads =
        new ThreadPoolExecutor(
            settings.fileThreads(),
            settings.fileThreads(),
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("tas-file", true),
            (task, pool) -> task.run());
    this.fileThreads.allowCoreThreadTimeOut(true);
    this.dialer = new Dialer(loops, names, settings.deadlines().connect(), settings.standIns());
    this.services = services();
    this.book = new SessionBook(services, ways);
    this.ports = new Ports(services, book);
  }

  private SessionServices services() {
    byte[] incarnation = new byte[INCARNATION_BYTES];
    new SecureRandom().nextBytes(incarnation);
    return new SessionServices(
        settings,
        codec,
        fileThreads,
        FileWindows.ofThisMachine(),
        loops,
        HexFormat.of().formatHex(incarnation),
        new PartialMessages(settings.caps().messageBytesInTotal()),
        this::sendFile);
  }

  @Override
  public Listener listen(ListenSettings where, MessageReceiver receiver) {
    return ports.open(where, receiver);
  }

  @Override
  public CompletableFuture<Void> send(Endpoint to, Message message, Dialect dialect) {
    return send(to, codec.write(message, dialect));
  }

  private CompletableFuture<Void> send(Endpoint to, byte[] message) {
    Optional<Conversation> session;
    try {
      session = ways.to(to);
    } catch (ConnectionLostException e) {
      return CompletableFuture.failedFuture(e);
    }
    return session.isPresent() ? session.get().send(message) : sendPlainly(to, message);
  }

  CompletableFuture<Void> sendPlainly(Endpoint to, byte[] message) {
    CompletableFuture<Long> delivery = started();
    dial(to, new OutgoingMessage(message), delivery);
    var result = new CompletableFuture<Void>();
    delivery.whenComplete(
        (bytes, failure) -> {
          if (failure == null) {
            result.complete(null);
          } else {
            result.completeExceptionally(failure);
          }
        });
    cancelWith(result, delivery);
    return result;
  }

  @Override
  public CompletableFuture<Long> sendFile(Endpoint to, FileOperation put, FileSource source) {
    Optional<Conversation> session;
    try {
      session = ways.to(to);
    } catch (ConnectionLostException e) {
      return CompletableFuture.failedFuture(e);
    }
    return session.isPresent()
        ? session.get().streams().send(put, source)
        : sendFilePlainly(to, put, source);
  }

  CompletableFuture<Long> sendFilePlainly(Endpoint to, FileOperation put, FileSource source) {
    CompletableFuture<Long> result = started();
    fileThreads.execute(
        () -> {
          try {
            if (!result.isDone()) {
              dial(to, opened(put, source), result);
            }
          } catch (IOException e) {
            result.completeExceptionally(
                new TasException(source + " cannot be read: " + e.getMessage(), e));
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private Outgoing opened(FileOperation put, FileSource source) throws IOException {
    if (source instanceof FileSource.OfPath path) {
      return OutgoingPath.open(size -> announcement(put, size), path.file());
    }
    if (source instanceof RelayedFile relayed) {
      byte[] message = announcement(put, relayed.file().size());
      return new OutgoingRelay(message, relayed, fileThreads);
    }
    var stream = (FileSource.OfStream) source;
    byte[] message = announcement(put, stream.size());
    return new OutgoingStream(message, stream.opening().open(), stream.size(), fileThreads);
  }

  private byte[] announcement(FileOperation put, long size) {
    FileReference file = Announcement.of(put.file(), size, Optional.empty());
    return codec.write(
        new FileOperation(put.sender(), put.receiver(), put.kind(), put.test(), file),
        Dialect.ESCAPED);
  }

  private void dial(Endpoint to, Outgoing what, CompletableFuture<Long> result) {
    result.whenComplete((bytes, failure) -> what.release());
    if (result.isDone()) {
      return;
    }
    connect(
        to,
        result,
        channel ->
            channel.pipeline().addLast(new Delivery(to, what, settings.deadlines(), result)));
  }

  /** Connects for a result, which fails when that does not succeed and ends it when cancelled. */
  private void connect(Endpoint to, CompletableFuture<?> result, Consumer<Channel> connected) {
    CompletableFuture<Channel> connecting = dialer.connect(to);
    cancelWith(result, connecting);
    connecting.whenComplete(
        (channel, failure) -> {
          if (failure != null) {
            result.completeExceptionally(failure);
          } else {
            connected.accept(channel);
          }
        });
  }

  @Override
  public CompletableFuture<InetAddress> probe(Endpoint to) {
    Optional<Conversation> session;
    try {
      session = ways.to(to);
    } catch (ConnectionLostException e) {
      return CompletableFuture.failedFuture(e);
    }
    return session.isPresent() ? probed(to, session.get()) : dial(to);
  }

  private static CompletableFuture<InetAddress> probed(Endpoint to, Conversation session) {
    return session
        .ownAddress()
        .map(CompletableFuture::completedFuture)
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new ConnectionLostException(
                        "there is no connection of the session that leads to " + to)));
  }

  @Override
  public CompletableFuture<InetAddress> dial(Endpoint to) {
    CompletableFuture<InetAddress> result = started();
    if (result.isDone()) {
      return result;
    }
    connect(
        to,
        result,
        channel -> {
          result.complete(((InetSocketAddress) channel.localAddress()).getAddress());
          channel.close();
        });
    return result;
  }

  @Override
  public Outbox outbox(Endpoint to, RetryPolicy policy, Outbox.Owner owner) {
    var outbox = new NettyOutbox(this, to, policy, owner);
    outboxes.add(outbox);
    if (closed) {
      outbox.close();
    }
    return outbox;
  }

  @Override
  public Session keep(SessionWish wish, MessageReceiver receiver, Session.Owner owner) {
    var session =
        new KeptSession(
            wish,
            receiver,
            owner,
            new KeptSession.Network(services, dialer, ways, keepers, kept::remove));
    kept.add(session);
    session.begin();
    if (closed) {
      session.abandon();
    }
    return session;
  }

  @Override
  public void route(Endpoint peer, Endpoint via) {
    ways.route(peer, via);
  }

  @Override
  public void unroute(Endpoint peer) {
    ways.unroute(peer);
  }

  @Override
  public void endSession(Endpoint identity, String why) {
    book.of(identity).ifPresent(session -> session.end(why));
  }

  Ways ways() {
    return ways;
  }

  void forget(NettyOutbox outbox) {
    outboxes.remove(outbox);
  }

  EventLoops loops() {
    return loops;
  }

  MessageCodec codec() {
    return codec;
  }

  Caps caps() {
    return settings.caps();
  }

  /** A future that closing this transport fails. */
  private <T> CompletableFuture<T> started() {
    var future = new CompletableFuture<T>();
    Runnable abort = () -> future.completeExceptionally(ending());
    aborts.add(abort);
    future.whenComplete((value, failure) -> aborts.remove(abort));
    if (closed) {
      abort.run();
    }
    return future;
  }

  private static ConnectionLostException ending() {
    return new ConnectionLostException("this program is ending, its connections are closed");
  }

  private static void cancelWith(CompletableFuture<?> outer, CompletableFuture<?> inner) {
    outer.whenComplete(
        (value, failure) -> {
          if (failure != null) {
            inner.cancel(false);
          }
        });
  }

  /** Files get their end before the threads that tell it are gone. */
  @Override
  public void close() {
    closed = true;
    List.copyOf(kept).forEach(KeptSession::abandon);
    book.all().forEach(AcceptedSession::abandon);
    ports.close();
    List.copyOf(outboxes).forEach(NettyOutbox::close);
    List.copyOf(aborts).forEach(Runnable::run);
    names.close();
    ports.awaitClosed();
    end(fileThreads);
    loops.shutdownGracefully(0, 500, TimeUnit.MILLISECONDS).awaitUninterruptibly(1_000);
  }

  /** Whether it is closed and none of its threads is left. */
  boolean hasEnded() {
    return loops.isTerminated() && fileThreads.isTerminated();
  }

  private static void end(ThreadPoolExecutor threads) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(700, TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
