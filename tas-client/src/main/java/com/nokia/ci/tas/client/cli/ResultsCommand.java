package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.Bond;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gets the results of a test that was started with {@code --detach} and has ended. */
@Command(
    name = "results",
    description = {
      "Gets the results of a test that was started with --detach and has ended, any number of times,",
      "as long as its node keeps them."
    },
    footer = {
      "",
      "Example:",
      "  tas results --service farm.example.com:31415 --id nightly_7 --results-dir results",
      "",
      "Exit codes: those of start for the test; 3 there is no such test that has ended."
    })
final class ResultsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();

  @Option(names = "--id", required = true, paramLabel = "ID", description = "Name of the test.")
  private String id = "";

  @Option(
      names = "--results-dir",
      paramLabel = "DIR",
      description = "Directory that gets the results (default: here).")
  private Path results = Path.of("");

  @Option(names = "--json", description = "Print one JSON object for each event.")
  private boolean json;

  @Override
  public Integer call() {
    var line = spec.commandLine();
    var voice = new Voice(line.getOut(), line.getErr(), json, Voice.isTerminal());
    return Following.follow(service, id, Bond.RESULTS, results, voice, /* judge= */ false).number();
  }
}
