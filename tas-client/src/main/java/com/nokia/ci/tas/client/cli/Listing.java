package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a list of the service is printed: as a table, or as it came. */
final class Listing {
  @Option(names = "--json", description = "Print the answer of the service as it is.")
  private boolean json;

  /**
   * Prints a list.
   *
   * @param answer of the service
   * @param member of the answer that holds the list
   * @param titles of the columns
   * @param row the cells of one element
   * @return the exit code
   */
  int print(
      CommandSpec spec,
      JsonNode answer,
      String member,
      List<String> titles,
      Function<JsonNode, List<String>> row) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.toPrettyString());
      out.flush();
    } else {
      var table = new TextTable(titles);
      answer.path(member).forEach(element -> table.add(row.apply(element)));
      table.print(out);
    }
    return ExitCode.FINISHED.number();
  }
}
