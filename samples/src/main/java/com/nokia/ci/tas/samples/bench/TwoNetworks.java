package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.ListenSettings;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.Session;
import com.nokia.ci.tas.commons.transport.SessionAdmission;
import com.nokia.ci.tas.commons.transport.SessionLimits;
import com.nokia.ci.tas.commons.transport.SessionWatch;
import com.nokia.ci.tas.commons.transport.SessionWish;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.transport.TransportSettings;
import com.nokia.ci.tas.commons.transport.Welcome;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Two networks in this process with a session between them; both are closed with it. */
final class TwoNetworks implements AutoCloseable {
  static final Endpoint CONNECTOR = new Endpoint("client", 1);

  private final Transport near = Transport.create(TransportSettings.defaults());
  private final Transport far = Transport.create(TransportSettings.defaults());
  private final MessageReceiver receiver;
  private final Endpoint acceptor;

  private TwoNetworks(MessageReceiver receiver) {
    this.receiver = receiver;
    this.acceptor =
        listen(
            ListenSettings.on(0)
                .withSessions(
                    (registration, offer, peer) ->
                        new SessionAdmission.Admitted(Principal.LOCAL, Duration.ofMinutes(1)),
                    new Unwatched()));
  }

  /**
   * Waits until the session stands.
   *
   * @param receiver takes what arrives at either end
   */
  static TwoNetworks open(MessageReceiver receiver) {
    var networks = new TwoNetworks(receiver);
    try {
      networks.establish();
      return networks;
    } catch (RuntimeException e) {
      networks.close();
      throw e;
    }
  }

  /** The one that has dialled. */
  Transport near() {
    return near;
  }

  /** What is sent there goes over the session. */
  Endpoint acceptor() {
    return acceptor;
  }

  /** A port beside the session, for connections of their own. */
  Endpoint plain() {
    return listen(ListenSettings.on(0));
  }

  private Endpoint listen(ListenSettings where) {
    return new Endpoint("127.0.0.1", far.listen(where, receiver).port());
  }

  private void establish() {
    var established = new CompletableFuture<Welcome>();
    var registration =
        new RegistryOperation(
            CONNECTOR,
            acceptor,
            RegistryOperation.Kind.REGISTER,
            RegistryOperation.Remote.CLIENT,
            Optional.empty());
    near.keep(
        SessionWish.with(acceptor, () -> registration)
            .withLimits(SessionLimits.DEFAULT.withAnswer(Duration.ofSeconds(10))),
        receiver,
        new Owner(established));
    established.join();
  }

  @Override
  public void close() {
    near.close();
    far.close();
  }

  private record Owner(CompletableFuture<Welcome> established) implements Session.Owner {
    @Override
    public void onEstablished(Welcome welcome) {
      established.complete(welcome);
    }

    @Override
    public void onPlain(InetAddress leftFrom) {
      established.completeExceptionally(new TasException("the acceptor is plain"));
    }

    @Override
    public void onAway(String why) {}

    @Override
    public void onReturned() {}

    @Override
    public void onRefused(String sentence) {
      established.completeExceptionally(new TasException(sentence));
    }

    @Override
    public void onEnded(TasException why) {
      established.completeExceptionally(why);
    }
  }

  private static final class Unwatched implements SessionWatch {
    @Override
    public void onOpened(Endpoint identity, Peer peer, boolean resumed) {}

    @Override
    public void onAway(Endpoint identity, String why) {}

    @Override
    public void onEnded(Endpoint identity, String why) {}
  }
}
