package com.nokia.ci.tas.communicator.edge;

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
import com.nokia.ci.tas.commons.trust.FarmKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Lets in the nodes that this one has asked for an artifact: whoever shows the ticket that the
 * service has passed on to one of them, for as long as that is asked. Everybody else is a plain
 * peer as before. For any thread; nothing waits.
 */
final class LoanDoor implements SessionAdmission, SessionWatch {
  private static final Duration RETENTION = Duration.ofSeconds(30);
  private static final int OCTETS = 16;

  private final Optional<FarmKey> key;
  private final SecureRandom chance = new SecureRandom();

  /** These are guarded by this. */
  private final Map<Endpoint, Opening> openings = new HashMap<>();

  private final Map<Endpoint, Endpoint> lenders = new HashMap<>();

  /** For one lender. */
  private static final class Opening {
    private final String ticket;
    private int loans;

    private Opening(String ticket) {
      this.ticket = ticket;
    }
  }

  /**
   * A closed door.
   *
   * @param key of the farm; with one, other machines come over TLS alone
   */
  LoanDoor(Optional<FarmKey> key) {
    this.key = key;
  }

  /**
   * A node is about to be asked.
   *
   * @param own where this node can be dialled
   * @return how it comes in; empty when nobody could dial that
   */
  Optional<DirectAccess> open(Endpoint lender, Endpoint own) {
    if (!own.isDialable() || own.host().indexOf(' ') >= 0) {
      return Optional.empty();
    }
    synchronized (this) {
      var opening = openings.computeIfAbsent(lender, absent -> new Opening(newTicket()));
      opening.loans++;
      return Optional.of(
          new DirectAccess(own, opening.ticket, key.flatMap(FarmKey::certificateSha256)));
    }
  }

  private String newTicket() {
    byte[] octets = new byte[OCTETS];
    chance.nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }

  /** It is asked no more; once for each time that it was opened. */
  synchronized void close(Endpoint lender) {
    openings.computeIfPresent(lender, (node, opening) -> --opening.loans > 0 ? opening : null);
  }

  /** The node whose ticket was shown on a session of this door; empty for any other session. */
  synchronized Optional<Endpoint> lender(Peer peer) {
    return peer.session().flatMap(it -> Optional.ofNullable(lenders.get(it.endpoint())));
  }

  @Override
  public Answer admit(RegistryOperation registration, SessionOffer offer, Peer peer) {
    boolean isGuarded = key.flatMap(FarmKey::certificateSha256).isPresent();
    if (isGuarded && !peer.secure() && !peer.isLocal()) {
      return new Plain();
    }
    return offer
        .ticket()
        .flatMap(this::ofTicket)
        .<Answer>map(lender -> new Admitted(principal(lender), RETENTION, Optional.of(newName())))
        .orElseGet(Plain::new);
  }

  private static Principal principal(Endpoint lender) {
    return new Principal(
        Principal.Kind.NODE, "node " + lender, Optional.empty(), Optional.empty(), Rights.NONE);
  }

  /** A ticket does not prove an address: the name is one that nobody else can have. */
  private Endpoint newName() {
    return new Endpoint("lender~" + newTicket(), 1);
  }

  private synchronized Optional<Endpoint> ofTicket(String shown) {
    return openings.entrySet().stream()
        .filter(it -> MessageDigest.isEqual(octets(it.getValue().ticket), octets(shown)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void onOpened(Endpoint identity, Peer peer, boolean resumed) {
    var who = peer.session().flatMap(SessionIdentity::principal);
    openings.keySet().stream()
        .filter(lender -> who.equals(Optional.of(principal(lender))))
        .findFirst()
        .ifPresent(lender -> lenders.put(identity, lender));
  }

  @Override
  public void onAway(Endpoint identity, String why) {
    // It may come back.
  }

  @Override
  public synchronized void onEnded(Endpoint identity, String why) {
    lenders.remove(identity);
  }
}
