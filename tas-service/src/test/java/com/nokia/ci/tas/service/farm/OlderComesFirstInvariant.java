package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who has waited for long is passed by none that came later, and what is kept for it goes to none
 * behind it.
 */
final class OlderComesFirstInvariant implements Invariant {
  private final Map<String, Kept> kept = new TreeMap<>();

  private final Seen records = new Seen();

  /** A product that is kept for a test, and what it was like then. */
  private record Kept(Hold.Gathered hold, Map<String, String> traits) {}

  @Override
  public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
    if (event instanceof Event.ServiceStarted) {
      kept.clear(); // what was not written yet was forgotten
    }
    var books = simulation.farm().books();
    nobodyIsPassed(books, event, effects);
    if (records.isNew(books.products)) {
      keptInOrder(books);
    }
  }

  private void nobodyIsPassed(Books books, Event event, List<Effect> effects) {
    if (event instanceof Event.ServiceStarted || event instanceof Event.NodeRegistered) {
      return; // an order may have been given again
    }
    for (var effect : effects) {
      if (effect instanceof Effect.StartRun start && start.test().progress().attempt() > 0) {
        var taker = books.tests.get(start.test().id()).map(test -> test.rank().claim());
        for (var product : start.test().progress().reservedProducts()) {
          if (taker.isPresent() && !kept.containsKey(product.id().imei())) {
            passed(books, taker.get(), books.product(product.id()));
          }
        }
      }
    }
  }

  private static void passed(Books books, Rank taker, Product product) {
    for (var id : books.queue.values().toList()) {
      var test = books.test(id);
      boolean isEarlier = test.hasClaim() && test.rank().claim().compareTo(taker) < 0;
      if (isEarlier
          && test.order().wish().demands().size() == 1
          && product.fits(test.order().wish().demands().get(0))
          && books.node(product.node()).admits(id)) {
        throw new Violation("test " + id + " is passed by a younger one for " + product.id());
      }
    }
  }

  private void keptInOrder(Books books) {
    var before = new TreeMap<>(kept);
    kept.clear();
    for (var product : books.products.values().toList()) {
      String imei = product.id().imei();
      if (product.hold() instanceof Hold.Gathered gathered) {
        kept.put(imei, new Kept(gathered, product.traits()));
      }
      var loser = before.get(imei);
      if (loser != null
          && takerOf(books, product).filter(c -> c.compareTo(loser.hold().claim()) > 0).isPresent()
          && waits(books, loser.hold(), product)
          && (loser.traits().equals(product.traits()) || isOfUse(books, loser.hold(), product))) {
        throw new Violation("product " + imei + " was kept for a test and went to a younger one");
      }
    }
  }

  /** Whether what has become another product would bring the test nearer to a start. */
  private static boolean isOfUse(Books books, Hold.Gathered loser, Product product) {
    var test = books.test(loser.test());
    var there =
        books
            .node(product.node())
            .products()
            .keys()
            .map(books::product)
            .filter(other -> Invariants.isKeptFor(test, other))
            .toList();
    var more = new ArrayList<>(there);
    more.add(product);
    var demands = test.order().wish().demands();
    return matched(demands, more) > matched(demands, there);
  }

  private static long matched(List<ProductDemand> demands, List<Product> products) {
    return Matching.largest(demands, products).stream().flatMap(Optional::stream).count();
  }

  private static boolean waits(Books books, Hold.Gathered loser, Product product) {
    return books
        .tests
        .get(loser.test())
        .filter(test -> test.rank().claim().equals(loser.claim()))
        .filter(test -> books.queue.contains(test.rank()))
        .filter(test -> new Hopes(books, books.at).isPossible(test.order().wish(), product.node()))
        .isPresent();
  }

  private static Optional<Rank> takerOf(Books books, Product product) {
    if (product.hold() instanceof Hold.Gathered gathered) {
      return Optional.of(gathered.claim());
    }
    return product
        .reservation()
        .flatMap(reservation -> books.tests.get(reservation.run()))
        .filter(test -> test.node().equals(Optional.of(product.node())))
        .map(test -> test.rank().claim());
  }
}
