package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.Endpoint;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The product or the node that an order is about. */
final class TargetOption {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private Choice choice = new Choice();

  /** One of them. */
  private static final class Choice {
    @Option(names = "--product", paramLabel = "IMEI", description = "The product.")
    private String product = "";

    @Option(
        names = "--node",
        paramLabel = "HOST:PORT",
        converter = ServiceOption.EndpointConverter.class,
        description = "The test node, as the service lists it.")
    private Endpoint node = Endpoint.UNKNOWN;
  }

  /** The path of an order about it. */
  String[] path(String verb) {
    return choice.product.isBlank()
        ? new String[] {"nodes", choice.node.toString(), verb}
        : new String[] {"products", choice.product.strip(), verb};
  }
}
