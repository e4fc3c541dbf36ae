package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Duration;
import java.time.Instant;

/** Whose a product is; each hold knows where it may lead. */
public sealed interface Hold {

  /** Nobody's. */
  record Free() implements Hold {
    Gathered toGathered(RuntimeId test, Rank claim) {
      return new Gathered(test, claim);
    }
  }

  /**
   * Kept for a test that waits for more products than this.
   *
   * @param claim of that test: its place among those that products are kept for
   */
  record Gathered(RuntimeId test, Rank claim) implements Hold {
    Free toFree() {
      return new Free();
    }
  }

  /**
   * A run's.
   *
   * @param grace how long the product may be gone before the run fails
   * @param givenBack whether the issuer gave the product back already: it is not kept after the run
   */
  record Reserved(Reservation reservation, Duration grace, boolean givenBack) implements Hold {
    Free toFree() {
      return new Free();
    }

    Kept toKept() {
      return new Kept(reservation);
    }

    /** The same for longer. */
    Reserved prolonged(Duration further) {
      return new Reserved(reservation.prolonged(further), grace, givenBack);
    }

    Reserved toGivenBack() {
      return new Reserved(reservation, grace, /* givenBack= */ true);
    }
  }

  /** The test finished; its issuer has to give the product back (manual releasing mode). */
  record Kept(Reservation reservation) implements Hold {
    Free toFree() {
      return new Free();
    }
  }

  /**
   * What a busy product says of itself.
   *
   * @param run the status details
   * @param attempt number of the run
   * @param issuer who may give the product back
   * @param since the reservation time
   * @param timeout the reservation timeout: that of the test
   */
  record Reservation(RuntimeId run, int attempt, ClientId issuer, Instant since, Duration timeout) {
    Reservation prolonged(Duration further) {
      return new Reservation(run, attempt, issuer, since, timeout.plus(further));
    }

    Instant until() {
      return Deadline.after(since, timeout);
    }
  }
}
