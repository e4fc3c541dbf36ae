package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.ProductDemand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The best way to give each of several demands a product of its own: an exact assignment by
 * augmenting paths. Where several assignments are as good, products that come first in the list are
 * taken.
 */
final class Matching {
  private static final int NOBODY = -1;

  private final List<ProductDemand> demands;
  private final List<Product> products;
  private final int[] demandOf;
  private final int[] productOf;
  private final boolean[] visited;

  private Matching(List<ProductDemand> demands, List<Product> products) {
    this.demands = demands;
    this.products = products;
    demandOf = new int[products.size()];
    productOf = new int[demands.size()];
    visited = new boolean[products.size()];
    Arrays.fill(demandOf, NOBODY);
    Arrays.fill(productOf, NOBODY);
  }

  /**
   * As many demands as possible with a product each.
   *
   * @return for each demand its product, if it gets one
   */
  static List<Optional<Product>> largest(List<ProductDemand> demands, List<Product> products) {
    var matching = new Matching(demands, products);
    for (int demand = 0; demand < demands.size(); demand++) {
      Arrays.fill(matching.visited, false);
      matching.augment(demand);
    }
    var result = new ArrayList<Optional<Product>>(demands.size());
    for (int product : matching.productOf) {
      result.add(product == NOBODY ? Optional.empty() : Optional.of(products.get(product)));
    }
    return result;
  }

  /** All demands with a product each, or nothing. */
  static Optional<List<Product>> complete(List<ProductDemand> demands, List<Product> products) {
    if (demands.size() > products.size()) {
      return Optional.empty();
    }
    var matched = largest(demands, products).stream().flatMap(Optional::stream).toList();
    return matched.size() == demands.size() ? Optional.of(matched) : Optional.empty();
  }

  private boolean augment(int demand) {
    for (int product = 0; product < products.size(); product++) {
      if (!visited[product] && products.get(product).fits(demands.get(demand))) {
        visited[product] = true;
        if (demandOf[product] == NOBODY || augment(demandOf[product])) {
          demandOf[product] = demand;
          productOf[demand] = product;
          return true;
        }
      }
    }
    return false;
  }
}
