package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** How a list of the service is printed: as a table, or as it came. */
final class Listing {
  @Mixin private JsonOption json = new JsonOption();

  JsonOption json() {
    return json;
  }

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
    json.print(
        spec,
        answer,
        () -> {
          var table = new TextTable(titles);
          answer.path(member).forEach(element -> table.add(row.apply(element)));
          return String.join(System.lineSeparator(), table.lines());
        });
    return ExitCode.FINISHED.number();
  }
}
