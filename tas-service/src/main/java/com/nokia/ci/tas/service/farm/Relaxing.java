package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.service.farm.Explanation.Change;
import com.nokia.ci.tas.service.farm.Explanation.Clause;
import com.nokia.ci.tas.service.farm.Explanation.Relaxation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the fewest values that a test would have to give up to be started now. For each node an
 * exact assignment of the least cost, where a product costs as many values as it differs in. Where
 * a test compares, the value that comes nearest is named.
 */
final class Relaxing {
  /** How many alternatives are named. */
  private static final int NAMED = 5;

  /** What a value costs: more than all that is between values that come more or less near. */
  private static final int VALUE = 10_000_000;

  /** More than all relaxations of interest together, and little enough to be added up. */
  private static final int IMPOSSIBLE = 100 * VALUE;

  private final Books books;
  private final LiveTest test;
  private final List<ProductDemand> demands;

  private Relaxing(Books books, LiveTest test) {
    this.books = books;
    this.test = test;
    demands = test.order().requirement().products();
  }

  /** The alternatives that change the fewest values, if any change few enough. */
  static List<Relaxation> of(Books books, LiveTest test) {
    var relaxing = new Relaxing(books, test);
    var found =
        books
            .nodes
            .values()
            .filter(node -> books.isOpen(node) && node.admits(test.runtimeId()))
            .flatMap(relaxing::on)
            .toList();
    int fewest = found.stream().mapToInt(r -> r.changes().size()).min().orElse(0);
    var different = new LinkedHashMap<List<Change>, Relaxation>();
    found.stream()
        .filter(relaxation -> relaxation.changes().size() == fewest)
        .sorted(
            Comparator.comparing((Relaxation r) -> r.node())
                .thenComparing(r -> r.products().get(0)))
        .forEach(
            relaxation ->
                different.merge(givenUp(relaxation), relaxation, (a, b) -> isNearer(b, a) ? b : a));
    return different.values().stream().limit(NAMED).toList();
  }

  /** The changes, of a comparison only that it is given up. */
  private static List<Change> givenUp(Relaxation relaxation) {
    return relaxation.changes().stream()
        .map(
            change ->
                change.clause().comparison().isEmpty()
                    ? change
                    : new Change(
                        change.demand(),
                        new Clause(
                            change.clause().name(),
                            change.clause().wanted(),
                            "",
                            change.clause().comparison())))
        .toList();
  }

  /** Whether the first value that is compared, and is not as near, is nearer than in another. */
  private static boolean isNearer(Relaxation one, Relaxation other) {
    for (int i = 0; i < one.changes().size(); i++) {
      var clause = one.changes().get(i).clause();
      if (clause.comparison().isPresent()) {
        int order =
            clause
                .comparison()
                .get()
                .nearest()
                .compare(clause.found(), other.changes().get(i).clause().found());
        if (order != 0) {
          return order > 0;
        }
      }
    }
    return false;
  }

  private Stream<Relaxation> on(Node node) {
    var there =
        node.products()
            .keys()
            .map(books::product)
            .filter(Product::isSound)
            .filter(this::isFor)
            .toList();
    if (demands.size() == 1) {
      return there.stream()
          .map(product -> relaxation(node, List.of(product)))
          .flatMap(Optional::stream);
    }
    return there.size() < demands.size() ? Stream.empty() : cheapest(node, there).stream();
  }

  private boolean isFor(Product product) {
    return (product.hold() instanceof Hold.Free && product.isReady())
        || (product.hold() instanceof Hold.Gathered gathered
            && gathered.test().equals(test.runtimeId()));
  }

  private Optional<Relaxation> relaxation(Node node, List<Product> products) {
    var changes = new ArrayList<Change>();
    for (int i = 0; i < demands.size(); i++) {
      String demand = Explaining.shown(demands.get(i));
      Explaining.misses(demands.get(i), products.get(i))
          .forEach(clause -> changes.add(new Change(demand, clause)));
    }
    return changes.isEmpty() || changes.size() > Explanation.MOST_CHANGES
        ? Optional.empty()
        : Optional.of(
            new Relaxation(changes, node.id(), products.stream().map(Product::id).toList()));
  }

  /** The assignment with the fewest differences, by shortest augmenting paths. */
  private Optional<Relaxation> cheapest(Node node, List<Product> there) {
    int[][] cost = new int[demands.size()][there.size()];
    for (int i = 0; i < demands.size(); i++) {
      int[] farness = farness(demands.get(i), there);
      for (int j = 0; j < there.size(); j++) {
        int misses = Explaining.misses(demands.get(i), there.get(j)).size();
        cost[i][j] =
            misses > Explanation.MOST_CHANGES
                ? IMPOSSIBLE
                : misses * VALUE + (misses == 0 ? 0 : farness[j]);
      }
    }
    int[] chosen = assign(cost);
    int total = 0;
    for (int i = 0; i < chosen.length; i++) {
      total += Math.min(cost[i][chosen[i]] / VALUE, Explanation.MOST_CHANGES + 1);
    }
    return total > Explanation.MOST_CHANGES
        ? Optional.empty()
        : relaxation(node, Arrays.stream(chosen).mapToObj(there::get).toList());
  }

  /** How many of the products come nearer to what a demand compares with, for each of them. */
  private static int[] farness(ProductDemand demand, List<Product> there) {
    int[] farness = new int[there.size()];
    for (var comparison : demand.comparisons()) {
      var order = comparison.nearest();
      for (int j = 0; j < farness.length; j++) {
        String value = there.get(j).traits().getOrDefault(comparison.name(), "");
        farness[j] +=
            (int)
                there.stream()
                    .map(other -> other.traits().getOrDefault(comparison.name(), ""))
                    .filter(other -> order.compare(other, value) > 0)
                    .count();
      }
    }
    return farness;
  }

  /**
   * The Hungarian method with potentials.
   *
   * @param cost rows are no more than columns
   * @return the column of each row
   */
  private static int[] assign(int[][] cost) {
    int rows = cost.length;
    int columns = cost[0].length;
    long[] ofRow = new long[rows + 1];
    long[] ofColumn = new long[columns + 1];
    int[] rowOf = new int[columns + 1];
    int[] way = new int[columns + 1];
    for (int row = 1; row <= rows; row++) {
      rowOf[0] = row;
      int column = 0;
      long[] least = new long[columns + 1];
      boolean[] used = new boolean[columns + 1];
      Arrays.fill(least, Long.MAX_VALUE);
      do {
        used[column] = true;
        int at = rowOf[column];
        int next = 0;
        long delta = Long.MAX_VALUE;
        for (int j = 1; j <= columns; j++) {
          if (!used[j]) {
            long reduced = cost[at - 1][j - 1] - ofRow[at] - ofColumn[j];
            if (reduced < least[j]) {
              least[j] = reduced;
              way[j] = column;
            }
            if (least[j] < delta) {
              delta = least[j];
              next = j;
            }
          }
        }
        for (int j = 0; j <= columns; j++) {
          if (used[j]) {
            ofRow[rowOf[j]] += delta;
            ofColumn[j] -= delta;
          } else if (least[j] != Long.MAX_VALUE) {
            least[j] -= delta;
          }
        }
        column = next;
      } while (rowOf[column] != 0);
      do {
        int before = way[column];
        rowOf[column] = rowOf[before];
        column = before;
      } while (column != 0);
    }
    int[] columnOf = new int[rows];
    for (int j = 1; j <= columns; j++) {
      if (rowOf[j] != 0) {
        columnOf[rowOf[j] - 1] = j - 1;
      }
    }
    return columnOf;
  }
}
