package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.session.Arrivals;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.FrameHandler;
import com.nokia.ci.tas.commons.session.Unacknowledged;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said on one session, over as many connections as it takes: numbers what goes out and
 * keeps it until it is acknowledged, takes what comes in once and in order, and lets the files
 * through. The same on both sides; who dials, resumes and gives up is for its {@link Side}.
 *
 * <p>Belongs to one event loop; other threads send.
 */
final class Conversation implements FrameHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /** Up to here a message is decoded on the event loop. */
  private static final int SHORT = 64 * 1024;

  /** The side of the session that this program has; called on the event loop of the session. */
  interface Side {
    /** The connection is gone. */
    void onLost(String why);

    /** The session is over because of what the peer said. */
    void onOver(TasException why);
  }

  /**
   * What a conversation is made of.
   *
   * @param name of the peer, in sentences
   * @param senders the sender of all that the peer says; empty where it may speak for others
   * @param streams the files
   * @param services what all connections share
   * @param loop where it lives
   * @param receiver gets the messages
   */
  record Parts(
      Endpoint name,
      Optional<Endpoint> senders,
      SessionStreams streams,
      SessionServices services,
      EventLoop loop,
      MessageReceiver receiver) {}

  private final Parts parts;
  private final Side side;
  private final Room room;
  private final Unacknowledged<Outbound> numbered = new Unacknowledged<>();
  private final Deque<Outbound> waiting = new ArrayDeque<>();
  private final Arrivals arrivals = new Arrivals();
  private Optional<TasException> over = Optional.empty();
  private boolean acknowledging;

  /** How often the numbers have begun anew. */
  private int restarts;

  /** Changed on the event loop, read anywhere. */
  private volatile Optional<SessionLink> link = Optional.empty();

  Conversation(Parts parts, Side side) {
    this.parts = parts;
    this.side = side;
    this.room = new Room(parts.services().caps());
  }

  /** A message on its way out. */
  private record Outbound(byte[] xml, CompletableFuture<Void> done) {}

  EventLoop loop() {
    return parts.loop();
  }

  boolean isLive() {
    return link.isPresent();
  }

  /** The address of this machine that the connection has, while there is one. */
  Optional<InetAddress> ownAddress() {
    return link.map(it -> it.peer().reached().getAddress());
  }

  SessionStreams streams() {
    return parts.streams();
  }

  /**
   * Sends a message; any thread may call.
   *
   * @return completes when the peer has taken it
   */
  CompletableFuture<Void> send(byte[] xml) {
    if (!room.take(xml.length)) {
      return CompletableFuture.failedFuture(
          new TasException("too much waits for " + parts.name() + ": " + room));
    }
    var done = new CompletableFuture<Void>();
    var message = new Outbound(xml, done);
    done.whenComplete((nothing, failure) -> settled(message));
    try {
      parts.loop().execute(() -> add(message));
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(new ConnectionLostException("this program is ending", e));
    }
    return done;
  }

  private void settled(Outbound message) {
    room.giveBack(message.xml().length);
    if (message.done().isCancelled()) {
      parts.loop().execute(() -> waiting.remove(message));
    }
  }

  private void add(Outbound message) {
    if (over.isPresent()) {
      message.done().completeExceptionally(over.get());
      return;
    }
    waiting.add(message);
    pump();
  }

  /** Writes as long as the connection takes bytes; a message gets its number when it is written. */
  private void pump() {
    while (link.isPresent() && link.get().isWritable()) {
      Optional<Unacknowledged.Numbered<Outbound>> next = numbered.next();
      if (next.isPresent()) {
        link.get().write(new Frame.Message(next.get().number(), next.get().message().xml()));
      } else if (waiting.isEmpty()) {
        return;
      } else {
        Outbound message = waiting.remove();
        if (!message.done().isDone()) {
          numbered.add(message);
        }
      }
    }
  }

  /** The session goes on; the peer has taken all up to a number. */
  void resume(long received) {
    dropLink();
    numbered.resumed(received).forEach(Conversation::taken);
  }

  /** The peer knows nothing of the session; what it has not acknowledged is said again. */
  void restart() {
    dropLink();
    numbered.renumber();
    arrivals.restart();
    parts.streams().restarted();
    restarts++;
  }

  /** The number of the last message that was taken from the peer. */
  long received() {
    return arrivals.last();
  }

  /** A connection stands on which both sides may speak. */
  void attach(SessionLink connection) {
    dropLink();
    link = Optional.of(connection);
    acknowledging = false;
    parts.streams().connected(connection);
    pump();
    connection.begin(this);
  }

  private void dropLink() {
    link.ifPresent(
        former -> {
          link = Optional.empty();
          former.drop();
          numbered.unwritten();
          parts.streams().lost("the session goes on over another connection");
        });
  }

  /** The connection is gone. */
  void lost(SessionLink connection, String why) {
    if (isCurrent(connection)) {
      link = Optional.empty();
      numbered.unwritten();
      parts.streams().lost(why);
      side.onLost(why);
    }
  }

  /** Ends for good; what waits fails. Says so to the peer when there is something to say. */
  void end(TasException why, Optional<Frame> last) {
    if (over.isPresent()) {
      return;
    }
    over = Optional.of(why);
    Optional<SessionLink> former = link;
    link = Optional.empty();
    former.ifPresent(it -> last.ifPresentOrElse(it::end, it::drop));
    failAll(why);
    parts.streams().ended(why);
  }

  /** What waits fails; the session may begin anew. */
  void failAll(TasException why) {
    List<Outbound> all = new ArrayList<>(numbered.clear());
    all.addAll(waiting);
    waiting.clear();
    all.forEach(message -> message.done().completeExceptionally(why));
  }

  private static void taken(Outbound message) {
    message.done().complete(null);
  }

  /** A read is over: what was taken in it is acknowledged in one go. */
  void readComplete() {
    if (acknowledging) {
      acknowledging = false;
      link.ifPresent(it -> it.write(new Frame.Ack(arrivals.last())));
    }
  }

  void writable() {
    pump();
    if (link.map(SessionLink::isWritable).orElse(false)) {
      parts.streams().writable();
    }
  }

  void received(int stream, ByteBuf octets) {
    parts.streams().received(stream, octets);
  }

  void unknownFrame(String sentence) {
    link.ifPresent(it -> it.end(new Frame.Bye(sentence)));
    side.onOver(new ProtocolException(parts.name() + " cannot be understood: " + sentence));
  }

  @Override
  public void on(Frame.Welcome frame) {
    throw new ProtocolException("a second welcome came in");
  }

  @Override
  public void on(Frame.Refused frame) {
    throw new ProtocolException("a refusal of the offer came in behind the welcome");
  }

  @Override
  public void on(Frame.Beat frame) {}

  @Override
  public void on(Frame.Bye frame) {
    String said = frame.sentence().isBlank() ? "" : ": " + SafeName.shown(frame.sentence());
    side.onOver(new ConnectionLostException(parts.name() + " has ended the session" + said));
  }

  @Override
  public void on(Frame.Message frame) {
    acknowledging = true;
    if (arrivals.isNew(frame.number())) {
      Peer from = peer();
      int ofSession = restarts;
      decode(
          frame.xml(),
          () -> ofSession == restarts && arrivals.isNew(frame.number()),
          message -> take(message, from),
          this::refuse);
    }
  }

  private void take(Message message, Peer from) {
    if (message instanceof FileOperation file && file.kind() == FileOperation.Kind.PUT) {
      throw new ProtocolException("a put has a stream of its own");
    }
    parts.receiver().onMessage(fromPeer(message), from);
    arrivals.take();
  }

  private void refuse(String sentence) {
    long before = arrivals.last();
    arrivals.take();
    link.ifPresent(
        it -> {
          if (before > 0) {
            it.write(new Frame.Ack(before));
          }
          it.write(new Frame.Refusal(arrivals.last(), sentence));
        });
  }

  @Override
  public void on(Frame.Ack frame) {
    numbered.acknowledged(frame.number()).forEach(Conversation::taken);
  }

  @Override
  public void on(Frame.Refusal frame) {
    List<Outbound> answered = numbered.acknowledged(frame.number());
    for (int i = 0; i < answered.size() - 1; i++) {
      taken(answered.get(i));
    }
    if (!answered.isEmpty()) {
      var refusal =
          new RefusedException(parts.name() + " refused: " + SafeName.shown(frame.sentence()));
      answered.get(answered.size() - 1).done().completeExceptionally(refusal);
    }
  }

  @Override
  public void on(Frame.Open frame) {
    int stream = frame.stream();
    SessionLink from = link.orElseThrow();
    decode(
        frame.xml(),
        () -> isCurrent(from),
        message -> open(stream, message),
        sentence -> link.ifPresent(it -> it.write(new Frame.Reset(stream, 1, sentence))));
  }

  private void open(int stream, Message message) {
    if (message instanceof FileOperation file && file.kind() == FileOperation.Kind.PUT) {
      parts.streams().opened(stream, (FileOperation) fromPeer(file));
    } else {
      throw new ProtocolException("a stream is opened with a put and nothing else");
    }
  }

  @Override
  public void on(Frame.OfStream frame) {
    parts.streams().received(frame);
  }

  /**
   * A long message is decoded on a file thread, and what came behind it waits.
   *
   * @param isWanted asked after that: the connection may be gone by then, and the message may have
   *     come again
   */
  private void decode(
      byte[] xml, BooleanSupplier isWanted, Consumer<Message> then, Consumer<String> objection) {
    if (xml.length <= SHORT) {
      guarded(() -> then.accept(parts.services().codec().read(xml)), objection);
      return;
    }
    SessionLink from = link.orElseThrow();
    from.pause();
    parts
        .services()
        .files()
        .execute(
            () -> {
              Runnable step = decoded(xml, then);
              parts
                  .loop()
                  .execute(
                      () -> {
                        if (over.isEmpty() && isWanted.getAsBoolean()) {
                          guarded(step, objection);
                        }
                        if (isCurrent(from)) {
                          from.proceed();
                        }
                      });
            });
  }

  /** What is to be done on the event loop, which is to throw where nothing could be decoded. */
  private Runnable decoded(byte[] xml, Consumer<Message> then) {
    try {
      Message message = parts.services().codec().read(xml);
      return () -> then.accept(message);
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    }
  }

  private boolean isCurrent(SessionLink connection) {
    return link.isPresent() && link.get() == connection;
  }

  /** Whatever goes wrong with one message is said of that one. */
  private void guarded(Runnable step, Consumer<String> objection) {
    try {
      step.run();
    } catch (ProtocolException e) {
      objection.accept(e.getMessage());
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("from", parts.name())
          .setCause(e)
          .log("a message could not be handled");
      objection.accept("the message could not be handled because of an error on this side");
    }
  }

  private Peer peer() {
    return link.orElseThrow().peer();
  }

  private Message fromPeer(Message message) {
    return parts.senders().map(sender -> Senders.replaced(message, sender)).orElse(message);
  }
}
