package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.TestOrigin;
import java.util.Comparator;
import java.util.Map;

/**
 * Who has had how many turns: treats issuers alike, however many tests each has (start-time fair
 * queueing). A test gets the lap after the last one of its issuer, but none that the farm has left
 * behind; so an issuer with a thousand tests is in lap 1000 with the last of them while another
 * begins in the lap that is being served. Immutable.
 *
 * @param lap that is being served
 * @param last lap of each issuer that is not behind the farm
 * @param order the same by lap
 */
record Laps(long lap, Table<String, Long> last, Table<Mark, Mark> order) {
  static final Laps NONE = new Laps(0, Table.empty(), Table.empty());

  /** More issuers than this are not told apart; who is least ahead is forgotten first. */
  private static final int KNOWN = 10_000;

  /** An issuer and its last lap. */
  record Mark(long lap, String issuer) implements Comparable<Mark> {
    private static final Comparator<Mark> ORDER =
        Comparator.comparingLong(Mark::lap).thenComparing(Mark::issuer);

    @Override
    public int compareTo(Mark other) {
      return ORDER.compare(this, other);
    }
  }

  /** Who issued a test: the person if known, else the machine. */
  static String issuer(TestOrigin origin, ClientId client) {
    return origin
        .owner()
        .map(owner -> "person " + owner.value())
        .orElseGet(() -> "host " + ProductDemand.lower(client.endpoint().host()));
  }

  /** The lap of the next test of an issuer. */
  long next(String issuer) {
    return last.get(issuer).map(taken -> Math.max(lap, taken + 1)).orElse(lap);
  }

  /** The same with a lap taken by an issuer. */
  Laps with(String issuer, long taken) {
    var left = last.get(issuer).map(old -> order.without(new Mark(old, issuer))).orElse(order);
    var mark = new Mark(taken, issuer);
    return new Laps(lap, last.with(issuer, taken), left.with(mark, mark)).pruned();
  }

  /** The same when a test of a lap has begun. */
  Laps begun(long served) {
    return served <= lap ? this : new Laps(served, last, order).pruned();
  }

  /** Without those who would begin with the lap of the farm anyway. */
  private Laps pruned() {
    var left = this;
    var first = left.order.first().map(Map.Entry::getKey);
    while (first.isPresent() && (first.get().lap() < lap || left.order.size() > KNOWN)) {
      left =
          new Laps(lap, left.last.without(first.get().issuer()), left.order.without(first.get()));
      first = left.order.first().map(Map.Entry::getKey);
    }
    return left;
  }
}
