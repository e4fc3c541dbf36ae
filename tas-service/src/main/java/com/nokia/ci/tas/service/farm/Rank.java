package com.nokia.ci.tas.service.farm;

/**
 * A test's place in the queue, given to it when it is accepted: higher priority first, then the
 * smaller lap, then the older. A person may give it another priority; the rest it keeps for good.
 *
 * @param priority what its issuer asked for, 0 unless it asked
 * @param lap in which round of its issuers the test has its turn; 0 for all where issuers are not
 *     treated alike
 * @param age place in the order of acceptance; smaller is older, and no two tests have the same
 */
public record Rank(int priority, long lap, long age) implements Comparable<Rank> {
  /**
   * The place among tests that have waited long enough for products to be kept for them: there
   * priority does not count, so that none of them can be delayed for ever.
   */
  Rank claim() {
    return new Rank(0, lap, age);
  }

  @Override
  public int compareTo(Rank other) {
    int order = Integer.compare(other.priority, priority);
    if (order == 0) {
      order = Long.compare(lap, other.lap);
    }
    return order != 0 ? order : Long.compare(age, other.age);
  }
}
