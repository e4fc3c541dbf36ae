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
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

  /**
   * What the peer is told of its messages.
   *
   * @param settled done when they are in good hands
   * @param upTo the number of the last of them
   * @param on the connection on which they came; on the next one they are answered anew
   */
  private record Confirmation(
      CompletableFuture<Void> settled, long upTo, SessionLink on, List<Frame> frames) {}

  private final Parts parts;
  private final Side side;
  private final SessionQueue queue;
  private final MessageDecoding decoding;
  private final Arrivals arrivals = new Arrivals();

  /** What is said when all before it is in good hands, the oldest first. */
  private final Deque<Confirmation> confirmations = new ArrayDeque<>();

  private boolean over;
  private boolean acknowledging;

  /** The number of the last message on this connection; 0: there was none yet. */
  private long heard;

  /** How often the numbers have begun anew. */
  private int restarts;

  /** Changed on the event loop, read anywhere. */
  private volatile Optional<SessionLink> link = Optional.empty();

  /** The connection that is about to be attached. */
  private volatile Optional<SessionLink> opening = Optional.empty();

  Conversation(Parts parts, Side side) {
    this.parts = parts;
    this.side = side;
    SessionServices services = parts.services();
    this.queue = new SessionQueue(parts.name(), parts.loop(), services.caps());
    this.decoding = new MessageDecoding(services.codec(), services.files());
  }

  EventLoop loop() {
    return parts.loop();
  }

  boolean isLive() {
    return link.isPresent();
  }

  /** The address of this machine that the connection has, while there is one. */
  Optional<InetAddress> ownAddress() {
    return link.or(() -> opening).map(it -> it.peer().reached().getAddress());
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
    return queue.send(xml);
  }

  /** The session goes on; the peer has taken all up to a number. */
  void resume(long received) {
    dropLink();
    queue.resume(received);
  }

  /** The peer knows nothing of the session; what it has not acknowledged is said again. */
  void restart() {
    dropLink();
    queue.renumber();
    arrivals.restart();
    parts.streams().restarted();
    restarts++;
  }

  /** What the peer is told of its messages when the session goes on. */
  long received() {
    return arrivals.answered();
  }

  /** The peer is told of a connection that will be attached: whoever asks may know of it. */
  void opening(SessionLink connection) {
    opening = Optional.of(connection);
  }

  /** A connection stands on which both sides may speak. */
  void attach(SessionLink connection) {
    dropLink();
    link = Optional.of(connection);
    opening = Optional.empty();
    acknowledging = false;
    heard = 0;
    parts.streams().connected(connection);
    queue.connected(connection);
    connection.begin(this);
  }

  private void dropLink() {
    link.ifPresent(
        former -> {
          link = Optional.empty();
          former.drop();
          queue.lost();
          parts.streams().lost("the session goes on over another connection");
        });
  }

  /** The connection is gone. */
  void lost(SessionLink connection, String why) {
    if (isCurrent(connection)) {
      link = Optional.empty();
      queue.lost();
      parts.streams().lost(why);
      side.onLost(why);
    }
  }

  /** Ends for good; what waits fails. Says so to the peer when there is something to say. */
  void end(TasException why, Optional<Frame> last) {
    if (over) {
      return;
    }
    over = true;
    Optional<SessionLink> former = link;
    link = Optional.empty();
    former.ifPresent(it -> last.ifPresentOrElse(it::end, it::drop));
    queue.end(why);
    parts.streams().ended(why);
  }

  /** A read is over: what was taken in it is acknowledged in one go. */
  void readComplete() {
    if (acknowledging) {
      acknowledging = false;
      long taken = Math.min(arrivals.last(), heard);
      confirm(taken, new Frame.Ack(taken));
    }
  }

  /**
   * Answers what was taken, as soon as it is in good hands. What is to be said first is said first:
   * an acknowledgement that overtook a refusal would make the peer believe that the refused message
   * was taken. On a connection nothing is answered that the peer has not said there.
   */
  private void confirm(long upTo, Frame... frames) {
    if (link.isEmpty()) {
      return;
    }
    var settled = parts.receiver().settled().toCompletableFuture();
    confirmations.add(new Confirmation(settled, upTo, link.get(), List.of(frames)));
    if (settled.isDone()) {
      writeConfirmations();
    } else {
      settled.whenComplete((done, failure) -> parts.loop().execute(this::writeConfirmations));
    }
  }

  private void writeConfirmations() {
    while (!confirmations.isEmpty() && confirmations.peek().settled().isDone()) {
      var next = confirmations.remove();
      if (isCurrent(next.on()) && !next.settled().isCompletedExceptionally()) {
        arrivals.settle(next.upTo());
        next.frames().forEach(next.on()::write);
      }
    }
  }

  void writable() {
    queue.pump();
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
    if (heard == 0) {
      arrivals.begins(frame.number());
    }
    boolean isNew = arrivals.isNew(frame.number());
    heard = frame.number();
    acknowledging = true;
    if (isNew) {
      Peer from = peer();
      int ofSession = restarts;
      decode(
          frame.xml(),
          () -> ofSession == restarts && arrivals.isNew(frame.number()),
          message -> take(message, from),
          this::refuse);
    } else {
      arrivals.refusal(frame.number()).ifPresent(sentence -> tellRefusal(frame.number(), sentence));
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
    arrivals.refuse(sentence);
    if (arrivals.last() <= heard) {
      tellRefusal(arrivals.last(), sentence);
    }
  }

  private void tellRefusal(long number, String sentence) {
    var refusal = new Frame.Refusal(number, sentence);
    if (number > 1) {
      confirm(number, new Frame.Ack(number - 1), refusal);
    } else {
      confirm(number, refusal);
    }
  }

  @Override
  public void on(Frame.Ack frame) {
    queue.acknowledged(frame.number());
  }

  @Override
  public void on(Frame.Refusal frame) {
    queue.refused(frame);
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
    if (MessageDecoding.isShort(xml)) {
      guarded(() -> then.accept(decoding.now(xml)), objection);
      return;
    }
    SessionLink from = link.orElseThrow();
    from.pause();
    decoding.later(
        xml,
        parts.loop(),
        then,
        step -> {
          if (!over && isWanted.getAsBoolean()) {
            guarded(step, objection);
          }
          if (isCurrent(from)) {
            from.proceed();
          }
        });
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
