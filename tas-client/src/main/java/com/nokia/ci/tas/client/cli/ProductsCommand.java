package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the products of a farm. */
@Command(
    name = "products",
    description = "Lists the products of a farm.",
    footer = {
      "",
      "Example:",
      "  tas products --service farm.example.com:31415",
      "",
      "Exit codes: 0 listed, 2 wrong usage, 5 the service does not answer."
    })
final class ProductsCommand implements Callable<Integer> {
  private static final List<String> MEMBERS =
      List.of("Imei", "RmCode", "Role", "Status", "StatusDetails", "Environment", "Hostname");
  private static final List<String> TITLES =
      List.of("IMEI", "RM code", "Role", "Status", "Details", "Environment", "Node");

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServiceOption service = new ServiceOption();

  @Override
  public Integer call() {
    var rows = new ArrayList<List<String>>();
    rows.add(TITLES);
    for (JsonNode product : service.pages().products()) {
      rows.add(MEMBERS.stream().map(member -> product.path(member).asText()).toList());
    }
    int[] widths =
        IntStream.range(0, TITLES.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    rows.forEach(row -> spec.commandLine().getOut().println(line(row, widths)));
    spec.commandLine().getOut().flush();
    return ExitCode.FINISHED.number();
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      line.append(String.format("%-" + (widths[column] + 2) + "s", row.get(column)));
    }
    return line.toString().stripTrailing();
  }
}
