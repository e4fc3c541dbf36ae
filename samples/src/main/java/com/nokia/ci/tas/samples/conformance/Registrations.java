package com.nokia.ci.tas.samples.conformance;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The port of the service that this side plays: hands out registrations with their connections as
 * long as sessions are wanted, and closes them as a plain service does else.
 */
final class Registrations implements AutoCloseable {
  private final PlainPort port;
  private final Mailbox mailbox;
  private final Duration patience;
  private final BlockingQueue<Offer> offers = new LinkedBlockingQueue<>();
  private volatile boolean sessionsAreWanted;

  /**
   * A registration whose connection is open.
   *
   * @param registration what it says
   * @param socket behind its {@code </message>}
   */
  record Offer(Spoken registration, Socket socket) {
    String word(String key) {
      for (String word : registration.text("message/envelope/session").split(" ")) {
        if (word.startsWith(key + "=")) {
          return word.substring(key.length() + 1);
        }
      }
      return "";
    }
  }

  Registrations(Kit kit, int port, boolean sessionsAreWanted) throws IOException {
    this.mailbox = new Mailbox(kit.patience());
    this.patience = kit.patience();
    this.sessionsAreWanted = sessionsAreWanted;
    this.port = new PlainPort(kit.host(), port, mailbox, this::keeps);
  }

  private boolean keeps(Socket socket, Spoken message) {
    return sessionsAreWanted
        && message.has("message/envelope/session")
        && offers.add(new Offer(message, socket));
  }

  /** From now on all are plain. */
  void wantNoMore() {
    sessionsAreWanted = false;
    for (Offer late = offers.poll(); late != null; late = offers.poll()) {
      PlainPort.close(late.socket());
    }
  }

  Address address() {
    return port.address();
  }

  Mailbox mailbox() {
    return mailbox;
  }

  /** The next offer; people need time to start a program. */
  Offer awaitOffer() throws InterruptedException {
    Offer offer = offers.poll(4 * patience.toMillis(), TimeUnit.MILLISECONDS);
    BrokenClaim.unless(offer != null, "no session was offered to " + address());
    return offer;
  }

  /** Whether another offer comes within a time. */
  boolean isOffered(Duration limit) throws InterruptedException {
    Offer offer = offers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    return offer != null && offers.add(offer);
  }

  /** The next plain registration. */
  Spoken awaitPlain() throws InterruptedException {
    return mailbox.await(
        "registration",
        it -> it.type().equals("registry-operation") && !it.operation().equals("deregister"),
        patience.multipliedBy(4));
  }

  @Override
  public void close() throws IOException {
    port.close();
  }
}
