package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.WelcomeLines;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session of the side that accepts, from its welcome on: keeps it for a while when its connection
 * is gone, and tells the {@link SessionWatch}. Its state belongs to one event loop.
 */
final class AcceptedSession implements Conversation.Side {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptedSession.class);

  /**
   * What does not change about a session.
   *
   * @param id what it is called, hexadecimal
   * @param key what resuming needs, hexadecimal; a secret
   * @param identity the name of the peer
   * @param instance of the peer's program
   * @param who stands behind it
   * @param times how often to speak and how long to wait
   */
  record Terms(
      String id,
      String key,
      Endpoint identity,
      String instance,
      Principal who,
      WelcomeLines.Times times) {

    @Override
    public String toString() {
      return "Terms[id=" + id + ", identity=" + identity + ", who=" + who + "]";
    }
  }

  private final Terms terms;
  private final EventLoop loop;
  private final MessageReceiver receiver;
  private final SessionWatch watch;
  private final SessionBook book;
  private final Conversation conversation;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private Optional<Future<?>> retention = Optional.empty();
  private boolean over;

  /** Where its last connection came from; other threads ask. */
  private volatile Optional<Peer> lastSeen = Optional.empty();

  AcceptedSession(
      Terms terms, EventLoop loop, MessageReceiver receiver, SessionWatch watch, SessionBook book) {
    this.terms = terms;
    this.loop = loop;
    this.receiver = receiver;
    this.watch = watch;
    this.book = book;
    SessionServices services = book.services();
    this.conversation =
        new Conversation(
            new Conversation.Parts(
                terms.identity(),
                Optional.of(terms.identity()),
                services.streams(loop, /* dials= */ false, receiver),
                services,
                loop,
                receiver),
            this);
  }

  Terms terms() {
    return terms;
  }

  EventLoop loop() {
    return loop;
  }

  Conversation conversation() {
    return conversation;
  }

  boolean isLive() {
    return conversation.isLive();
  }

  /** Whether an offer knows the key of this session. */
  boolean isMeantBy(SessionOffer.Resumption offer) {
    return MessageDigest.isEqual(bytes(terms.key()), bytes(offer.key()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the session was last seen on the machine of a peer. */
  boolean isOfMachine(Peer peer) {
    return lastSeen
        .filter(
            it ->
                it.address().getAddress().equals(peer.address().getAddress())
                    || (it.isLocal() && peer.isLocal()))
        .isPresent();
  }

  /** What the connector is told. */
  Frame.Welcome welcome(boolean resumed) {
    return new Frame.Welcome(
        new WelcomeLines(
            terms.id(),
            terms.key(),
            resumed,
            resumed ? conversation.received() : 0,
            terms.identity(),
            book.services().incarnation(),
            terms.times()));
  }

  /** The peer has taken the welcome: the session stands. On its event loop. */
  void open(SessionLink link, RegistryOperation registration) {
    LOG.atInfo()
        .addKeyValue("from", link.peer())
        .addKeyValue("as", terms.identity())
        .addKeyValue("who", terms.who())
        .log("session opened");
    lastSeen = Optional.of(link.peer());
    conversation.opening(link);
    guarded(() -> watch.onOpened(terms.identity(), link.peer(), /* resumed= */ false));
    try {
      receiver.onMessage(registration, link.peer());
    } catch (ProtocolException e) {
      link.end(new Frame.Bye(e.getMessage()));
      finish(e.getMessage(), Optional.empty());
      return;
    }
    conversation.attach(link);
  }

  /**
   * The peer is back over another connection. On the event loop of the session.
   *
   * @param received the number of the last message that the peer has taken
   */
  void resume(SessionLink link, long received) {
    if (over) {
      link.drop();
      return;
    }
    retention.ifPresent(timer -> timer.cancel(false));
    try {
      conversation.resume(received);
    } catch (ProtocolException e) {
      link.drop();
      finish(e.getMessage(), Optional.empty());
      return;
    }
    link.write(welcome(/* resumed= */ true));
    LOG.atInfo()
        .addKeyValue("from", link.peer())
        .addKeyValue("as", terms.identity())
        .log("session resumed");
    lastSeen = Optional.of(link.peer());
    guarded(() -> watch.onOpened(terms.identity(), link.peer(), /* resumed= */ true));
    conversation.attach(link);
  }

  @Override
  public void onLost(String why) {
    LOG.atInfo()
        .addKeyValue("as", terms.identity())
        .addKeyValue("error", why)
        .log("session without connection");
    Duration kept = terms.times().retention();
    retention =
        Optional.of(
            loop.schedule(
                () -> finish("it was away for " + kept.toMillis() + " ms", Optional.empty()),
                kept.toNanos(),
                TimeUnit.NANOSECONDS));
    guarded(() -> watch.onAway(terms.identity(), why));
  }

  @Override
  public void onOver(TasException why) {
    finish(why.getMessage(), Optional.empty());
  }

  /**
   * Ends it; any thread may call.
   *
   * @return completes when everybody was told
   */
  CompletableFuture<Void> end(String why) {
    try {
      loop.execute(() -> finish(why, Optional.of(new Frame.Bye(why))));
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("as", terms.identity()).log("the network has ended");
      ended.complete(null);
    }
    return ended;
  }

  /** This program ends, which says nothing about the peer: nobody is told. */
  void abandon() {
    try {
      loop.execute(this::drop);
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("as", terms.identity()).log("the network has ended");
    }
  }

  private void drop() {
    if (!over) {
      over = true;
      retention.ifPresent(timer -> timer.cancel(false));
      book.remove(this);
      conversation.end(new ConnectionLostException("this program is ending"), Optional.empty());
      ended.complete(null);
    }
  }

  private void finish(String why, Optional<Frame> last) {
    if (over) {
      return;
    }
    over = true;
    retention.ifPresent(timer -> timer.cancel(false));
    book.remove(this);
    LOG.atInfo().addKeyValue("as", terms.identity()).addKeyValue("error", why).log("session ended");
    conversation.end(
        new ConnectionLostException("the session with " + terms.identity() + " has ended: " + why),
        last);
    guarded(() -> watch.onEnded(terms.identity(), why));
    ended.complete(null);
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("as", terms.identity())
          .setCause(e)
          .log("what became of a session could not be noted");
    }
  }
}
