package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete the commands and options. */
@Command(
    name = "completion",
    description = {
      "Prints a script that makes bash and zsh complete commands and options; with --json all",
      "commands and their options, for other shells and editors."
    },
    footer = {
      "",
      "Example:",
      "  source <(tas completion)",
      "",
      "Exit codes: 0 printed, 2 wrong usage."
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    var all = spec.root();
    ObjectNode answer = JsonOption.object();
    commands(all, answer.putArray("commands"));
    json.print(spec, answer, () -> AutoComplete.bash("tas", all.commandLine()));
    return ExitCode.FINISHED.number();
  }

  private static void commands(CommandSpec above, ArrayNode list) {
    for (var line : above.subcommands().values()) {
      CommandSpec command = line.getCommandSpec();
      var one =
          list.addObject()
              .put("name", command.qualifiedName())
              .put("description", String.join(" ", command.usageMessage().description()));
      var options = one.putArray("options");
      for (var option : command.options()) {
        var entry = options.addObject().put("description", String.join(" ", option.description()));
        var names = entry.putArray("names");
        for (String name : option.names()) {
          names.add(name);
        }
        if (option.arity().max() > 0) {
          entry.put("value", option.paramLabel());
        }
      }
      commands(command, list);
    }
  }
}
