package com.nokia.ci.tas.commons.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The products a test needs all at once, on one node: one demand for each product (guide, "Required
 * products expression"). Two requirements that are equal can be served by the same products, so
 * tests with equal requirements wait together.
 *
 * @param products in the order asked; empty for a test that needs a node only
 */
public record Requirement(List<ProductDemand> products) {
  /** Needs a node, no products. */
  public static final Requirement NO_PRODUCTS = new Requirement(List.of());

  public Requirement {
    products = List.copyOf(products);
  }

  @Override
  public String toString() {
    return products.size() == 1
        ? products.get(0).toString()
        : products.stream().map(ProductDemand::toString).collect(Collectors.joining(" and "));
  }
}
