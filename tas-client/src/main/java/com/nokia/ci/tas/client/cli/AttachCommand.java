package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.Bond;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Follows a test that was started with {@code --detach}. */
@Command(
    name = "attach",
    description = {
      "Follows a test that was started with --detach: shows its whole output from the beginning and",
      "gets its results when it has ended. Interrupting this command lets the test go on."
    },
    footer = {
      "",
      "Example:",
      "  tas attach --service farm.example.com:31415 --id nightly_7 --results-dir results",
      "",
      "Exit codes: those of start for the test; 3 there is no such test to follow,",
      "130 interrupted."
    })
final class AttachCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LeftTest test = new LeftTest();

  @Option(
      names = "--judge",
      description = "The exit code is 0 with verdict PASS only, reports in the results included.")
  private boolean judge;

  @Override
  public Integer call() {
    return Following.follow(test, Bond.ATTACH, test.voice(spec), judge).number();
  }
}
