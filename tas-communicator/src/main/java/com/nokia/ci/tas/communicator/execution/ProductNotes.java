package com.nokia.ci.tas.communicator.execution;

/** The files in a workspace that tell the executor of its products. */
final class ProductNotes {
  /** All reserved products, secrets included. */
  static final String ALL = "products.json";

  private ProductNotes() {}
}
