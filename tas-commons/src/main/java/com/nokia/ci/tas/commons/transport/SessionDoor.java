package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.session.WelcomeLines;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where registrations come in: opens and resumes the sessions that are offered with them, and ends
 * the session of a peer that registers plainly. On the event loop of the connection.
 */
final class SessionDoor {
  private static final Logger LOG = LoggerFactory.getLogger(SessionDoor.class);

  private final SessionBook book;

  SessionDoor(SessionBook book) {
    this.book = book;
  }

  /** An offer that was admitted. */
  record Offered(
      RegistryOperation registration,
      SessionOffer offer,
      Peer peer,
      SessionAdmission.Admitted answer) {}

  /** Puts the handlers of the session behind the one that has read the offer. */
  void admitted(ChannelHandlerContext reader, Reception reception, Offered offered) {
    AcceptedConnection.of(reader.pipeline()).settle();
    SessionPipeline.beginFrames(reader.channel(), book.services());
    Optional<AcceptedSession> former =
        offered
            .offer()
            .resumption()
            .flatMap(it -> book.find(it.session()).filter(session -> session.isMeantBy(it)));
    if (former.isPresent()) {
      resume(reader.channel(), former.get(), offered);
    } else {
      welcome(reader.channel(), reception, offered);
    }
  }

  private void resume(Channel channel, AcceptedSession session, Offered offered) {
    long received = offered.offer().resumption().orElseThrow().received();
    SessionPipeline.beginBeats(channel, session.terms().times());
    var link = new SessionLink(peer(offered, session.terms().identity()), session.loop());
    channel.pipeline().addLast("session", link);
    session.loop().execute(() -> session.resume(link, received));
  }

  private void welcome(Channel channel, Reception reception, Offered offered) {
    ListenSettings.AcceptedSessions rules = reception.where().sessions().orElseThrow();
    String instance = offered.offer().instance();
    Endpoint identity =
        book.promise(
            offered.answer().name().orElseGet(() -> wanted(offered.registration(), offered.peer())),
            instance,
            offered.answer().who());
    var times = WelcomeLines.Times.of(rules.limits().silence(), offered.answer().retention());
    var terms =
        new AcceptedSession.Terms(
            book.newId(), book.newKey(), identity, instance, offered.answer().who(), times);
    var session =
        new AcceptedSession(terms, channel.eventLoop(), reception.receiver(), rules.watch(), book);
    SessionPipeline.beginBeats(channel, times);
    Frames.write(channel.pipeline().lastContext(), session.welcome(/* resumed= */ false));
    channel.flush();
    channel
        .pipeline()
        .addLast(
            "session",
            new AwaitingFirstFrame(
                peer(offered, identity),
                rules.limits().offer(),
                new Welcomed(session, reception, offered)));
  }

  private static Peer peer(Offered offered, Endpoint identity) {
    return offered.peer().of(new SessionIdentity(identity, Optional.of(offered.answer().who())));
  }

  /** A peer that cannot be dialled is called by where it comes from. */
  private static Endpoint wanted(RegistryOperation registration, Peer peer) {
    Endpoint sender = registration.sender();
    if (sender.isDialable()) {
      return sender;
    }
    String host =
        sender.host().isBlank()
            ? peer.address().getAddress().getHostAddress()
            : sender.host().strip();
    return new Endpoint(host, peer.address().getPort());
  }

  private final class Welcomed implements AwaitingFirstFrame.Outcome {
    private final AcceptedSession session;
    private final Reception reception;
    private final Offered offered;

    private Welcomed(AcceptedSession session, Reception reception, Offered offered) {
      this.session = session;
      this.reception = reception;
      this.offered = offered;
    }

    @Override
    public void onTaken(SessionLink link) {
      RegistryOperation registration =
          (RegistryOperation)
              Senders.replaced(plain(offered.registration()), session.terms().identity());
      book.add(session)
          .thenRun(() -> session.loop().execute(() -> session.open(link, registration)));
    }

    @Override
    public void onClosed() {
      book.release(session.terms().identity(), session.terms().instance());
      Endpoint sender = offered.registration().sender();
      boolean isStale =
          book.of(sender)
              .map(it -> it.terms().instance().equals(session.terms().instance()))
              .orElse(false);
      if (!isStale && reception.receiver().admit(offered.peer()).isEmpty()) {
        registered(plain(offered.registration()), offered.peer(), reception);
      }
    }

    @Override
    public void onGivenUp(String why) {
      book.release(session.terms().identity(), session.terms().instance());
      reception.refusals().refused(offered.peer(), why);
    }
  }

  private void registered(RegistryOperation registration, Peer peer, Reception reception) {
    registeredPlainly(registration, peer)
        .thenRun(
            () -> {
              try {
                reception.receiver().onMessage(registration, peer);
              } catch (ProtocolException e) {
                reception.refusals().refused(peer, e.getMessage());
              } catch (RuntimeException e) {
                LOG.atError().addKeyValue("from", peer).setCause(e).log("a registration failed");
              }
            });
  }

  /**
   * A peer registers without a session: the one it had is over. From another machine it may be
   * anybody, and the session stays.
   *
   * @return completes when everybody knows
   */
  CompletableFuture<Void> registeredPlainly(RegistryOperation registration, Peer peer) {
    return registration.kind() == RegistryOperation.Kind.DEREGISTER
        ? CompletableFuture.completedFuture(null)
        : book.of(registration.sender())
            .filter(session -> session.isOfMachine(peer))
            .map(session -> session.end("its peer has registered without a session"))
            .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  /** The registration without the offer and its secrets. */
  static RegistryOperation plain(RegistryOperation it) {
    return it.withoutOffer();
  }
}
