package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FAILED;
import static com.nokia.ci.tas.commons.model.TestStatus.FINISHED;
import static com.nokia.ci.tas.commons.model.TestStatus.STOPPED;

import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must be true of a simulated farm after every event: one class for each promise. */
final class Invariants {
  static final Set<TestStatus> FINAL = EnumSet.of(FINISHED, FAILED, STOPPED);

  private Invariants() {}

  /** Every promise that can be kept in such a world. */
  static List<Invariant> all(Mischief mischief) {
    var all =
        new ArrayList<Invariant>(
            List.of(
                // products
                new OneTestAProductInvariant(),
                new ReservationsEndInvariant(),
                new HandsAreRespectedInvariant(),
                new KeptForItsIssuerInvariant(),
                // tests and their ends
                new AcceptedStaysInvariant(),
                new OneEndInvariant(),
                new EndsAreHeardInvariant(),
                new TrueResultsInvariant(),
                new FailedIsTriedAgainInvariant(),
                new TimesStandStillInvariant(),
                new DetachedOutliveInvariant(),
                // the queue
                new NobodyStarvesInvariant(),
                new OlderComesFirstInvariant(),
                // what follows from the records
                new BooksAgreeInvariant()));
    if (!mischief.isOfPeers()) {
      all.add(new RestartsHurtNobodyInvariant());
    }
    return List.copyOf(all);
  }

  /** Somebody else, or nobody, is the client of a test that runs. */
  static Optional<Effect.BindRun> attached(Effect effect) {
    return effect instanceof Effect.BindRun bind && bind.run().origin().bond() == Bond.ATTACH
        ? Optional.of(bind)
        : Optional.empty();
  }

  static String text(Effect.BindRun bind) {
    return new ClientId(bind.client()).toString();
  }

  /** Whether a product is kept for a test. */
  static boolean isKeptFor(LiveTest test, Product product) {
    return product.hold() instanceof Hold.Gathered gathered
        && gathered.claim().equals(test.rank().claim());
  }

  /** How many of these demands can be met at once; tries everything. */
  static int most(List<ProductDemand> demands, List<Product> products) {
    if (demands.isEmpty()) {
      return 0;
    }
    var others = demands.subList(1, demands.size());
    int most = most(others, products);
    for (var product : products) {
      if (product.fits(demands.get(0))) {
        var rest = products.stream().filter(other -> !other.id().equals(product.id())).toList();
        most = Math.max(most, 1 + most(others, rest));
      }
    }
    return most;
  }
}
