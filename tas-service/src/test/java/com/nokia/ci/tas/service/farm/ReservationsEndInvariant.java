package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** No product is held longer than it may be, and none for ever. */
final class ReservationsEndInvariant implements Invariant {
  private final Seen records = new Seen();
  private final Seen holders = new Seen();

  /** When the first of the reservations that were looked at ends, unless its run is ending. */
  private Instant firstEnd = Instant.MAX;

  @Override
  public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
    if (event instanceof Event.ServiceStarted) {
      return; // what became due while it was away is done next
    }
    var books = simulation.farm().books();
    if (isChanged(books) || firstEnd.isBefore(simulation.now)) {
      firstEnd = Instant.MAX;
      books.products.values().forEach(product -> look(books, product, simulation.now));
    }
  }

  /** Whether anything is otherwise that decides who holds what. */
  private boolean isChanged(Books books) {
    return records.isNew(books.products, books.nodes)
        && holders.isNew(
            Stream.concat(Stream.of(books.products), books.nodes.values().map(Node::runs))
                .toArray());
  }

  private void look(Books books, Product product, Instant now) {
    var reservation = product.reservation();
    if (reservation.isEmpty()) {
      return;
    }
    var run = books.nodes.get(product.node()).flatMap(node -> node.run(reservation.get().run()));
    boolean isEnding = run.filter(Run::isEnding).isPresent();
    boolean isOverdue = !isEnding && reservation.get().until().isBefore(now);
    boolean isForNobody = product.hold() instanceof Hold.Reserved && run.isEmpty();
    if (isOverdue || isForNobody) {
      throw new Violation("product " + product.id() + " is held by " + reservation);
    }
    if (!isEnding) {
      firstEnd = Deadline.earlier(firstEnd, reservation.get().until());
    }
  }

  @Override
  public void atTheEnd(Simulation simulation) {
    for (var product : simulation.farm().snapshot().products()) {
      if (product.holder().isPresent() || product.keptFor().isPresent()) {
        throw new Violation("product " + product + " is never free again");
      }
    }
  }
}
