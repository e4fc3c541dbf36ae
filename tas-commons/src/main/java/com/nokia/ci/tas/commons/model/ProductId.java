package com.nokia.ci.tas.commons.model;

import java.util.Objects;

/**
 * A product of the farm, known by its IMEI (guide, "IMEI number").
 *
 * @param imei not empty for a product that exists; empty in a description that only asks for one
 */
public record ProductId(String imei) implements Comparable<ProductId> {
  public ProductId {
    Objects.requireNonNull(imei, "imei");
  }

  @Override
  public int compareTo(ProductId other) {
    return imei.compareTo(other.imei);
  }

  @Override
  public String toString() {
    return imei;
  }
}
