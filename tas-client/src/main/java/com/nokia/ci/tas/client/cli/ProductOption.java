package com.nokia.ci.tas.client.cli;

import picocli.CommandLine.Option;

/** The product that an order is about. */
final class ProductOption {
  @Option(names = "--product", required = true, paramLabel = "IMEI", description = "The product.")
  private String product = "";

  /** The path of an order about it. */
  String[] path(String verb) {
    return new String[] {"products", product.strip(), verb};
  }
}
