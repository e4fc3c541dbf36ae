package com.nokia.ci.tas.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Search;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** History as a file, the last ended first, read and sent a portion at a time. */
final class HistoryExport implements Piecewise {
  private static final int PORTION = 200;

  private static final List<String> COLUMNS =
      List.of(
          "number",
          "id",
          "project",
          "owner",
          "client",
          "verdict",
          "fault",
          "code",
          "sentence",
          "attempts",
          "node",
          "products",
          "received",
          "reserved",
          "started",
          "ended");

  /** Lines of JSON, a test each, as in the list of tests. */
  static final Form LINES =
      new Form(
          "application/x-ndjson; charset=utf-8",
          "history.jsonl",
          "",
          json -> json.toString() + "\n");

  /** A table with commas as RFC 4180 has it, with a line of names. */
  static final Form TABLE =
      new Form(
          "text/csv; charset=utf-8; header=present",
          "history.csv",
          String.join(",", COLUMNS) + "\r\n",
          HistoryExport::row);

  /**
   * What a file looks like.
   *
   * @param type of the medium
   * @param filename that a browser offers
   * @param head what comes first
   * @param line a test
   */
  record Form(String type, String filename, String head, Function<ObjectNode, String> line) {}

  private final History history;
  private final Search search;
  private final Form form;
  private boolean isBegun;
  private long below = Long.MAX_VALUE;
  private boolean isOver;

  HistoryExport(History history, Search search, Form form) {
    this.history = history;
    this.search = search;
    this.form = form;
  }

  @Override
  public Optional<Piece> next() {
    if (isOver) {
      return Optional.empty();
    }
    var text = new StringBuilder(isBegun ? "" : form.head());
    isBegun = true;
    var portion = history.find(search.below(below).atMost(PORTION));
    for (var entry : portion) {
      text.append(form.line().apply(TestDesk.json(entry)));
      below = entry.number();
    }
    isOver = portion.size() < PORTION;
    return text.length() == 0 ? Optional.empty() : Optional.of(Piece.of(text.toString()));
  }

  @Override
  public boolean isOver() {
    return isOver;
  }

  @Override
  public boolean takesTime() {
    return true;
  }

  @Override
  public void onMore(Runnable wake) {
    // There is always more until it is over.
  }

  @Override
  public void close() {
    // Holds nothing between two portions.
  }

  private static String row(ObjectNode test) {
    return COLUMNS.stream()
            .map(column -> cell(value(test, column)))
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  private static String value(ObjectNode test, String column) {
    return switch (column) {
      case "fault", "code", "sentence" -> test.path("reason").path(column).asText("");
      case "products" ->
          test.path("reservedProducts").findValues("imei").stream()
              .map(JsonNode::asText)
              .collect(Collectors.joining(" "));
      default -> test.path(column).asText("");
    };
  }

  /** Programs for tables take what begins with one of these for a formula, and may run it. */
  static String cell(String value) {
    String harmless =
        !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    boolean isPlain =
        harmless.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
  }
}
