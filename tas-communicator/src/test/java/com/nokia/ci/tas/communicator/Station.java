package com.nokia.ci.tas.communicator;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.commons.transport.DigestBook;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.FileSource;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.Listener;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionAdmission;
import com.nokia.ci.tas.commons.transport.SessionWatch;
import com.nokia.ci.tas.commons.transport.StreamSink;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.transport.TransportSettings;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A service or a client that does what a test tells it to, with real connections. */
final class Station implements MessageReceiver, AutoCloseable {
  private static final long LONGEST_SECONDS = 60;

  /** A file that arrived whole. */
  record Put(FileOperation message, String content) {}

  final Map<String, String> artifacts = new ConcurrentHashMap<>();

  /** Artifacts that are files, offered with their digests. */
  final Map<String, Path> files = new ConcurrentHashMap<>();

  /** Tickets that peers showed when they offered a session. */
  final List<String> tickets = new CopyOnWriteArrayList<>();

  /** All texts so far. */
  final List<TextMessage> texts = new CopyOnWriteArrayList<>();

  private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();

  /** Apart from all else: what an executor says may overtake the report that it has started. */
  private final BlockingQueue<TextMessage> said = new LinkedBlockingQueue<>();

  /** Lines of texts that were awaited, up to which nobody has looked yet. */
  private final Deque<String> lines = new ArrayDeque<>();

  /** Apart from all else: a file travels beside the messages and may overtake them. */
  private final BlockingQueue<Put> puts = new LinkedBlockingQueue<>();

  /** What it knows of those files. */
  final DigestBook digests = new DigestBook(Clock.systemUTC());

  private final UnaryOperator<ListenSettings> manner;
  private final Endpoint self;
  private Transport transport = Transport.create(TransportSettings.defaults());
  private Listener listener;

  /** A plain one. */
  Station() {
    this.manner = UnaryOperator.identity();
    this.listener = transport.listen(ListenSettings.on(0), this);
    this.self = new Endpoint("127.0.0.1", listener.port());
  }

  /** One that takes sessions, which last for so long without a connection. */
  Station(Duration retention) {
    this.manner = settings -> settings.withSessions(admitting(retention), new NobodyWatches());
    this.listener = transport.listen(manner.apply(ListenSettings.on(0)), this);
    this.self = new Endpoint("127.0.0.1", listener.port());
  }

  private SessionAdmission admitting(Duration retention) {
    return (registration, offer, peer) -> {
      offer.ticket().ifPresent(tickets::add);
      return new SessionAdmission.Admitted(Principal.LOCAL, retention);
    };
  }

  /** Dies and begins anew, on the same port. */
  void restart() {
    transport.close();
    transport = Transport.create(TransportSettings.defaults());
    comeBack();
  }

  /** Dies. */
  void die() {
    transport.close();
  }

  Endpoint endpoint() {
    return self;
  }

  /** Nobody listens any more. */
  void goAway() {
    listener.close();
  }

  /** Listens again, on the same port. */
  void comeBack() {
    listener = transport.listen(manner.apply(ListenSettings.on(self.port())), this);
  }

  void say(Endpoint to, Message message) {
    transport
        .send(to, message, Dialect.ESCAPED)
        .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /** The next thing heard that is wanted and no text and no file; others are dropped. */
  Message await(Predicate<Message> wanted) throws InterruptedException {
    while (true) {
      var next = next(heard);
      if (wanted.test(next)) {
        return next;
      }
    }
  }

  /** The next text, whatever else is heard before it or after. */
  TextMessage awaitText() throws InterruptedException {
    return next(said);
  }

  /** The next file that arrives, whatever else is heard before it or after. */
  Put awaitPut() throws InterruptedException {
    return next(puts);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    var next = queue.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing of the kind was heard");
    }
    return next;
  }

  <T extends Message> T await(Class<T> type) throws InterruptedException {
    return type.cast(await(type::isInstance));
  }

  TestDescription awaitReport(TestStatus status) throws InterruptedException {
    return ((TestOperation)
            await(
                m ->
                    m instanceof TestOperation report
                        && report.test().progress().status() == status))
        .test();
  }

  /** Lines of output until one is as wanted. */
  String awaitLine(Predicate<String> wanted) throws InterruptedException {
    while (true) {
      while (!lines.isEmpty()) {
        String line = lines.remove();
        if (wanted.test(line)) {
          return line;
        }
      }
      awaitText().text().lines().forEach(lines::add);
    }
  }

  @Override
  public void onMessage(Message message, Peer peer) {
    if (message instanceof TextMessage text) {
      texts.add(text);
      said.add(text);
    } else {
      heard.add(message);
    }
    if (message instanceof FileOperation get && get.kind() == FileOperation.Kind.GET) {
      answer(get);
    }
  }

  @Override
  public FileAnswer onFile(FileOperation put, Peer peer) {
    var bytes = new ByteArrayOutputStream();
    var sink = StreamSink.into(Channels.newChannel(bytes));
    var unused =
        sink.received()
            .thenAccept(length -> puts.add(new Put(put, bytes.toString(StandardCharsets.UTF_8))));
    return FileAnswer.accept(sink);
  }

  @Override
  public void close() {
    transport.close();
  }

  private static final class NobodyWatches implements SessionWatch {
    @Override
    public void onOpened(Endpoint identity, Peer peer, boolean resumed) {}

    @Override
    public void onAway(Endpoint identity, String why) {}

    @Override
    public void onEnded(Endpoint identity, String why) {}
  }

  private void answer(FileOperation get) {
    if (files.containsKey(get.file().name())) {
      Path file = files.get(get.file().name());
      var source =
          get.file().sha256().isPresent()
              ? FileSource.announced(file, digests)
              : FileSource.of(file, digests);
      var unused = transport.sendFile(get.sender(), answer(get, FileOperation.Kind.PUT), source);
      return;
    }
    String content = artifacts.get(get.file().name());
    if (content == null) {
      return;
    }
    boolean exists = !content.equals("ABORT");
    var answer = answer(get, exists ? FileOperation.Kind.PUT : FileOperation.Kind.ABORT);
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    var unused =
        exists
            ? transport.sendFile(
                get.sender(),
                answer,
                FileSource.of(() -> new ByteArrayInputStream(bytes), bytes.length))
            : transport.send(get.sender(), answer, Dialect.ESCAPED);
  }

  private static FileOperation answer(FileOperation get, FileOperation.Kind kind) {
    return new FileOperation(
        /* sender= */ get.receiver(),
        /* receiver= */ get.sender(),
        kind,
        get.test(),
        FileReference.named(get.file().name()));
  }
}
