package com.nokia.ci.tas.client.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Notes something on a product or a node. */
@Command(
    name = "note",
    description = {
      "Notes the text of --why on a product or a node, for whoever looks at it; an empty text removes",
      "the note that is there."
    },
    footer = {
      "",
      "Example:",
      "  tas note --service farm.example.com:31415 --product 004402136230483 \\",
      "    --why \"cable replaced in May\"",
      "",
      "Exit codes: 0 ordered, 2 wrong usage, 3 the service refuses, 5 it does not answer."
    })
final class NoteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TargetOption target = new TargetOption();
  @Mixin private OrderOption order = new OrderOption();

  @Override
  public Integer call() {
    return order.give(spec, order.body(), target.path("note"));
  }
}
