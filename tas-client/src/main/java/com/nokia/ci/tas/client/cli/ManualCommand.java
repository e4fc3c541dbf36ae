package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = "--directory",
      required = true,
      paramLabel = "DIR",
      description = "Gets a file for each command.")
  private Path directory = Path.of("");

  @Override
  public Integer call() {
    var written = new ArrayList<Path>();
    try {
      Files.createDirectories(directory);
      write(spec.root(), written);
    } catch (IOException e) {
      throw new SettingsException("the manual cannot be written to " + directory + ": " + e, e);
    }
    var answer = JsonOption.object();
    var pages = answer.putArray("pages");
    written.forEach(page -> pages.add(page.toString()));
    json.print(spec, answer, () -> written.size() + " pages are in " + directory);
    return ExitCode.FINISHED.number();
  }

  private void write(CommandSpec command, List<Path> written) throws IOException {
    Path page = directory.resolve(command.qualifiedName("-") + ".1");
    Files.writeString(page, ManualPage.of(command));
    written.add(page);
    for (var line : command.subcommands().values()) {
      write(line.getCommandSpec(), written);
    }
  }
}
