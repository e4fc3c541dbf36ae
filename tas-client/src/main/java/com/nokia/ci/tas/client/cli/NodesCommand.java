package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the nodes of a farm. */
@Command(
    name = "nodes",
    description = {
      "Lists the test nodes of a farm: whether each is connected, its health (good, suspect,",
      "unsteady, drained, disabled), how many tests it runs, and what people have noted."
    },
    footer = {
      "",
      "Examples:",
      "  tas nodes --service farm.example.com:31415",
      "  tas nodes --service farm.example.com:31415 --watch",
      "",
      "Exit codes: 0 listed, 2 wrong usage, 5 the service does not answer."
    })
final class NodesCommand implements Callable<Integer> {
  private static final TextTable.Columns TABLE =
      new TextTable.Columns(
          "nodes",
          List.of("Node", "Condition", "Tests", "Health", "Description", "Details", "Note"),
          NodesCommand::row);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();
  @Mixin private Listing listing = new Listing();

  @Override
  public Integer call() {
    return listing.print(spec, service, ServicePages::nodes, TABLE, "node,test");
  }

  private static List<String> row(JsonNode node) {
    return List.of(
        node.path("hostname").asText() + ":" + node.path("port").asText(),
        node.path("condition").asText(),
        node.path("tests").size() + " of " + node.path("maximalTests").asText(),
        node.path("health").path("state").asText(),
        node.path("description").asText(),
        details(node),
        note(node.path("health")));
  }

  /** Why no test gets it; of one that gets tests, what is wrong with it all the same. */
  private static String details(JsonNode node) {
    String remark = node.path("remark").asText();
    return remark.isEmpty() ? node.path("tooOld").asText() : remark;
  }

  /** What people have noted, and who. */
  static String note(JsonNode health) {
    JsonNode note = health.path("note");
    return note.isMissingNode()
        ? ""
        : note.path("text").asText() + " (" + note.path("who").asText() + ")";
  }
}
