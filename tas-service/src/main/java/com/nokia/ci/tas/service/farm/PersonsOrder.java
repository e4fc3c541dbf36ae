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
 * @param until when a disabling or a drain ends by itself, if it does; when a taking does, which
 *     must; of no meaning otherwise
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
    NOTE,
    /**
     * The person has a product in hand until then: no test gets it, but tests may wait for it. Not
     * while a test or another person has it; a node cannot be taken. Once more by the same person
     * it is the taking as said last.
     */
    TAKE,
    /** The person who has a product in hand has it until then, be that later or sooner. */
    EXTEND,
    /** The person who has a product in hand has it no more. */
    GIVE_BACK;

    /** Whether it is about having a product in hand; such a one is no order for a node. */
    public boolean isOfHands() {
      return this == TAKE || this == EXTEND || this == GIVE_BACK;
    }
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
