package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.Search;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The condition of a search, so that an index that is ordered by number serves it: tests are
 * numbered in the order in which they ended, so that a time is a number.
 */
final class Where {
  private final List<String> clauses = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private String tables = "ended_test";
  private String number = "ended_test.number";

  Where(Connection connection, Vendor vendor, Search search) throws SQLException {
    if (search.text().isPresent()) {
      var sample = TextSample.below(connection, search.below());
      addText(vendor.textSearch(SqlHistory.column(search.text().get()), sample));
    }
    var product = search.wanted().get(Search.Aspect.PRODUCT);
    if (product != null && search.text().isEmpty()) {
      tables =
          "ended_test_product join ended_test on ended_test.number = ended_test_product.number";
      number = "ended_test_product.number";
    }
    long below = search.below();
    if (search.before().isPresent()) {
      below = Math.min(below, first(connection, search.before().get().toEpochMilli()));
    }
    add(number + " < ?", below);
    if (search.since().isPresent()) {
      add(number + " >= ?", first(connection, search.since().get().toEpochMilli()));
    }
    search.wanted().forEach((aspect, value) -> add(clause(aspect), SqlHistory.column(value)));
    search.verdict().ifPresent(verdict -> add("verdict = ?", SqlHistory.word(verdict)));
    search.scope().ifPresent(this::addScope);
  }

  /** The smallest number of a test that ended then or later. */
  private static long first(Connection connection, long time) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "select number from ended_test where ended >= ? order by ended, number limit 1")) {
      select.setLong(1, time);
      try (var rows = select.executeQuery()) {
        return rows.next() ? rows.getLong(1) : Long.MAX_VALUE;
      }
    }
  }

  private void addText(Vendor.TextSearch search) {
    tables = search.tables();
    number = search.number();
    clauses.add(search.clause());
    values.addAll(search.values());
  }

  private void addScope(Search.Scope scope) {
    var projects = List.copyOf(scope.projects());
    String owned = scope.owner().isPresent() ? "owner = ?" : "1 = 0";
    String marks = String.join(", ", Collections.nCopies(projects.size(), "?"));
    clauses.add(projects.isEmpty() ? owned : "(project in (" + marks + ") or " + owned + ")");
    projects.forEach(project -> values.add(SqlHistory.column(project)));
    scope.owner().ifPresent(owner -> values.add(SqlHistory.column(owner)));
  }

  private void add(String clause, Object value) {
    clauses.add(clause);
    values.add(value);
  }

  private String clause(Search.Aspect aspect) {
    return switch (aspect) {
      case ID -> "ended_test.id = ?";
      case PROJECT -> "project = ?";
      case OWNER -> "owner = ?";
      case CLIENT -> "client = ?";
      case CODE -> "code = ?";
      case FAULT -> "fault = ?";
      case NODE -> "node = ?";
      case PRODUCT ->
          tables.startsWith("ended_test_product ")
              ? "imei = ?"
              : "ended_test.number in (select number from ended_test_product where imei = ?)";
    };
  }

  String tables() {
    return tables;
  }

  String text() {
    return String.join(" and ", clauses);
  }

  /** By which the newest come first. */
  String order() {
    return number;
  }

  /** Sets the values and tells the place behind them. */
  int set(PreparedStatement statement) throws SQLException {
    int place = 1;
    for (Object value : values) {
      statement.setObject(place, value);
      place++;
    }
    return place;
  }
}
