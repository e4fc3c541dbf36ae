package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.service.farm.FarmSnapshot.NodeView.Condition;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a node can be talked to.
 *
 * @param condition what is believed
 * @param trouble why it cannot be reached, empty while it can
 * @param since when it was first heard of in this life
 * @param seen when it last gave a sign of life
 * @param probed when it was probed, unless it has answered since
 * @param left whether it has said goodbye, and was not heard of since: an order may yet arrive
 *     there
 */
public record Contact(
    Condition condition,
    String trouble,
    Instant since,
    Instant seen,
    Optional<Instant> probed,
    boolean left) {

  /** How many probes fit into one check period while a node does not answer. */
  private static final int TRIES = 3;

  /** Heard of; to be probed before it is trusted. */
  static Contact arriving(Instant at) {
    return new Contact(Condition.ARRIVING, "", at, at, Optional.of(at), /* left= */ false);
  }

  /** It took a connection or has just begun its life. */
  static Contact connected(Instant at) {
    return new Contact(Condition.CONNECTED, "", at, at, Optional.empty(), /* left= */ false);
  }

  /** The service has begun anew: whoever was there is given its time to say that it still is. */
  Contact awaited(Instant at) {
    return switch (condition) {
      case CONNECTED, AWAITED ->
          new Contact(Condition.AWAITED, "", since, at, Optional.of(at), left);
      case ARRIVING -> new Contact(Condition.ARRIVING, "", since, at, Optional.of(at), left);
      case LOST -> this;
    };
  }

  boolean isAwaited() {
    return condition == Condition.AWAITED;
  }

  boolean isUsable() {
    return condition == Condition.CONNECTED && trouble.isEmpty();
  }

  boolean isLost() {
    return condition == Condition.LOST;
  }

  /** A message came from it, which does not tell whether it can be dialled. */
  Contact heard(Instant at) {
    return new Contact(
        condition,
        trouble,
        since,
        Deadline.later(seen, at),
        isUsable() ? Optional.empty() : probed,
        left);
  }

  /** It took a connection. */
  Contact answered(Instant at) {
    return new Contact(
        Condition.CONNECTED,
        "",
        since,
        Deadline.later(seen, at),
        Optional.empty(),
        /* left= */ false);
  }

  Contact unreachable(String why) {
    return new Contact(condition, why, since, seen, probed, left);
  }

  Contact probed(Instant at) {
    return new Contact(condition, trouble, since, seen, Optional.of(at), left);
  }

  Contact lost() {
    return new Contact(Condition.LOST, trouble, since, seen, Optional.empty(), left);
  }

  /** It has said goodbye, and may have an order on its way. */
  Contact leaving() {
    return new Contact(
        Condition.LOST, "it has left the farm", since, seen, Optional.empty(), /* left= */ true);
  }

  Instant lostAt(FarmSettings.Silence silence) {
    return Deadline.after(seen, silence.nodeLimit());
  }

  Instant probeAt(FarmSettings.Silence silence) {
    return probed
        .map(at -> Deadline.after(at, silence.nodeCheckPeriod().dividedBy(TRIES)))
        .orElseGet(() -> Deadline.after(seen, silence.nodeCheckPeriod()));
  }
}
