package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says why a test waits and what would start it now. */
@Command(
    name = "why",
    description = {
      "Says why a test waits: its place, who has the products that fit and until when,",
      "what is wrong with the others, and what to change to have it started now."
    },
    footer = {
      "",
      "Example:",
      "  tas why --service farm.example.com:31415 --id nightly_7",
      "",
      "Exit codes: 0 told, 2 wrong usage, 3 the test does not wait or is not known,",
      "5 the service does not answer."
    })
final class WhyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private TestIdOption test = new TestIdOption();
  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    JsonNode why = service.pages().why(test.text());
    if (why.has("error")) {
      throw new CommandRefusal(ExitCode.REFUSED, why.path("error").asText());
    }
    json.print(spec, why, () -> String.join(System.lineSeparator(), new WhyText(why).lines()));
    return ExitCode.FINISHED.number();
  }
}
