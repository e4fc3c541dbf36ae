package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the manual pages of all commands, for packages. */
@Command(
    name = "manual",
    description = "Writes the manual pages of all commands, for man(1).",
    footer = {
      "",
      "Example:",
      "  tas manual --directory /usr/local/share/man/man1",
      "",
      "Exit codes: 0 written, 2 wrong usage."
    })
final class ManualCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--directory",
      required = true,
      paramLabel = "DIR",
      description = "Gets a file for each command.")
  private Path directory = Path.of("");

  @Override
  public Integer call() {
    CommandLine all = spec.root().commandLine();
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("tas.1"), ManualPage.of(all.getCommandSpec()));
      for (var command : all.getSubcommands().entrySet()) {
        Files.writeString(
            directory.resolve("tas-" + command.getKey() + ".1"),
            ManualPage.of(command.getValue().getCommandSpec()));
      }
    } catch (IOException e) {
      throw new SettingsException("the manual cannot be written to " + directory + ": " + e, e);
    }
    return ExitCode.FINISHED.number();
  }
}
