package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.model.DirectAccess;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionAdmission;
import com.nokia.ci.tas.commons.transport.SessionIdentity;
import com.nokia.ci.tas.commons.transport.SessionWatch;
import com.nokia.ci.tas.commons.transport.Transport;
import com.nokia.ci.tas.commons.trust.FarmKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in the nodes of our tests that come by themselves, without the service in between: whoever
 * shows the ticket of a running test, for that test alone; further tickets may be shown later
 * (docs/session.md, section 7). For any thread; nothing waits.
 */
final class DirectDoor implements SessionAdmission, SessionWatch {
  private static final Logger LOG = LoggerFactory.getLogger(DirectDoor.class);

  private static final int MOST_ENDED = 1_000;

  private final RunningTests running;
  private final Optional<FarmKey> key;
  private final Transport transport;
  private final Duration retention;
  private final Duration linger;
  private final SecureRandom chance = new SecureRandom();

  /** The sessions that stand, by their names. */
  private final ConcurrentMap<Endpoint, Guest> sessions = new ConcurrentHashMap<>();

  /** The tickets of the last tests that have ended. */
  private final Deque<Ticket> ended = new ConcurrentLinkedDeque<>();

  /**
   * A closed door: it opens with the first test.
   *
   * @param retention how long the session of a node is kept without a connection
   * @param linger how long a session stays that is about no test; a node whose end stays for a
   *     shorter time is the first to let go
   */
  DirectDoor(
      RunningTests running,
      Optional<FarmKey> key,
      Transport transport,
      Duration retention,
      Duration linger) {
    this.running = running;
    this.key = key;
    this.transport = transport;
    this.retention = retention;
    this.linger = linger;
  }

  /** A session: the tests whose tickets were shown, and since when it is about none of them. */
  private static final class Guest {
    private final Set<RunningTest> tests = ConcurrentHashMap.newKeySet();
    private long idleSince;
    private boolean isWatched;
    private boolean isLeaving;

    /** False when the session is about to be ended. */
    synchronized boolean add(RunningTest test) {
      return !isLeaving && tests.add(test);
    }

    /** Whether it has to be watched from now on, because this was the last of its tests. */
    synchronized boolean remove(RunningTest test) {
      return tests.remove(test) && isIdleFromNowOn();
    }

    /** Whether it has to be watched from now on, because it is about no test. */
    synchronized boolean isIdleFromNowOn() {
      if (!tests.isEmpty()) {
        return false;
      }
      idleSince = System.nanoTime();
      boolean isNew = !isWatched;
      isWatched = true;
      return isNew;
    }

    /** After how many nanoseconds to look again; empty when it is watched no longer. */
    synchronized OptionalLong look(Duration linger) {
      long left = linger.toNanos() - (System.nanoTime() - idleSince);
      if (tests.isEmpty() && left > 0) {
        return OptionalLong.of(left);
      }
      isWatched = false;
      isLeaving = tests.isEmpty();
      return OptionalLong.empty();
    }

    synchronized boolean isLeaving() {
      return isLeaving;
    }
  }

  /** What the service and the node of a test are told; empty when nobody could dial that. */
  Optional<DirectAccess> accessTo(RunningTest test, Endpoint own) {
    return own.isDialable()
        ? Optional.of(
            new DirectAccess(own, test.ticket().secret(), key.flatMap(FarmKey::certificateSha256)))
        : Optional.empty();
  }

  /** The tests that a session is about. */
  Stream<RunningTest> testsOf(Endpoint session) {
    return Optional.ofNullable(sessions.get(session)).stream().flatMap(it -> it.tests.stream());
  }

  /** Whether a session stands and is not about to be ended. */
  boolean isOpen(Endpoint session) {
    return Optional.ofNullable(sessions.get(session)).filter(it -> !it.isLeaving()).isPresent();
  }

  /** A node that is in shows the ticket of another test; one that is of none changes nothing. */
  void show(Endpoint session, String ticket) {
    ofTicket(ticket)
        .ifPresent(
            test -> {
              Optional.ofNullable(sessions.get(session)).ifPresent(it -> it.add(test));
              if (ofTicket(ticket).isEmpty()) {
                close(test); // it has ended meanwhile
              }
            });
  }

  @Override
  public Answer admit(RegistryOperation registration, SessionOffer offer, Peer peer) {
    boolean isGuarded = key.flatMap(FarmKey::certificateSha256).isPresent();
    if (isGuarded && !peer.secure() && !peer.isLocal()) {
      return new Refused("this client takes nodes of other machines over TLS alone");
    }
    return offer
        .ticket()
        .flatMap(this::ofTicket)
        .<Answer>map(
            test -> new Admitted(principal(test), retention, Optional.of(newName(registration))))
        .orElseGet(() -> declined(offer));
  }

  /** A node that is told of the end of its test may be under way already. */
  private Answer declined(SessionOffer offer) {
    boolean isLate =
        offer.ticket().filter(it -> ended.stream().anyMatch(one -> one.is(it))).isPresent();
    return isLate
        ? new TooLate("the test of that ticket has ended")
        : new Refused(
            "this is a client; it takes sessions of the nodes of its running tests alone,"
                + " and none of them has that ticket");
  }

  /**
   * A ticket does not prove an address, so a node cannot take that of a service or another node.
   */
  private Endpoint newName(RegistryOperation registration) {
    Endpoint said = registration.sender();
    String host = said.host().isBlank() ? "node" : said.host().strip();
    return new Endpoint(host + "~" + Long.toHexString(chance.nextLong()), Math.max(1, said.port()));
  }

  private Optional<RunningTest> ofTicket(String shown) {
    return running.all().filter(it -> it.ticket().is(shown)).findFirst();
  }

  private static Principal principal(RunningTest test) {
    return new Principal(
        Principal.Kind.NODE, name(test), Optional.empty(), Optional.empty(), Rights.NONE);
  }

  private static String name(RunningTest test) {
    return "node of test " + test.id() + " of " + test.service();
  }

  /**
   * A test is over, and so is what its nodes had to say. A session that is about no other test ends
   * a while later, for the next test may run on the same node; a ticket that is shown on it at that
   * moment counts for nothing, and its node asks the service.
   */
  void close(RunningTest test) {
    ended.add(test.ticket());
    if (ended.size() > MOST_ENDED) {
      ended.poll();
    }
    sessions.forEach(
        (session, guest) -> {
          if (guest.remove(test)) {
            look(session, guest, linger.toNanos());
          }
        });
  }

  private void look(Endpoint session, Guest guest, long after) {
    CompletableFuture.delayedExecutor(after, TimeUnit.NANOSECONDS)
        .execute(
            () -> {
              guest.look(linger).ifPresent(left -> look(session, guest, left));
              if (guest.isLeaving() && sessions.remove(session, guest)) {
                transport.endSession(session, "its tests have ended");
              }
            });
  }

  @Override
  public void onOpened(Endpoint identity, Peer peer, boolean resumed) {
    if (!resumed) {
      var guest = new Guest();
      peer.session().flatMap(SessionIdentity::principal).flatMap(this::named).ifPresent(guest::add);
      sessions.put(identity, guest);
      if (guest.isIdleFromNowOn()) {
        look(identity, guest, linger.toNanos());
      }
    }
    LOG.atInfo().addKeyValue("from", peer).addKeyValue("node", identity).log("node came directly");
  }

  private Optional<RunningTest> named(Principal who) {
    return running.all().filter(it -> name(it).equals(who.name())).findFirst();
  }

  @Override
  public void onAway(Endpoint identity, String why) {
    LOG.atInfo().addKeyValue("node", identity).addKeyValue("reason", why).log("node is away");
  }

  @Override
  public void onEnded(Endpoint identity, String why) {
    sessions.remove(identity);
  }
}
