package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.session.WelcomeLines;
import com.nokia.ci.tas.commons.xml.Dialect;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Session} of the side that dials: offers, goes on, and dials again. Its state belongs to
 * one event loop, which all of its connections have.
 */
final class KeptSession implements Session, Conversation.Side {
  private static final Logger LOG = LoggerFactory.getLogger(KeptSession.class);

  /**
   * What a session needs of the network.
   *
   * @param dialer makes its connections
   * @param ways where it can be found once it stands
   * @param keepers who is known to keep sessions
   * @param forgotten called when it is over
   */
  record Network(
      SessionServices services,
      Dialer dialer,
      Ways ways,
      KnownKeepers keepers,
      Consumer<KeptSession> forgotten) {}

  private final SessionWish wish;
  private final MessageReceiver receiver;
  private final Owner owner;
  private final OwnerVoice voice;
  private final Network network;
  private final EventLoop loop;
  private final Pauses pauses;

  /** These belong to the event loop. */
  private Optional<CompletableFuture<Channel>> dialling = Optional.empty();

  private Optional<Channel> offering = Optional.empty();
  private Optional<WelcomeLines> welcome = Optional.empty();
  private Optional<Future<?>> retention = Optional.empty();

  /** What is found under the name of the acceptor, over or not. */
  private Optional<Conversation> found = Optional.empty();

  private boolean over;
  private long standsSince;

  private volatile Optional<Conversation> conversation = Optional.empty();
  private volatile Optional<Endpoint> you = Optional.empty();

  KeptSession(SessionWish wish, MessageReceiver receiver, Owner owner, Network network) {
    this.wish = wish;
    this.receiver = receiver;
    this.owner = owner;
    this.voice = new OwnerVoice(wish.acceptor(), owner);
    this.network = network;
    this.loop = network.services().loops().next();
    this.pauses = new Pauses(wish.limits().longestPause());
  }

  void begin() {
    onLoop(this::dial);
  }

  @Override
  public Endpoint acceptor() {
    return wish.acceptor();
  }

  @Override
  public Optional<Endpoint> you() {
    return you;
  }

  @Override
  public boolean isLive() {
    return conversation.map(Conversation::isLive).orElse(false);
  }

  private void dial() {
    if (over) {
      return;
    }
    CompletableFuture<Channel> connecting = network.dialer().connect(wish.acceptor(), loop);
    dialling = Optional.of(connecting);
    connecting.whenComplete(
        (channel, failure) ->
            onLoop(
                () -> {
                  dialling = Optional.empty();
                  if (failure != null) {
                    failed(failure.getMessage());
                  } else if (over) {
                    channel.close();
                  } else {
                    offer(channel);
                  }
                }));
  }

  private void offer(Channel channel) {
    byte[] registration;
    try {
      registration =
          network
              .services()
              .codec()
              .write(wish.registration().get().offering(terms()), Dialect.ESCAPED);
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("to", acceptor()).setCause(e).log("nothing could be registered");
      channel.close();
      failed("the registration could not be made");
      return;
    }
    offering = Optional.of(channel);
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    wish.tls()
        .ifPresent(tls -> channel.pipeline().addLast("tls", new SslHandler(tls.dialingEngine())));
    channel
        .pipeline()
        .addLast(
            "offering",
            new Offering(registration, patience(), wish.limits().offer(), new Answered()));
  }

  private SessionOffer terms() {
    SessionOffer offer =
        SessionOffer.of(network.services().incarnation())
            .withToken(wish.token())
            .withTicket(wish.ticket());
    if (welcome.isEmpty() || conversation.isEmpty()) {
      return offer;
    }
    return offer.resuming(
        new SessionOffer.Resumption(
            welcome.get().session(), welcome.get().key(), conversation.get().received()));
  }

  /**
   * An acceptor that is known to keep sessions, or to speak TLS, is not taken for a plain one
   * because it is slow.
   */
  private Optional<Duration> patience() {
    boolean isAwaited = !mayBePlain() || network.keepers().isKnown(acceptor());
    return isAwaited ? Optional.empty() : Optional.of(wish.limits().answer());
  }

  private boolean mayBePlain() {
    return wish.tls().isEmpty() && welcome.isEmpty() && !wish.only();
  }

  private final class Answered implements Offering.Outcome {
    @Override
    public void onWelcome(ChannelHandlerContext ctx, WelcomeLines lines) {
      offering = Optional.empty();
      if (over) {
        ctx.close();
      } else {
        stand(ctx, lines);
      }
    }

    @Override
    public void onRefused(String sentence) {
      offering = Optional.empty();
      finish(
          new RefusedException(acceptor() + " refused: " + sentence),
          () -> owner.onRefused(sentence));
    }

    /** A session outlives a connection that came too early or too late. */
    @Override
    public void onTurnedAway(String sentence) {
      if (welcome.isPresent()) {
        onFailed("it does not listen now: " + sentence);
      } else {
        onRefused(sentence);
      }
    }

    @Override
    public void onNoAnswer(ChannelHandlerContext ctx, String why) {
      offering = Optional.empty();
      if (mayBePlain() && network.keepers().isKnown(acceptor())) {
        // It may have been ended just now: only one that closes once more has become a plain one.
        network.keepers().forget(acceptor());
        dialLater();
      } else if (mayBePlain()) {
        InetAddress from = ((InetSocketAddress) ctx.channel().localAddress()).getAddress();
        finish(
            new ConnectionLostException(acceptor() + " keeps no sessions"),
            () -> owner.onPlain(from));
      } else {
        failed(acceptor() + ": " + why);
      }
    }

    @Override
    public void onFailed(String why) {
      offering = Optional.empty();
      failed(acceptor() + ": " + why);
    }
  }

  private void stand(ChannelHandlerContext ctx, WelcomeLines lines) {
    Channel channel = ctx.channel();
    if (lines.resumed() && welcome.isEmpty()) {
      channel.close();
      failed(acceptor() + " resumes a session that was not asked for");
      return;
    }
    Conversation talk = conversation.orElseGet(this::newConversation);
    try {
      if (lines.resumed()) {
        talk.resume(lines.received());
      } else {
        talk.restart();
      }
    } catch (ProtocolException e) {
      channel.close();
      onOver(e);
      return;
    }
    conversation = Optional.of(talk);
    welcome = Optional.of(lines);
    network.keepers().stood(acceptor());
    you = Optional.of(lines.you());
    retention.ifPresent(timer -> timer.cancel(false));
    standsSince = System.nanoTime();
    var link = new SessionLink(peer(channel), loop);
    SessionPipeline.beginFrames(channel, network.services());
    SessionPipeline.beginBeats(channel, lines.times());
    channel.pipeline().addLast("session", link);
    link.write(new Frame.Beat());
    found = Optional.of(talk);
    network.ways().opened(acceptor(), talk);
    if (lines.resumed()) {
      voice.returned();
    } else {
      voice.established(lines);
    }
    talk.attach(link);
    channel.pipeline().remove(ctx.handler());
  }

  private Conversation newConversation() {
    return new Conversation(
        new Conversation.Parts(
            acceptor(),
            Optional.empty(),
            network.services().streams(loop, /* dials= */ true, receiver),
            network.services(),
            loop,
            receiver),
        this);
  }

  private Peer peer(Channel channel) {
    var peer =
        new Peer(
            (InetSocketAddress) channel.remoteAddress(),
            (InetSocketAddress) channel.localAddress());
    return SessionPipeline.withTls(peer, channel.pipeline())
        .of(new SessionIdentity(acceptor(), Optional.empty()));
  }

  @Override
  public void onLost(String why) {
    Duration kept = welcome.orElseThrow().times().retention();
    retention =
        Optional.of(loop.schedule(() -> expire(kept), kept.toNanos(), TimeUnit.NANOSECONDS));
    pauses.stood(Duration.ofNanos(System.nanoTime() - standsSince));
    voice.away("the connection to " + acceptor() + " is gone: " + why);
    network.dialer().doubt(acceptor());
    dialLater();
  }

  /** The acceptor has forgotten the session by now; what waits has waited too long. */
  private void expire(Duration kept) {
    welcome = Optional.empty();
    Optional<Conversation> former = conversation;
    conversation = Optional.empty();
    var why =
        new ConnectionLostException(
            acceptor() + " could not be reached for " + kept.toMillis() + " ms");
    former.ifPresent(talk -> talk.end(why, Optional.empty()));
  }

  private void failed(String why) {
    if (!over) {
      network.dialer().doubt(acceptor());
      voice.away(why);
      dialLater();
    }
  }

  private void dialLater() {
    loop.schedule(this::dial, pauses.next().toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void onOver(TasException why) {
    finish(why, () -> owner.onEnded(why));
  }

  private void finish(TasException why, Runnable last) {
    if (over) {
      return;
    }
    forget(why, Optional.empty());
    voice.guarded(last);
  }

  private void forget(TasException why, Optional<Frame> said) {
    over = true;
    dialling.ifPresent(connecting -> connecting.cancel(false));
    offering.ifPresent(Channel::close);
    retention.ifPresent(timer -> timer.cancel(false));
    found.ifPresent(talk -> network.ways().ended(acceptor(), talk));
    conversation.ifPresent(talk -> talk.end(why, said));
    network.forgotten().accept(this);
  }

  @Override
  public void close() {
    onLoop(
        () -> {
          if (!over) {
            var why = new ConnectionLostException("the session with " + acceptor() + " was closed");
            forget(why, Optional.of(new Frame.Bye("")));
          }
        });
  }

  /** This program ends: the acceptor may keep the session for its next connection. */
  void abandon() {
    onLoop(() -> onOver(new ConnectionLostException("this program is ending")));
  }

  private void onLoop(Runnable step) {
    try {
      loop.execute(step);
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("to", acceptor()).log("the network has ended");
    }
  }
}
