package com.nokia.ci.tas.client.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Gives back a product that was taken in hand. */
@Command(
    name = "give-back",
    description = "Gives back a product that was taken in hand: tests get it again at once.",
    footer = {
      "",
      "Example:",
      "  tas give-back --service farm.example.com:31415 --product 004402136230483",
      "",
      "Exit codes: 0 ordered, 2 wrong usage, 3 the service refuses, 5 it does not answer."
    })
final class GiveBackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ProductOption product = new ProductOption();
  @Mixin private OrderOption order = new OrderOption();

  @Override
  public Integer call() {
    return order.give(spec, order.body(), product.path("give-back"));
  }
}
