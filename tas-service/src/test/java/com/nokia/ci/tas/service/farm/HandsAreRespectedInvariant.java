package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.time.Instant;
import java.util.List;

/** What a person has in hand is given to no test, taken from none, and given back in time. */
final class HandsAreRespectedInvariant implements Invariant {
  private final Seen records = new Seen();

  /** When the first of what was in hand has to be given back. */
  private Instant firstEnd = Instant.MAX;

  @Override
  public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
    var books = simulation.farm().books();
    for (var effect : effects) {
      if (effect instanceof Effect.StartRun start) {
        for (var used : start.test().progress().reservedProducts()) {
          if (books
              .products
              .get(used.id())
              .filter(HandsAreRespectedInvariant::isInHand)
              .isPresent()) {
            throw new Violation(
                "product " + used.id() + " is in hand and given to " + start.test().id());
          }
        }
      }
    }
    if (event instanceof Event.ProductOrdered order && order.order().kind().isOfHands()) {
      var product = books.products.get(order.product());
      if (product.filter(it -> isInHand(it) && it.isBusy()).isPresent()) {
        throw new Violation("product " + order.product() + " is taken from a test");
      }
    }
    if (event instanceof Event.TimePassed
        && (records.isNew(books.products) || firstEnd.isBefore(event.at()))) {
      firstEnd = Instant.MAX;
      books.products.values().forEach(product -> isGivenBack(product, event.at()));
    }
  }

  private void isGivenBack(Product product, Instant now) {
    var taken = product.health().taken();
    if (taken.isPresent()) {
      if (taken.get().until().isBefore(now)) {
        throw new Violation("product " + product.id() + " is in hand for too long");
      }
      firstEnd = Deadline.earlier(firstEnd, taken.get().until());
    }
  }

  private static boolean isInHand(Product product) {
    return product.health().taken().isPresent();
  }
}
