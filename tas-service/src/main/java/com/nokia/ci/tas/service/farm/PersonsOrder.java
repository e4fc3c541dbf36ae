package com.nokia.ci.tas.service.farm;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a person has said of a product or a node, and that sticks: through reports of the node,
 * restarts of the service, and while the product or the node is away.
 *
 * @param kind what is to become of it
 * @param who name of the person
 * @param why in the person's words; of a note its text, where nothing means that there is none
 * @param until when a disabling or a drain ends by itself, if it does; of no meaning otherwise
 */
public record PersonsOrder(Kind kind, String who, String why, Optional<Instant> until) {

  /** What is to become of a product or a node. */
  public enum Kind {
    /** No test gets it, and none may hope for it; what runs on it goes on. */
    DISABLE,
    /** All that persons and the farm hold against it is forgotten; what its node says is not. */
    ENABLE,
    /** No new test gets it, but tests may wait for it; what runs on it goes on. */
    DRAIN,
    /** A text for whoever looks at it. */
    NOTE
  }

  public PersonsOrder {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(why, "why");
    Objects.requireNonNull(until, "until");
  }

  /** An order that does not end by itself. */
  public PersonsOrder(Kind kind, String who, String why) {
    this(kind, who, why, Optional.empty());
  }
}
