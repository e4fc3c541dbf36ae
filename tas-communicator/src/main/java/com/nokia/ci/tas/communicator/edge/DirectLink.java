package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.Session;
import com.nokia.ci.tas.commons.transport.Welcome;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of a node with a client whose test it runs (docs/session.md, section 7). A connection
 * that is away for too long is given up, so that what waits for it goes another way, and is tried
 * anew.
 */
final class DirectLink implements Session.Owner {
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int MOST_TICKETS = 64;
  private static final Logger LOG = LoggerFactory.getLogger(DirectLink.class);

  private final LinkContext context;
  private final Runnable onChange;
  private final String instance = UUID.randomUUID().toString().replace("-", "");

  private final Endpoint address;

  /** Of the runs of this client; those of runs that ended open nothing. The last one is offered. */
  private final Deque<DirectAccess> tickets = new ArrayDeque<>();

  private final CompletableFuture<Void> tried = new CompletableFuture<>();

  private DirectAccess offered;
  private Optional<Session> session = Optional.empty();
  private Optional<Future<?>> graceOver = Optional.empty();
  private boolean up;
  private boolean closed;

  /**
   * @param access where, and with which ticket
   * @param onChange told when the session begins or ends to be of use; must not block
   */
  DirectLink(LinkContext context, DirectAccess access, Runnable onChange) {
    this.context = context;
    this.address = access.address();
    this.onChange = onChange;
    this.tickets.add(access);
    this.offered = access;
  }

  /** Completes when it is known what came of the first try. */
  CompletableFuture<Void> tried() {
    return tried;
  }

  Endpoint address() {
    return address;
  }

  /** Whether what is said to the address arrives at the client. */
  synchronized boolean isUp() {
    return up;
  }

  /** Another run of the same client, whose ticket has to be shown before anything is said of it. */
  synchronized void renew(DirectAccess newer) {
    tickets.remove(newer);
    tickets.add(newer);
    if (tickets.size() > MOST_TICKETS) {
      tickets.remove();
    }
    if (up) {
      show(newer);
    }
  }

  private void show(DirectAccess access) {
    var offer = SessionOffer.of(instance).withTicket(Optional.of(access.ticket()));
    var shown = registration();
    var unused =
        context
            .transport()
            .send(
                address(),
                new RegistryOperation(
                        shown.sender(),
                        shown.receiver(),
                        RegistryOperation.Kind.UPDATE,
                        shown.remote(),
                        shown.node())
                    .offering(offer),
                Dialect.ESCAPED);
  }

  synchronized void open() {
    if (!closed && session.isEmpty()) {
      offered = tickets.getLast();
      var wish = context.terms().towards(offered, this::registration);
      session = Optional.of(context.transport().keep(wish, context.receiver(), this));
    }
  }

  void close() {
    Optional<Session> kept;
    synchronized (this) {
      closed = true;
      up = false;
      noGrace();
      kept = session;
    }
    tried.complete(null);
    kept.ifPresent(Session::close);
  }

  private RegistryOperation registration() {
    var node = context.own().description();
    var self = context.own().get();
    return new RegistryOperation(
        self,
        address(),
        RegistryOperation.Kind.REGISTER,
        RegistryOperation.Remote.TEST_NODE,
        Optional.of(new NodeDescription(self, node.description(), node.version())));
  }

  @Override
  public void onEstablished(Welcome welcome) {
    synchronized (this) {
      if (closed) {
        return;
      }
      noGrace();
      up = true;
      tickets.stream().filter(it -> !it.equals(offered)).forEach(this::show);
    }
    onChange.run();
    tried.complete(null);
  }

  @Override
  public void onAway(String why) {
    synchronized (this) {
      if (up && !closed) {
        long grace = context.terms().grace().toMillis();
        graceOver =
            Optional.of(context.timer().schedule(this::giveUp, grace, TimeUnit.MILLISECONDS));
      }
    }
    tried.complete(null);
  }

  @Override
  public synchronized void onReturned() {
    noGrace();
  }

  @Override
  public void onPlain(InetAddress leftFrom) {
    ended("it knows no sessions");
  }

  /** The next time with another ticket, if there is one: that of this run may be over. */
  @Override
  public void onRefused(String sentence) {
    synchronized (this) {
      tickets.addFirst(tickets.removeLast());
    }
    ended(SafeName.shown(sentence));
  }

  @Override
  public void onEnded(TasException why) {
    ended(why.getMessage());
  }

  /** What waits in the session fails and is sent another way. */
  private void giveUp() {
    Optional<Session> kept;
    synchronized (this) {
      kept = session;
    }
    kept.ifPresent(Session::close);
    ended("its connection did not come back");
  }

  private void ended(String why) {
    LOG.atInfo()
        .addKeyValue("client", address())
        .addKeyValue("error", why)
        .log("no direct connection");
    over();
    again();
  }

  private void over() {
    boolean wasUp;
    synchronized (this) {
      noGrace();
      wasUp = up;
      up = false;
      session = Optional.empty();
    }
    if (wasUp) {
      onChange.run();
    }
    tried.complete(null);
  }

  private synchronized void again() {
    if (!closed) {
      var unused = context.timer().schedule(this::open, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void noGrace() {
    graceOver.ifPresent(timer -> timer.cancel(false));
    graceOver = Optional.empty();
  }
}
