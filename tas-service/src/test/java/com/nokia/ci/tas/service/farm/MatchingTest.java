package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.service.farm.Cast.NODE_1;
import static com.nokia.ci.tas.service.farm.Cast.SERVICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** As many demands as possible get a product of their own. */
final class MatchingTest {

  @Test
  void noOtherAssignmentServesMoreDemands() {
    var random = new Random(11);
    for (int round = 0; round < 2_000; round++) {
      var products = new ArrayList<Product>();
      for (int i = random.nextInt(6); i > 0; i--) {
        products.add(product(products.size(), random));
      }
      var demands = new ArrayList<ProductDemand>();
      for (int i = random.nextInt(5); i > 0; i--) {
        demands.add(demand(random));
      }

      var matched = Matching.largest(demands, products);

      assertEquals(
          Invariants.most(demands, products), matched.stream().flatMap(Optional::stream).count());
      var used = new HashSet<>();
      for (int i = 0; i < demands.size(); i++) {
        var demand = demands.get(i);
        matched
            .get(i)
            .ifPresent(
                product -> {
                  assertTrue(product.fits(demand));
                  assertTrue(used.add(product.id()));
                });
      }
    }
  }

  @Test
  void productsThatComeFirstAreTakenFirst() {
    var random = new Random(3);
    var products = List.of(product(0, random), product(1, random), product(2, random));

    var matched = Matching.largest(List.of(Cast.demand()), products);

    assertEquals(products.get(0).id(), matched.get(0).orElseThrow().id());
  }

  private static Product product(int number, Random random) {
    return Product.reported(
        NODE_1.id(),
        Cast.phone(number, "RM-" + random.nextInt(3))
            .with(ProductAttribute.ENVIRONMENT, "E-" + random.nextInt(2)),
        SERVICE);
  }

  private static ProductDemand demand(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Cast.demand("rm-code", "RM-" + random.nextInt(3));
      case 1 -> Cast.demand("environment", "E-" + random.nextInt(2));
      default -> Cast.demand();
    };
  }
}
