package com.nokia.ci.tas.client.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has a product or a node given no new tests. */
@Command(
    name = "drain",
    description = {
      "Gives a product or a node no new tests, while those that need it wait: before work on it.",
      "What runs on it goes on. It stays so, through restarts of everything, until it is enabled."
    },
    footer = {
      "",
      "Example:",
      "  tas drain --service farm.example.com:31415 --node rack4.example.com:27182 \\",
      "    --why \"new disk\"",
      "",
      "Exit codes: 0 ordered, 2 wrong usage, 3 the service refuses, 5 it does not answer."
    })
final class DrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TargetOption target = new TargetOption();
  @Mixin private Lasting lasting = new Lasting();
  @Mixin private OrderOption order = new OrderOption();

  @Override
  public Integer call() {
    var body = order.body();
    lasting.addTo(body);
    return order.give(spec, body, target.path("drain"));
  }
}
