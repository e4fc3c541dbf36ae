package com.nokia.ci.tas.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Rows of text in columns as wide as what is in them. */
final class TextTable {
  /**
   * A list of the service as a table.
   *
   * @param member of the answer that holds the list
   * @param titles of the columns
   * @param row the cells of one element
   */
  record Columns(String member, List<String> titles, Function<JsonNode, List<String>> row) {

    /** What people see of an answer. */
    String of(JsonNode answer) {
      var table = new TextTable(titles);
      answer.path(member).forEach(element -> table.add(row.apply(element)));
      return String.join(System.lineSeparator(), table.lines());
    }
  }

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(List<String> titles) {
    rows.add(titles);
  }

  void add(List<String> row) {
    rows.add(row);
  }

  /** Its lines, the titles first. */
  List<String> lines() {
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int... widths) {
    var line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      line.append(row.get(column))
          .append(" ".repeat(widths[column] + 2 - row.get(column).length()));
    }
    return line.toString().stripTrailing();
  }
}
