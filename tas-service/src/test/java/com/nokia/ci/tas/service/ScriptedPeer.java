package com.nokia.ci.tas.service;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.ProductOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RunReference;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.Session;
import com.nokia.ci.tas.commons.transport.SessionLimits;
import com.nokia.ci.tas.commons.transport.SessionWish;
import com.nokia.ci.tas.commons.transport.StreamSink;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.transport.TransportSettings;
import com.nokia.ci.tas.commons.transport.Welcome;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A node or a client whose every word a test decides: with a session, or plain. */
final class ScriptedPeer implements MessageReceiver, Session.Owner, AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Transport transport = Transport.create(TransportSettings.defaults());
  private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<Arrived> files = new LinkedBlockingQueue<>();
  private final CompletableFuture<Endpoint> established = new CompletableFuture<>();
  private final Endpoint service;
  private final RegistryOperation.Remote remote;
  private final boolean isKept;
  private final Endpoint own;

  private volatile Session session;
  private volatile CompletionStage<Void> settled = CompletableFuture.completedFuture(null);

  /** What it says that it runs, if it is a node. */
  private volatile Optional<List<RunReference>> runs = Optional.empty();

  /** A file that came in. */
  record Arrived(FileOperation put, String content) {}

  private ScriptedPeer(
      Endpoint service, RegistryOperation.Remote remote, boolean isKept, Endpoint own) {
    this.service = service;
    this.remote = remote;
    this.isKept = isKept;
    var port = transport.listen(ListenSettings.on(own.port()).boundTo("127.0.0.1"), this);
    this.own = new Endpoint(own.host(), port.port());
  }

  /** A peer that opens a session and listens as well. */
  static ScriptedPeer dialable(Endpoint service, RegistryOperation.Remote remote) {
    return new ScriptedPeer(service, remote, /* isKept= */ true, new Endpoint("127.0.0.1", 0));
  }

  /** A peer that opens a session under a name that nobody can dial. */
  static ScriptedPeer kept(Endpoint service, RegistryOperation.Remote remote) {
    return new ScriptedPeer(
        service, remote, /* isKept= */ true, new Endpoint("nowhere.invalid", 0));
  }

  /** A peer that opens a session in the place of another one. */
  ScriptedPeer successor() {
    return new ScriptedPeer(service, remote, isKept, own);
  }

  /** A peer that follows the guide. */
  static ScriptedPeer plain(Endpoint service, RegistryOperation.Remote remote) {
    return new ScriptedPeer(service, remote, /* isKept= */ false, new Endpoint("127.0.0.1", 0));
  }

  /** From now on it hears, and acknowledges nothing. */
  ScriptedPeer acknowledgingNothing() {
    settled = new CompletableFuture<>();
    return this;
  }

  /** The address that others know it by. */
  Endpoint address() {
    return own;
  }

  /** Opens its session, or registers. */
  ScriptedPeer begin() {
    return begin(service);
  }

  /** Likewise, through something that stands before the service. */
  ScriptedPeer begin(Endpoint through) {
    if (isKept) {
      session =
          transport.keep(
              SessionWish.with(through, this::registration)
                  .withLimits(
                      SessionLimits.DEFAULT
                          .withAnswer(Duration.ofSeconds(PATIENCE_SECONDS))
                          .withLongestPause(Duration.ofMillis(200))),
              this,
              this);
      established.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } else {
      tell(registration());
    }
    return this;
  }

  ScriptedPeer running(RunReference... list) {
    runs = Optional.of(List.of(list));
    return this;
  }

  private RegistryOperation registration() {
    var plain =
        new RegistryOperation(
            own,
            service,
            RegistryOperation.Kind.REGISTER,
            remote,
            remote == RegistryOperation.Remote.TEST_NODE
                ? Optional.of(new NodeDescription(own, "scripted", "0.1.0"))
                : Optional.empty());
    return runs.map(plain::running).orElse(plain);
  }

  // ---- what it says

  ScriptedPeer plug(String imei) {
    tell(
        new ProductOperation(
            own,
            service,
            ProductOperation.Kind.ADD,
            Optional.empty(),
            ProductDescription.of(Map.of("imei", imei, "rm-code", "RM-763"))));
    return this;
  }

  void tell(TestOperation.Kind kind, TestDescription test) {
    tell(new TestOperation(own, service, kind, test));
  }

  /** Tells the service. */
  void tell(Message message) {
    done(send(service, message));
  }

  /** Says something to another party: over the session if there is one, else by dialing. */
  CompletableFuture<Void> say(Endpoint to, TestDescription test, String text) {
    return send(to, new TextMessage(own, to, test, text));
  }

  CompletableFuture<Void> get(Endpoint to, TestDescription test, String name) {
    return send(
        to, new FileOperation(own, to, FileOperation.Kind.GET, test, FileReference.named(name)));
  }

  CompletableFuture<Long> put(Endpoint to, TestDescription test, String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    var put =
        new FileOperation(
            own, to, FileOperation.Kind.PUT, test, FileReference.named(name).sized(bytes.length));
    return transport.sendFile(
        isKept ? acceptor() : to,
        put,
        FileSource.of(() -> new ByteArrayInputStream(bytes), bytes.length));
  }

  private CompletableFuture<Void> send(Endpoint to, Message message) {
    return transport.send(isKept ? acceptor() : to, message, Dialect.ESCAPED);
  }

  private Endpoint acceptor() {
    return session.acceptor();
  }

  static <T> T done(CompletableFuture<T> something) {
    return something.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  // ---- what it hears

  /** The next message of a kind; others before it are passed over. */
  <M extends Message> M hear(Class<M> kind, Predicate<M> isIt) throws InterruptedException {
    var before = new ArrayList<Message>();
    while (true) {
      var message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no " + kind.getSimpleName() + " like that, but " + before);
      }
      if (kind.isInstance(message) && isIt.test(kind.cast(message))) {
        return kind.cast(message);
      }
      before.add(message);
    }
  }

  TestOperation hear(TestOperation.Kind kind) throws InterruptedException {
    return hear(TestOperation.class, it -> it.kind() == kind);
  }

  /** What came in and was not listened to. */
  List<Message> unheard() {
    return List.copyOf(heard);
  }

  Arrived receive() throws InterruptedException {
    var file = files.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (file == null) {
      throw new AssertionError("no file, but " + heard);
    }
    return file;
  }

  boolean hasFiles() {
    return !files.isEmpty();
  }

  @Override
  public void onMessage(Message message, Peer peer) {
    heard.add(message);
  }

  @Override
  public CompletionStage<Void> settled() {
    return settled;
  }

  @Override
  public FileAnswer onFile(FileOperation put, Peer peer) {
    var bytes = new ByteArrayOutputStream();
    var sink = StreamSink.into(Channels.newChannel(bytes));
    var unused =
        sink.received()
            .thenAccept(
                size -> files.add(new Arrived(put, bytes.toString(StandardCharsets.UTF_8))));
    return FileAnswer.accept(sink);
  }

  @Override
  public void onEstablished(Welcome welcome) {
    established.complete(welcome.you());
  }

  @Override
  public void onPlain(InetAddress leftFrom) {
    established.completeExceptionally(new AssertionError("the service is taken for a plain one"));
  }

  @Override
  public void onRefused(String sentence) {
    established.completeExceptionally(new AssertionError(sentence));
  }

  @Override
  public void onEnded(TasException why) {
    established.completeExceptionally(why);
  }

  /** Is gone without a word. */
  @Override
  public void close() {
    transport.close();
  }
}
