package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.transport.Outbox;
import com.nokia.ci.tas.commons.transport.RetryPolicy;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Telling a service that speaks the plain protocol, over a connection for each message (wire
 * protocol, "Node registration and keep-alive"). It ends when the service cannot be reached.
 */
final class PlainWay implements ServiceWay, Outbox.Owner {
  private static final RetryPolicy TRIES = new RetryPolicy(3, Duration.ofMillis(200));

  private final ServiceNews news;
  private final Owner owner;
  private final Outbox outbox;
  private boolean closed;

  /** Who is told how it goes, with the monitor of the news held. */
  interface Owner {
    /** The service took something. */
    void onReached(boolean isFirst);

    /** The service cannot be told anything; this way is closed. */
    void onLost(String why);
  }

  PlainWay(ServiceContact contact, ServiceNews news, Owner owner) {
    this.news = news;
    this.owner = owner;
    this.outbox = contact.transport().outbox(contact.service(), TRIES, this);
  }

  /** Tells everything. */
  void open() {
    tell(news.registration());
    news.products().forEach(this::tell);
    news.reports().forEach(this::tell);
  }

  void repeatRegistration() {
    tell(news.registrationAgain());
  }

  void repeatProducts() {
    news.productsAgain().forEach(this::tell);
  }

  @Override
  public void tell(Message message) {
    if (!closed) {
      outbox.send(message, Dialect.ESCAPED);
    }
  }

  @Override
  public void report(TestOperation report) {
    tell(report);
  }

  @Override
  public CompletableFuture<Boolean> farewell(Message goodBye, Duration limit) {
    tell(goodBye);
    return outbox.drain(limit);
  }

  @Override
  public void close() {
    closed = true;
    outbox.close();
  }

  @Override
  public void onSent(Outbox.Entry entry) {
    synchronized (news) {
      news.delivered(entry.message());
      owner.onReached(entry.message() instanceof RegistryOperation && news.becomeRegistered());
    }
  }

  @Override
  public Outbox.AfterFailure onFailed(Outbox.Entry entry, TasException cause) {
    synchronized (news) {
      if (!closed) {
        close();
        owner.onLost(cause.getMessage());
      }
    }
    return Outbox.AfterFailure.STOP;
  }
}
