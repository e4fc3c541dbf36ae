package com.nokia.ci.tas.client;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.Listener;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.Session;
import com.nokia.ci.tas.commons.transport.SessionAdmission;
import com.nokia.ci.tas.commons.transport.SessionWatch;
import com.nokia.ci.tas.commons.transport.SessionWish;
import com.nokia.ci.tas.commons.transport.StreamSink;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.transport.TransportSettings;
import com.nokia.ci.tas.commons.transport.Welcome;
import com.nokia.ci.tas.commons.trust.Tls;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A service or a node that says what a test tells it to and keeps what it hears. */
public final class FakePeer implements AutoCloseable {
  private static final long LONGEST_WAIT_IN_SECONDS = 60;

  private final Transport transport = Transport.create(TransportSettings.defaults());
  private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> files = new LinkedBlockingQueue<>();
  private final Queue<FileOperation> puts = new ConcurrentLinkedQueue<>();
  private final Map<String, String> refusals = new ConcurrentHashMap<>();
  private volatile Optional<String> strangers = Optional.empty();
  private volatile Optional<Endpoint> name = Optional.empty();
  private final Listener listener;

  /** One that understands plain connections alone. */
  public FakePeer() {
    listener = transport.listen(ListenSettings.on(0), new Ear());
  }

  private FakePeer(ListenSettings where, SessionAdmission admission) {
    listener = transport.listen(where.withSessions(admission, new NoWatch()), new Ear());
  }

  /** A service that takes sessions over TLS, from whoever shows that token. */
  public static FakePeer withTls(Tls tls, String token) {
    return new FakePeer(
        ListenSettings.on(0).withTls(tls),
        (registration, offer, peer) ->
            peer.secure() && offer.token().filter(token::equals).isPresent()
                ? new SessionAdmission.Admitted(Principal.LOCAL)
                : new SessionAdmission.Refused("no TLS or no token"));
  }

  /** A service that takes sessions and keeps them for a while. */
  public static FakePeer withSessions(Duration retention) {
    return new FakePeer(
        ListenSettings.on(0),
        (registration, offer, peer) -> new SessionAdmission.Admitted(Principal.LOCAL, retention));
  }

  /** The same, which knows whoever comes by a name of its own choice. */
  public static FakePeer withSessions(Duration retention, Endpoint you) {
    return new FakePeer(
        ListenSettings.on(0),
        (registration, offer, peer) ->
            new SessionAdmission.Admitted(Principal.LOCAL, retention, Optional.of(you)));
  }

  /** A service that declines sessions. */
  public static FakePeer refusingSessions(String sentence) {
    return new FakePeer(
        ListenSettings.on(0),
        (registration, offer, peer) -> new SessionAdmission.Refused(sentence));
  }

  /**
   * Offers a session, as a node that comes directly does.
   *
   * @return completes with what became of it: "established" or a sentence
   */
  public CompletableFuture<String> keep(Endpoint acceptor, String ticket) {
    return keep(acceptor, ticket, Optional.empty());
  }

  /** The same over TLS, or without. */
  public CompletableFuture<String> keep(Endpoint acceptor, String ticket, Optional<Tls> tls) {
    var answer = new CompletableFuture<String>();
    var wish =
        SessionWish.with(acceptor, () -> registration(acceptor))
            .withTicket(Optional.of(ticket))
            .withTls(tls);
    transport.keep(wish, new Ear(), new Kept(answer));
    return answer;
  }

  /** Offers sessions under another address than its own. */
  public void callYourself(Endpoint other) {
    name = Optional.of(other);
  }

  private RegistryOperation registration(Endpoint acceptor) {
    return new RegistryOperation(
        name.orElse(endpoint()),
        acceptor,
        RegistryOperation.Kind.REGISTER,
        RegistryOperation.Remote.TEST_NODE,
        Optional.of(new NodeDescription(endpoint(), "", "0.1.0")));
  }

  /** Shows the ticket of a further test on a session. */
  public void show(Endpoint acceptor, String ticket) {
    var said = registration(acceptor);
    tell(
        acceptor,
        new RegistryOperation(
                said.sender(), acceptor, RegistryOperation.Kind.UPDATE, said.remote(), said.node())
            .offering(SessionOffer.of("0".repeat(32)).withTicket(Optional.of(ticket))));
  }

  public Endpoint endpoint() {
    return new Endpoint("127.0.0.1", listener.port());
  }

  /** Refuses from now on what is said about a test. */
  public void refuse(String test, String sentence) {
    refusals.put(test, sentence);
  }

  /** Refuses everybody from now on. */
  public void refuseAll(String sentence) {
    strangers = Optional.of(sentence);
  }

  /** The next message, which must be of that type. */
  public <T extends Message> T hear(Class<T> type) throws InterruptedException {
    Message message = heard.poll(LONGEST_WAIT_IN_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("no " + type.getSimpleName() + " was heard");
    }
    return type.cast(message);
  }

  /** The registration and the operation on a test that follows it. */
  public TestOperation hearFirst(TestOperation.Kind kind) throws InterruptedException {
    RegistryOperation registration = hear(RegistryOperation.class);
    if (registration.kind() != RegistryOperation.Kind.REGISTER) {
      throw new AssertionError("heard " + registration);
    }
    return hearNext(kind);
  }

  public TestOperation hearNext(TestOperation.Kind kind) throws InterruptedException {
    TestOperation operation = hear(TestOperation.class);
    if (operation.kind() != kind) {
      throw new AssertionError("heard " + operation);
    }
    return operation;
  }

  /** The content of the next file that came in. */
  public String receive() throws InterruptedException {
    String content = files.poll(LONGEST_WAIT_IN_SECONDS, TimeUnit.SECONDS);
    if (content == null) {
      throw new AssertionError("no file came in");
    }
    return content;
  }

  /** What announced the files that came in, and those that did not arrive. */
  public List<FileOperation> announced() {
    return List.copyOf(puts);
  }

  public boolean hasHeardNothing() {
    return heard.isEmpty() && files.isEmpty();
  }

  public void update(Endpoint client, TestDescription test) {
    tell(client, new TestOperation(endpoint(), client, TestOperation.Kind.UPDATE, test));
  }

  public void say(Endpoint client, RuntimeId test, String text) {
    tell(client, new TextMessage(endpoint(), client, TestDescription.named(test), text));
  }

  /** Asks for or gives up a file. */
  public void file(Endpoint client, FileOperation.Kind kind, RuntimeId test, String name) {
    tell(
        client,
        new FileOperation(
            endpoint(), client, kind, TestDescription.named(test), FileReference.named(name)));
  }

  /** Sends a file; returns when the client has it or has refused it. */
  public void put(Endpoint client, RuntimeId test, String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    put(client, test, name, FileSource.of(() -> new ByteArrayInputStream(bytes), bytes.length))
        .join();
  }

  /** Announces a file of that size and sends nothing of it. */
  public void putNothing(Endpoint client, RuntimeId test, String name, long size) {
    put(client, test, name, FileSource.of(InputStream::nullInputStream, size))
        .exceptionally(failure -> 0L)
        .join();
  }

  private CompletableFuture<Long> put(
      Endpoint client, RuntimeId test, String name, FileSource source) {
    var put =
        new FileOperation(
            endpoint(),
            client,
            FileOperation.Kind.PUT,
            TestDescription.named(test),
            FileReference.named(name));
    return transport.sendFile(client, put, source);
  }

  public void tell(Endpoint client, Message message) {
    transport.send(client, message, Dialect.ESCAPED).join();
  }

  @Override
  public void close() {
    listener.close();
    transport.close();
  }

  private static final class NoWatch implements SessionWatch {
    @Override
    public void onOpened(Endpoint identity, Peer peer, boolean resumed) {
      // the registration is heard
    }

    @Override
    public void onAway(Endpoint identity, String why) {
      // what is told waits
    }

    @Override
    public void onEnded(Endpoint identity, String why) {
      // nothing more is told
    }
  }

  private record Kept(CompletableFuture<String> answer) implements Session.Owner {
    @Override
    public void onAway(String why) {
      answer.complete(why);
    }

    @Override
    public void onEstablished(Welcome welcome) {
      answer.complete("established");
    }

    @Override
    public void onPlain(InetAddress leftFrom) {
      answer.complete("plain");
    }

    @Override
    public void onRefused(String sentence) {
      answer.complete(sentence);
    }

    @Override
    public void onEnded(TasException why) {
      answer.complete(why.getMessage());
    }
  }

  private final class Ear implements MessageReceiver {
    @Override
    public void onMessage(Message message, Peer peer) {
      if (message instanceof TestOperation operation
          && refusals.containsKey(operation.test().id().text())) {
        throw new ProtocolException(refusals.get(operation.test().id().text()));
      }
      heard.add(message);
    }

    @Override
    public Optional<String> admit(Peer peer) {
      return strangers;
    }

    @Override
    public FileAnswer onFile(FileOperation put, Peer peer) {
      var bytes = new ByteArrayOutputStream();
      var sink = StreamSink.into(Channels.newChannel(bytes));
      puts.add(put);
      sink.received().thenAccept(size -> files.add(bytes.toString(StandardCharsets.UTF_8)));
      return FileAnswer.accept(sink);
    }
  }
}
