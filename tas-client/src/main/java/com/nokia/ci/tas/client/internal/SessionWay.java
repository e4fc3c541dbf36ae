package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.RefusedException;
import com.nokia.ci.tas.commons.transport.Session;
import com.nokia.ci.tas.commons.transport.SessionWish;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.transport.Welcome;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One connection that is kept, on which everything comes and goes (docs/session.md); a service that
 * turns out to be a plain one is spoken to plainly.
 *
 * <p>A service that does not answer at the first try is lost at once; one that was there is waited
 * for as long as it keeps the session.
 */
final class SessionWay implements ServiceWay {

  /** A service that answers on the connection it was spoken to on, and nowhere else. */
  private record OpenSession(Endpoint sender, Endpoint own) implements Open {
    @Override
    public boolean isPlain() {
      return false;
    }

    @Override
    public boolean isFrom(Peer peer) {
      return false;
    }
  }

  private final Endpoint service;
  private final ServiceSearch search;
  private final Transport transport;
  private final Function<Endpoint, SessionWish> wishes;
  private final MessageReceiver receiver;
  private Optional<Session> session = Optional.empty();
  private boolean closed;

  /**
   * A session that is not kept yet.
   *
   * @param wishes what a session is offered with, by the address that we have towards the service
   * @param receiver takes what the service says
   */
  SessionWay(
      Endpoint service,
      ServiceSearch search,
      Transport transport,
      Function<Endpoint, SessionWish> wishes,
      MessageReceiver receiver) {
    this.service = service;
    this.search = search;
    this.transport = transport;
    this.wishes = wishes;
    this.receiver = receiver;
  }

  @Override
  public void open(Owner owner) {
    var unused =
        search
            .find(service)
            .whenComplete(
                (found, failure) -> {
                  if (failure == null) {
                    keep(found, owner);
                  } else {
                    owner.onLost(ServiceSearch.cause(failure));
                  }
                });
  }

  private synchronized void keep(ServiceSearch.Found found, Owner owner) {
    if (!closed) {
      session =
          Optional.of(transport.keep(wishes.apply(found.own()), receiver, new Watch(found, owner)));
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    session.ifPresent(Session::close);
  }

  /** What becomes of the session; its calls come one after another. */
  private final class Watch implements Session.Owner {
    private final ServiceSearch.Found found;
    private final Owner owner;
    private Optional<Welcome> last = Optional.empty();
    private volatile CompletableFuture<Void> patience = CompletableFuture.completedFuture(null);

    Watch(ServiceSearch.Found found, Owner owner) {
      this.found = found;
      this.owner = owner;
    }

    @Override
    public void onEstablished(Welcome welcome) {
      patience.cancel(false);
      Optional<Welcome> before = last;
      last = Optional.of(welcome);
      var open = new OpenSession(welcome.you(), found.own());
      before.ifPresentOrElse(
          it -> owner.onRenewed(open, !it.acceptor().equals(welcome.acceptor())),
          () -> owner.onOpen(open, /* isRegistered= */ true));
    }

    @Override
    public void onPlain(InetAddress leftFrom) {
      patience.cancel(false);
      var open = new PlainWay.OpenPlainly(found);
      if (last.isEmpty()) {
        owner.onOpen(open, /* isRegistered= */ true);
      } else {
        owner.onRenewed(open, /* isRestarted= */ true);
      }
    }

    @Override
    public void onAway(String why) {
      if (last.isEmpty()) {
        lose(new ConnectionLostException(why));
        return;
      }
      owner.onAway(why);
      Duration retention = last.get().retention();
      patience =
          new CompletableFuture<Void>()
              .completeOnTimeout(null, retention.toMillis(), TimeUnit.MILLISECONDS);
      var unused =
          patience.thenRun(
              () ->
                  lose(
                      new ConnectionLostException(
                          "it was away for "
                              + retention.toSeconds()
                              + " s, longer than it keeps a session: "
                              + why)));
    }

    @Override
    public void onReturned() {
      patience.cancel(false);
      owner.onBack();
    }

    @Override
    public void onRefused(String sentence) {
      lose(new RefusedException(sentence));
    }

    @Override
    public void onEnded(TasException why) {
      lose(why);
    }

    private void lose(TasException cause) {
      patience.cancel(false);
      close();
      owner.onLost(cause);
    }
  }
}
