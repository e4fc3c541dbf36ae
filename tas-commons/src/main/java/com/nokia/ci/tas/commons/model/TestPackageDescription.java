package com.nokia.ci.tas.commons.model;

import java.util.List;
import java.util.Objects;

/**
 * A part of a test that can run on a product set of its own, beside the other parts.
 *
 * @param id name of the package
 * @param expression required-products expression of this package; empty: that of the test
 * @param files further artifacts that this package needs
 */
public record TestPackageDescription(String id, String expression, List<String> files) {
  public TestPackageDescription {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(expression, "expression");
    files = List.copyOf(files);
  }
}
