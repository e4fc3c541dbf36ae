package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Nothing that could start waits; and in peace, everything ends. */
final class NobodyStarvesInvariant implements Invariant {
  private final Seen records = new Seen();
  private final Seen details = new Seen();

  @Override
  public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
    var books = simulation.farm().books();
    if (isChanged(books)) {
      nothingCouldStart(books);
      nothingIsKeptInVain(books);
      whatIsOpenIsKept(books);
      whoHasAClaimGathers(books);
    }
  }

  /** Whether anything is otherwise that decides who could start, since that was looked at. */
  private boolean isChanged(Books books) {
    return records.isNew(books.queue, books.products, books.nodes, books.settings)
        && details.isNew(
            Stream.concat(
                    Stream.of(books.queue, books.products, books.settings),
                    books.nodes.values().flatMap(node -> of(books, node)))
                .toArray());
  }

  private static Stream<Object> of(Books books, Node node) {
    return Stream.of(node.products(), node.runs(), node.cooling(), books.isOpen(node));
  }

  private static void nothingCouldStart(Books books) {
    for (var node : books.nodes.values().filter(books::isOpen).toList()) {
      var there = node.products().keys().map(books::product).filter(Product::isReady).toList();
      var free = there.stream().filter(p -> p.hold() instanceof Hold.Free).toList();
      for (var id : books.queue.values().toList()) {
        var test = books.test(id);
        if (node.admits(test.runtimeId()) && couldStart(test, node, there, free)) {
          throw new Violation(
              "test "
                  + id
                  + " waits for "
                  + test.order().wish()
                  + " though it could start on "
                  + node.id());
        }
      }
    }
  }

  private static boolean couldStart(
      LiveTest test, Node node, List<Product> there, List<Product> free) {
    var wish = test.order().wish();
    if (wish.isNode()) {
      return wish.host().isEmpty() || wish.host().equals(node.id().endpoint().host());
    }
    if (test.gathering().isEmpty()) {
      return isPossible(wish.demands(), free);
    }
    var usable =
        there.stream()
            .filter(p -> p.hold() instanceof Hold.Free || Invariants.isKeptFor(test, p))
            .toList();
    return isPossible(wish.demands(), usable);
  }

  /** A product is kept for a test that waits and that it is of use to. */
  private static void nothingIsKeptInVain(Books books) {
    for (var product : books.products.values().toList()) {
      if (product.hold() instanceof Hold.Gathered gathered) {
        var test = books.tests.get(gathered.test()).filter(LiveTest::isGathering);
        if (test.filter(it -> fits(it, product)).isEmpty()) {
          throw new Violation(
              "product " + product.id() + " is of no use to " + test + ", which it is kept for");
        }
      }
    }
  }

  private static boolean fits(LiveTest test, Product product) {
    return test.order().wish().demands().stream().anyMatch(product::fits);
  }

  /** Where products are kept for a test, none is open that it lacks. */
  private static void whatIsOpenIsKept(Books books) {
    for (var id : books.gatherers.values().toList()) {
      var test = books.test(id);
      var node = books.node(test.gathering().orElseThrow());
      if (books.isOpen(node) && node.admits(id)) {
        var there = node.products().keys().map(books::product).toList();
        var kept = there.stream().filter(p -> Invariants.isKeptFor(test, p)).toList();
        var usable = new ArrayList<>(kept);
        there.stream().filter(books::isOpen).forEach(usable::add);
        var demands = test.order().wish().demands();
        if (Invariants.most(demands, usable) > Invariants.most(demands, kept)) {
          throw new Violation("test " + id + " lacks what is open on " + node.id());
        }
      }
    }
  }

  /** A test that products are to be kept for has some wherever some are open that it could use. */
  private static void whoHasAClaimGathers(Books books) {
    var without =
        books.queue.values().map(books::test).filter(NobodyStarvesInvariant::hasNothing).toList();
    if (without.isEmpty()) {
      return;
    }
    for (var node : books.nodes.values().filter(books::isOpen).toList()) {
      var there = node.products().keys().map(books::product).toList();
      for (var test : without) {
        var demands = test.order().wish().demands();
        boolean isPossible =
            node.admits(test.runtimeId())
                && isPossible(demands, there.stream().filter(Product::isSound).toList());
        if (isPossible
            && Invariants.most(demands, there.stream().filter(books::isOpen).toList()) > 0) {
          throw new Violation("nothing is kept for test " + test.runtimeId() + " on " + node.id());
        }
      }
    }
  }

  private static boolean hasNothing(LiveTest test) {
    return test.isGathering() && test.gathering().isEmpty();
  }

  /** Tries everything. */
  private static boolean isPossible(List<ProductDemand> demands, List<Product> products) {
    if (demands.isEmpty()) {
      return true;
    }
    for (var product : products) {
      if (product.fits(demands.get(0))) {
        var rest = products.stream().filter(other -> !other.id().equals(product.id())).toList();
        if (isPossible(demands.subList(1, demands.size()), rest)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void atTheEnd(Simulation simulation) {
    if (simulation.farm().snapshot().waitingCount() > 0
        || !simulation.farm().snapshot().running().isEmpty()) {
      throw new Violation("tests are left in peace");
    }
  }
}
