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
import java.util.List;
import java.util.Optional;
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

  /** A node that keeps its end for a shorter time is the first to let go. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  private final RunningTests running;
  private final Optional<FarmKey> key;
  private final Transport transport;
  private final Duration retention;
  private final SecureRandom chance = new SecureRandom();

  /** The sessions that stand, by their names, each with the tests whose tickets were shown. */
  private final ConcurrentMap<Endpoint, Set<RunningTest>> sessions = new ConcurrentHashMap<>();

  /** The tickets of the last tests that have ended. */
  private final Deque<Ticket> ended = new ConcurrentLinkedDeque<>();

  /**
   * A closed door: it opens with the first test.
   *
   * @param retention how long the session of a node is kept without a connection
   */
  DirectDoor(RunningTests running, Optional<FarmKey> key, Transport transport, Duration retention) {
    this.running = running;
    this.key = key;
    this.transport = transport;
    this.retention = retention;
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
    return sessions.getOrDefault(session, Set.of()).stream();
  }

  /** Whether a session stands and is not about to be ended. */
  boolean isOpen(Endpoint session) {
    return sessions.containsKey(session);
  }

  /** A node that is in shows the ticket of another test; one that is of none changes nothing. */
  void show(Endpoint session, String ticket) {
    ofTicket(ticket)
        .ifPresent(
            test -> {
              sessions.computeIfPresent(session, (name, tests) -> with(tests, test));
              if (ofTicket(ticket).isEmpty()) {
                close(test); // it has ended meanwhile
              }
            });
  }

  private static Set<RunningTest> with(Set<RunningTest> tests, RunningTest test) {
    tests.add(test);
    return tests;
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
    for (Endpoint session : List.copyOf(sessions.keySet())) {
      Set<RunningTest> left =
          sessions.computeIfPresent(session, (name, tests) -> without(tests, test));
      if (left != null && left.isEmpty()) {
        CompletableFuture.delayedExecutor(LINGER.toMillis(), TimeUnit.MILLISECONDS)
            .execute(() -> endIfIdle(session));
      }
    }
  }

  private static Set<RunningTest> without(Set<RunningTest> tests, RunningTest test) {
    tests.remove(test);
    return tests;
  }

  private void endIfIdle(Endpoint session) {
    boolean isKnown = sessions.containsKey(session);
    Set<RunningTest> left =
        sessions.computeIfPresent(session, (name, tests) -> tests.isEmpty() ? null : tests);
    if (isKnown && left == null) {
      transport.endSession(session, "its tests have ended");
    }
  }

  @Override
  public void onOpened(Endpoint identity, Peer peer, boolean resumed) {
    if (!resumed) {
      Set<RunningTest> tests = ConcurrentHashMap.newKeySet();
      peer.session().flatMap(SessionIdentity::principal).flatMap(this::named).ifPresent(tests::add);
      sessions.put(identity, tests);
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
