package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the tests that wait. */
@Command(
    name = "queue",
    description = "Lists the tests that wait, in their order, and what each waits for.",
    footer = {
      "",
      "Examples:",
      "  tas queue --service farm.example.com:31415",
      "  tas queue --service farm.example.com:31415 --watch",
      "",
      "Exit codes: 0 listed, 2 wrong usage, 5 the service does not answer."
    })
final class QueueCommand implements Callable<Integer> {
  private static final TextTable.Columns TABLE =
      new TextTable.Columns(
          "tests", List.of("Place", "Test", "Priority", "Waits for"), QueueCommand::row);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private Listing listing = new Listing();

  @Override
  public Integer call() {
    return listing.print(spec, service, ServicePages::queue, TABLE, "test,product,node");
  }

  private static List<String> row(JsonNode test) {
    return List.of(
        test.path("place").asText(),
        test.path("id").asText() + test.path("subId").asText(),
        test.path("priority").asText("0"),
        test.path("waitingFor").asText(test.path("statusDetails").asText()));
  }
}
