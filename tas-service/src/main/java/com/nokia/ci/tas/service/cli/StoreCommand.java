package com.nokia.ci.tas.service.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with the store of a farm while no service has it. */
@Command(
    name = "tas store",
    mixinStandardHelpOptions = true,
    description = "Looks after the store of a farm while its service does not run.")
final class StoreCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: copy FROM TO");
  }
}
