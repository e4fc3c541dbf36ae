package com.nokia.ci.tas.client.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete the commands and options. */
@Command(
    name = "completion",
    description = "Prints a script that makes bash and zsh complete commands and options.",
    footer = {
      "",
      "Example:",
      "  source <(tas completion)",
      "",
      "Exit codes: 0 printed, 2 wrong usage."
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("tas", spec.root().commandLine()));
    out.flush();
    return ExitCode.FINISHED.number();
  }
}
