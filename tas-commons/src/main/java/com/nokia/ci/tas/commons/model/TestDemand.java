package com.nokia.ci.tas.commons.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a test asks of the farm (guide, "Target" to "Required products").
 *
 * @param target products or emulation
 * @param releasingMode who gives the products back
 * @param disconnectionTimeout how long a reserved product may be gone before the test fails; zero:
 *     not said
 * @param expression the required-products expression as written, empty when the list is used
 * @param requiredProducts the explicit list, one description for each product
 */
public record TestDemand(
    Target target,
    ReleasingMode releasingMode,
    Duration disconnectionTimeout,
    String expression,
    List<ProductDescription> requiredProducts) {

  /** Nothing said: flash, automatic, no products named. */
  public static final TestDemand NOTHING =
      new TestDemand(Target.FLASH, ReleasingMode.AUTOMATIC, Duration.ZERO, "", List.of());

  public TestDemand {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(releasingMode, "releasingMode");
    Objects.requireNonNull(disconnectionTimeout, "disconnectionTimeout");
    Objects.requireNonNull(expression, "expression");
    requiredProducts = List.copyOf(requiredProducts);
  }
}
