package com.nokia.ci.tas.service.farm;

import java.time.Duration;

/**
 * How large a simulated farm is, and what is asked of it. More than half of the farms are small:
 * what breaks a promise takes few peers and little time, and of these many more can be played.
 *
 * @param chaos how long there is mischief
 * @param isWritten whether its service goes on with bytes, through the codec of the real stores,
 *     and not with the records themselves
 * @param isDetaching whether clients start tests that outlive them, follow those of others, and
 *     take results that are kept
 * @param isComparing whether so many tests with comparisons of their own wait that the farm does
 *     not look after all of these
 */
record Make(
    int nodes,
    int products,
    int clients,
    Duration chaos,
    boolean isWritten,
    boolean isDetaching,
    boolean isComparing) {
  private static final Make USUAL = new Make(5, 10, 3, Duration.ofMinutes(20), true, false, false);
  private static final Make SMALL = new Make(3, 5, 2, Duration.ofMinutes(8), false, false, false);
  private static final Make COMPARING =
      new Make(3, 6, 3, Duration.ofMinutes(6), false, false, true);
  private static final int SORTS = 16;

  /** The make of the farm of a seed. */
  static Make of(long seed) {
    return switch (Math.floorMod(seed, SORTS)) {
      case 0, 1, 2, 3 -> SMALL;
      case 4, 5, 6 -> SMALL.detaching();
      case 14 -> USUAL.detaching();
      case 15 -> COMPARING;
      default -> USUAL;
    };
  }

  private Make detaching() {
    return new Make(nodes, products, clients, chaos, isWritten, /* isDetaching= */ true, false);
  }
}
