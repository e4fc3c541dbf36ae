package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.service.farm.distribution.Supply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Counts the sets of products that the farm has for the packages of a test, as far as there are
 * packages: nothing is gained by more.
 */
final class Supplies {
  private final Books books;
  private final Wish wish;
  private final int most;

  private Supplies(Books books, Wish wish, int most) {
    this.books = books;
    this.wish = wish;
    this.most = most;
  }

  /** What there is for so many packages that need the same. */
  static Supply of(Books books, Wish wish, int packages) {
    var counting = new Supplies(books, wish, packages);
    int free = counting.free();
    return new Supply(Math.max(free, counting.present()), free);
  }

  private int present() {
    var index = books.present;
    for (var name : names()) {
      if (!index.knows(name)) {
        index = index.asking(name, books.products.values().filter(books::isPresent));
      }
    }
    int perNode = books.settings.bounds().testsPerNode();
    int found = 0;
    for (var there : index.fewest(wish)) {
      if (found >= most) {
        break;
      }
      found += sets(there.getKey(), Product::isSound, Math.min(perNode, most - found));
    }
    return found;
  }

  private int free() {
    var index = books.open;
    for (var name : names()) {
      if (!index.knows(name)) {
        index = index.asking(name, books.products.values().filter(books::isOpen));
      }
    }
    int found = 0;
    for (var there : index.fewest(wish)) {
      if (found >= most) {
        break;
      }
      int room = books.settings.bounds().testsPerNode() - books.node(there.getKey()).runs().size();
      found += sets(there.getKey(), books::isOpen, Math.min(room, most - found));
    }
    return found;
  }

  private List<String> names() {
    return wish.demands().stream()
        .flatMap(demand -> demand.clauses().keySet().stream())
        .distinct()
        .toList();
  }

  /** How many sets there are on a node, one after the other. */
  private int sets(NodeId node, Predicate<Product> usable, int limit) {
    List<Product> left =
        new ArrayList<>(
            books.node(node).products().keys().map(books::product).filter(usable).toList());
    int found = 0;
    while (found < limit) {
      var set = Matching.complete(wish.demands(), left);
      if (set.isEmpty()) {
        return found;
      }
      left.removeAll(set.get());
      found++;
    }
    return found;
  }
}
