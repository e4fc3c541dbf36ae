package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What follows from the records is what would follow if it were worked out anew. */
final class BooksAgreeInvariant implements Invariant {
  /** Working everything out anew takes its time. */
  private static final int EVERY = 61;

  private long events;

  @Override
  public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
    events++;
    if (events % EVERY != 0) {
      return;
    }
    var books = simulation.farm().books();
    var anew = books.under(books.settings);
    same("open nodes", books.openNodes, anew.openNodes);
    same("queue", books.queue, anew.queue);
    same("running", books.running, anew.running);
    same("gatherers", books.gatherers, anew.gatherers);
    same("claims", claims(books), claims(anew));
    same("nodes due", books.nodesDue.times(), anew.nodesDue.times());
    same("products due", books.productsDue.times(), anew.productsDue.times());
    same("gathering", books.testsDue.gathering().times(), anew.testsDue.gathering().times());
    same("patient", books.testsDue.patient().times(), anew.testsDue.patient().times());
    same("claiming", books.testsDue.claiming().times(), anew.testsDue.claiming().times());
    same("running due", books.testsDue.running().times(), anew.testsDue.running().times());
    same("clients due", books.issuersDue.times(), anew.issuersDue.times());
    index("open", books.open, books.products.values().filter(books::isOpen).toList());
    index("present", books.present, books.products.values().filter(books::isPresent).toList());
    hopes(books, new Hopes(books, simulation.now));
    runs(books);
  }

  private static List<Table<Rank, RuntimeId>> claims(Books books) {
    return books.groups.values().map(Group::claims).toList();
  }

  private static void index(String what, ProductIndex index, List<Product> products) {
    var expected = ProductIndex.NONE;
    for (var name : index.names().keys().toList()) {
      expected = expected.asking(name, products.stream());
    }
    for (var comparison : index.ranges().keys().toList()) {
      expected = expected.asking(comparison, products.stream());
    }
    same(what, index.names(), expected.names());
    same(what + " by range", index.ranges(), expected.ranges());
  }

  private static void hopes(Books books, Hopes hopes) {
    for (var group : books.groups.values().toList()) {
      boolean hasHope = books.nodes.keys().anyMatch(node -> hopes.isPossible(group.wish(), node));
      boolean isTrue =
          group.witness().map(node -> hopes.isPossible(group.wish(), node)).orElse(true);
      if (hasHope != group.witness().isPresent() || !isTrue) {
        throw new Violation(group + " hopes " + group.witness() + ", truth is " + hasHope);
      }
    }
    for (var product : books.products.values().toList()) {
      if (product.hold() instanceof Hold.Gathered gathered
          && !books.test(gathered.test()).gathering().equals(Optional.of(product.node()))) {
        throw new Violation(product + " is kept for a test that gathers elsewhere");
      }
    }
    for (var id : books.gatherers.values().toList()) {
      var test = books.test(id);
      if (new Gathering(books, hopes).gathered(test).isEmpty()
          || !hopes.isPossible(test.order().wish(), test.gathering().orElseThrow())) {
        throw new Violation(id + " gathers where nothing is kept for it or to be hoped for");
      }
    }
  }

  private static void runs(Books books) {
    for (var node : books.nodes.values().toList()) {
      for (var run : node.runs().values().toList()) {
        for (var id : run.products()) {
          var held = books.product(id).reservation();
          if (held.filter(r -> r.run().equals(run.id()) && r.attempt() == run.attempt())
              .isEmpty()) {
            throw new Violation(run + " has lost product " + id + ": " + held);
          }
        }
        if (!run.isEnding()
            && books
                .tests
                .get(run.id())
                .flatMap(LiveTest::node)
                .filter(node.id()::equals)
                .isEmpty()) {
          throw new Violation(run + " runs for nobody");
        }
      }
    }
  }

  private static void same(String what, Object kept, Object worked) {
    if (!isSame(kept, worked)) {
      throw new Violation(what + " should be " + worked + " but is " + kept);
    }
  }

  private static boolean isSame(Object kept, Object worked) {
    if (kept instanceof Iterable<?> some && worked instanceof Iterable<?> others) {
      var here = some.iterator();
      var there = others.iterator();
      while (here.hasNext() && there.hasNext()) {
        if (!isSame(here.next(), there.next())) {
          return false;
        }
      }
      return here.hasNext() == there.hasNext();
    }
    if (kept instanceof Map.Entry<?, ?> one && worked instanceof Map.Entry<?, ?> other) {
      return isSame(one.getKey(), other.getKey()) && isSame(one.getValue(), other.getValue());
    }
    return kept.equals(worked);
  }
}
