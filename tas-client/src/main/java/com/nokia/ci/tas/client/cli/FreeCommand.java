package com.nokia.ci.tas.client.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes a product from whoever has it. */
@Command(
    name = "free",
    description = {
      "Takes a product from whoever has it: one that was kept after its test is free at once; a run",
      "that uses it is told to end, its test is started again, and the product is free when it has."
    },
    footer = {
      "",
      "Example:",
      "  tas free --service farm.example.com:31415 --product 004402136230483 \\",
      "    --why \"forgotten since Friday\"",
      "",
      "Exit codes: 0 ordered, 2 wrong usage, 3 the service refuses, 5 it does not answer."
    })
final class FreeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ProductOption product = new ProductOption();
  @Mixin private OrderOption order = new OrderOption();

  @Override
  public Integer call() {
    return order.give(spec, order.body(), product.path("free"));
  }
}
