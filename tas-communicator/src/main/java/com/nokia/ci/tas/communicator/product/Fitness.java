package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProductStatus;
import java.util.Objects;
import java.util.Optional;

/**
 * What the health test of a node says of a product. One that is being tested or is sick is out of
 * use.
 *
 * @param details why it is out of use; empty: it is fit, as far as the health test knows
 */
public record Fitness(Optional<String> details) {
  /** Nothing stands against it. */
  public static final Fitness FIT = new Fitness(Optional.empty());

  /** It is being tested. */
  public static final Fitness TESTED = new Fitness(Optional.of("health test runs"));

  private static final String PREFIX = "health test ";

  public Fitness {
    Objects.requireNonNull(details, "details");
  }

  /** The last health test has failed. */
  public static Fitness sick(String why) {
    return new Fitness(Optional.of(PREFIX + "failed: " + why));
  }

  /** Whether a product is out of use because of its health test and of nothing else. */
  public static boolean isShownBy(ProductDescription product) {
    return product.status() == ProductStatus.DISABLED && isOfHealth(product.statusDetails());
  }

  /** Whether status details say that a health test keeps a product out of use. */
  static boolean isOfHealth(String details) {
    return details.startsWith(PREFIX);
  }
}
