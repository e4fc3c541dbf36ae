package com.nokia.ci.tas.client.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes a product or a node out of use. */
@Command(
    name = "disable",
    description = {
      "Takes a product or a node out of use: what runs on it goes on, no other test gets it or waits",
      "for it. It stays so, through restarts of everything, until it is enabled."
    },
    footer = {
      "",
      "Example:",
      "  tas disable --service farm.example.com:31415 --product 004402136230483 \\",
      "    --why \"glass broken\"",
      "",
      "Exit codes: 0 ordered, 2 wrong usage, 3 the service refuses, 5 it does not answer."
    })
final class DisableCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TargetOption target = new TargetOption();
  @Mixin private Lasting lasting = new Lasting();
  @Mixin private OrderOption order = new OrderOption();

  @Override
  public Integer call() {
    var body = order.body();
    lasting.addTo(body);
    return order.give(spec, body, target.path("disable"));
  }
}
