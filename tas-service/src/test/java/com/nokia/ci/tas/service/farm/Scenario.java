package com.nokia.ci.tas.service.farm;

/**
 * Which simulated farm is played: the same one comes out each time.
 *
 * @param seed decides whatever is left to chance
 */
record Scenario(long seed, Mischief mischief, Make make) {

  /** What the seed stands for on the command line. */
  static Scenario of(long seed) {
    return of(seed, Make.of(seed));
  }

  /** A farm of a make that the seed need not stand for. */
  static Scenario of(long seed, Make make) {
    return new Scenario(seed, Mischief.of(seed), make);
  }

  @Override
  public String toString() {
    return "seed " + seed + " of " + mischief + ", " + make;
  }
}
