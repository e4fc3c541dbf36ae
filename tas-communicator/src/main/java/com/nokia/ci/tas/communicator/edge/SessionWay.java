package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Session;
import com.nokia.ci.tas.commons.transport.Welcome;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Telling a service over a session (docs/session.md). It dials by itself until it turns out that
 * the service speaks plainly or declines; what was told waits while the connection is away.
 */
final class SessionWay implements ServiceWay, Session.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(SessionWay.class);

  private final ServiceContact contact;
  private final ServiceNews news;
  private final Owner owner;
  private final Set<TestOperation> underWay = Collections.newSetFromMap(new IdentityHashMap<>());
  private Optional<Session> session = Optional.empty();
  private boolean established;
  private boolean away;
  private boolean closed;

  /** Who is told how it goes, with the monitor of the news held. */
  interface Owner {
    /** There is a new session; everything is being told. */
    void onSession(boolean isFirst);

    /** There is no connection at the moment. */
    void onAway(String why);

    /** The connection is back. */
    void onReturned();

    /** The service speaks plainly; this way is over. */
    void onPlain();

    /** The service declines; this way is over. */
    void onRefused(String sentence);

    /** The session was ended; this way is over. */
    void onEnded(String why);
  }

  SessionWay(ServiceContact contact, ServiceNews news, Owner owner) {
    this.contact = contact;
    this.news = news;
    this.owner = owner;
  }

  /**
   * Begins to dial.
   *
   * @param registration asked for each offer
   * @param receiver takes what the service says
   */
  void open(
      SessionTerms terms, Supplier<RegistryOperation> registration, MessageReceiver receiver) {
    var kept =
        contact.transport().keep(terms.towards(contact.service(), registration), receiver, this);
    session = Optional.of(kept);
  }

  /** Whether the service speaks on a session, be it away at the moment. */
  boolean isEstablished() {
    return established;
  }

  /** Whether the service hears at the moment what it is told. */
  boolean isHeard() {
    return established && !away;
  }

  @Override
  public void tell(Message message) {
    var unused = send(message).whenComplete((done, failure) -> told(message, failure));
  }

  /** Completes when the service has taken this, and so all that it was told before. */
  CompletableFuture<Void> hear(Message message) {
    return send(message);
  }

  private void told(Message message, Throwable failure) {
    synchronized (news) {
      if (failure == null) {
        news.delivered(message);
      } else {
        LOG.atDebug()
            .addKeyValue("to", contact.service())
            .addKeyValue("error", failure.getMessage())
            .log("the service was not told something");
      }
    }
  }

  @Override
  public void report(TestOperation report) {
    underWay.add(report);
    var unused = send(report).whenComplete((done, failure) -> reported(report, failure));
  }

  private CompletableFuture<Void> send(Message message) {
    return contact.transport().send(contact.service(), message, Dialect.ESCAPED);
  }

  private void reported(TestOperation report, Throwable failure) {
    synchronized (news) {
      underWay.remove(report);
      if (failure == null) {
        news.delivered(report);
      } else if (!(failure instanceof ConnectionLostException)) {
        LOG.atError()
            .addKeyValue("test", report.test().id())
            .addKeyValue("error", failure.getMessage())
            .log("the service does not take a report");
        news.delivered(report);
      } else if (established && !away) {
        report(report); // else the next session is told
      }
    }
  }

  @Override
  public CompletableFuture<Boolean> farewell(Message goodBye, Duration limit) {
    return send(goodBye)
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .handle((done, failure) -> failure == null);
  }

  @Override
  public void close() {
    closed = true;
    established = false;
    session.ifPresent(Session::close);
  }

  @Override
  public void onEstablished(Welcome welcome) {
    synchronized (news) {
      if (closed) {
        return;
      }
      established = true;
      away = false;
      contact.own().knownAs(welcome.you());
      owner.onSession(news.becomeRegistered());
      news.products().forEach(this::tell);
      news.reports().stream().filter(report -> !underWay.contains(report)).forEach(this::report);
    }
  }

  @Override
  public void onPlain(InetAddress leftFrom) {
    over(owner::onPlain);
  }

  @Override
  public void onAway(String why) {
    unlessClosed(
        () -> {
          away = true;
          owner.onAway(why);
        });
  }

  @Override
  public void onReturned() {
    unlessClosed(
        () -> {
          away = false;
          owner.onReturned();
        });
  }

  @Override
  public void onRefused(String sentence) {
    over(() -> owner.onRefused(sentence));
  }

  @Override
  public void onEnded(TasException why) {
    over(() -> owner.onEnded(why.getMessage()));
  }

  private void over(Runnable telling) {
    unlessClosed(
        () -> {
          closed = true;
          established = false;
          contact.own().asRegistered();
          telling.run();
        });
  }

  private void unlessClosed(Runnable telling) {
    synchronized (news) {
      if (!closed) {
        telling.run();
      }
    }
  }
}
