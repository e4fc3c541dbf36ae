package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.Bond;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private LeftTest test = new LeftTest();

  @Override
  public Integer call() {
    return Following.follow(test, Bond.RESULTS, test.voice(spec), /* judge= */ false).number();
  }
}
