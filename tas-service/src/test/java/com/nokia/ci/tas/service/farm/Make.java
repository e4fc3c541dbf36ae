package com.nokia.ci.tas.service.farm;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How large a simulated farm is, and what is asked of it. Almost half of the farms are small: what
 * breaks a promise takes few peers and little time, and of these many more can be played.
 *
 * @param chaos how long there is mischief
 * @param traits what is special about it
 */
record Make(int nodes, int products, int clients, Duration chaos, Set<Trait> traits) {
  private static final Make USUAL =
      new Make(5, 10, 3, Duration.ofMinutes(20), EnumSet.of(Trait.WRITTEN));
  private static final Make SMALL =
      new Make(3, 5, 2, Duration.ofMinutes(8), EnumSet.noneOf(Trait.class));
  private static final Make COMPARING =
      new Make(3, 6, 3, Duration.ofMinutes(6), EnumSet.of(Trait.COMPARING));
  private static final int SORTS = 16;

  /** What is special about some farms. */
  enum Trait {
    /** Its service goes on with bytes, through the codec of the stores, not with the records. */
    WRITTEN,
    /** Clients start tests that outlive them, follow those of others, and take what is kept. */
    DETACHING,
    /**
     * So many tests with comparisons of their own wait that the farm does not look after them all.
     */
    COMPARING,
    /** A person gives tests other priorities all the time. */
    PRIORITISING,
    /** Most nodes know no attempts, what they report may be late by minutes, and names are few. */
    LATE
  }

  /** The make of the farm of a seed. */
  static Make of(long seed) {
    return switch (Math.floorMod(seed, SORTS)) {
      case 0, 1 -> SMALL;
      case 2 -> SMALL.with(Trait.PRIORITISING);
      case 3 -> SMALL.with(Trait.LATE);
      case 4, 5, 6 -> SMALL.with(Trait.DETACHING);
      case 9 -> USUAL.with(Trait.PRIORITISING).with(Trait.LATE);
      case 14 -> USUAL.with(Trait.DETACHING);
      case 15 -> COMPARING;
      default -> USUAL;
    };
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  private Make with(Trait trait) {
    var more = EnumSet.of(trait);
    more.addAll(traits);
    return new Make(nodes, products, clients, chaos, more);
  }
}
