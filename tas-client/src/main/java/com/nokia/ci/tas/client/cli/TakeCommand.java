package com.nokia.ci.tas.client.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes a product in hand. */
@Command(
    name = "take",
    description = {
      "Takes a product in hand for a time: no test gets it, tests that need it wait. It comes back by",
      "itself when the time is over."
    },
    footer = {
      "",
      "Example:",
      "  tas take --service farm.example.com:31415 --product 004402136230483 \\",
      "    --for 2h --why \"trying the new modem\"",
      "",
      "Exit codes: 0 ordered, 2 wrong usage, 3 the service refuses, 5 it does not answer."
    })
final class TakeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ProductOption product = new ProductOption();
  @Mixin private Lasting lasting = new Lasting();
  @Mixin private OrderOption order = new OrderOption();

  @Override
  public Integer call() {
    var body = order.body();
    lasting.addTo(body);
    return order.give(spec, body, product.path("take"));
  }
}
