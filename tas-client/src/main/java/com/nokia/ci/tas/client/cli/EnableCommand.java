package com.nokia.ci.tas.client.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Gives a product or a node back to tests. */
@Command(
    name = "enable",
    description = {
      "Gives a product or a node back to tests, whoever took it out of use, a person or the farm.",
      "What its node says against it, a broken product file for example, has to be put right there."
    },
    footer = {
      "",
      "Example:",
      "  tas enable --service farm.example.com:31415 --product 004402136230483 \\",
      "    --why \"new glass\"",
      "",
      "Exit codes: 0 ordered, 2 wrong usage, 3 the service refuses, 5 it does not answer."
    })
final class EnableCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TargetOption target = new TargetOption();
  @Mixin private OrderOption order = new OrderOption();

  @Override
  public Integer call() {
    return order.give(spec, order.body(), target.path("enable"));
  }
}
