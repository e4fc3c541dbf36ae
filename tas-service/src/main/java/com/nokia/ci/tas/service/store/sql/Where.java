package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.Search;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * The condition of a search, so that an index that is ordered by number serves it: tests are
 * numbered in the order in which they ended, so that a time is a number.
 *
 * <p>Of what somebody may see, the newest of each project and the newest of one's own are looked
 * for by themselves, and the newest of all those are taken: no index is in the order of several
 * projects.
 */
final class Where {
  /** Whoever sees more projects than these finds enough among the newest tests. */
  private static final int MOST_PARTS = 100;

  /** By which of them the fewest tests are found, those first. */
  private static final List<Search.Aspect> RAREST_FIRST =
      List.of(
          Search.Aspect.ID,
          Search.Aspect.PRODUCT,
          Search.Aspect.NODE,
          Search.Aspect.OWNER,
          Search.Aspect.CLIENT,
          Search.Aspect.PROJECT,
          Search.Aspect.CODE,
          Search.Aspect.FAULT);

  private final Vendor vendor;
  private final Optional<Search.Aspect> rarest;
  private final List<String> clauses = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** Each a condition of its own, of which one must hold; empty: nothing is asked besides. */
  private final List<Part> parts = new ArrayList<>();

  private String tables = "ended_test";
  private String number = "ended_test.number";

  Where(Connection connection, Vendor vendor, Search search) throws SQLException {
    this.vendor = vendor;
    this.rarest = RAREST_FIRST.stream().filter(search.wanted()::containsKey).findFirst();
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
    boolean isByVerdict = rarest.filter(it -> it != Search.Aspect.PROJECT).isEmpty();
    String verdict = isByVerdict ? "verdict" : vendor.aside("verdict");
    search.verdict().ifPresent(it -> add(verdict + " = ?", SqlHistory.word(it)));
    search.scope().ifPresent(this::addScope);
  }

  /** A column by which tests are looked for, unless there are rarer ones. */
  private String column(Search.Aspect aspect, String name) {
    boolean isDecidedLater =
        rarest.filter(it -> RAREST_FIRST.indexOf(it) < RAREST_FIRST.indexOf(aspect)).isPresent();
    return isDecidedLater ? vendor.aside(name) : name;
  }

  /** A column and what it must have. */
  private record Part(String column, String value) {
    String clause() {
      return column + " = ?";
    }
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
    String project = column(Search.Aspect.PROJECT, "project");
    String owner = column(Search.Aspect.OWNER, "owner");
    scope.projects().forEach(name -> parts.add(new Part(project, name)));
    scope.owner().ifPresent(name -> parts.add(new Part(owner, name)));
    if (parts.isEmpty()) {
      clauses.add("1 = 0");
    }
  }

  private void add(String clause, Object value) {
    clauses.add(clause);
    values.add(value);
  }

  private String clause(Search.Aspect aspect) {
    return switch (aspect) {
      case ID -> "ended_test.id = ?";
      case PROJECT, OWNER, CLIENT, CODE, FAULT, NODE ->
          column(aspect, aspect.name().toLowerCase(Locale.ROOT)) + " = ?";
      case PRODUCT ->
          tables.startsWith("ended_test_product ")
              ? "imei = ?"
              : "ended_test.number in (select number from ended_test_product where imei = ?)";
    };
  }

  /** Asks for number and content of the tests, the newest first. */
  PreparedStatement tests(Connection connection, int limit) throws SQLException {
    if (parts.size() < 2 || parts.size() > MOST_PARTS) {
      return prepared(
          connection,
          "select ended_test.number, test from "
              + whole()
              + " order by "
              + number
              + " desc limit ?",
          with(wholeValues(), limit));
    }
    var newest = new StringJoiner(" union ");
    var all = new ArrayList<Object>();
    for (var part : parts) {
      newest.add(
          "select n from (select %s as n from %s where %s and %s order by %s desc limit ?) as part"
              .formatted(number, tables, String.join(" and ", clauses), part.clause(), number));
      all.addAll(values);
      all.add(SqlHistory.column(part.value()));
      all.add(limit);
    }
    return prepared(
        connection,
        "select ended_test.number, test from ("
            + newest
            + " order by n desc limit ?) as newest join ended_test on ended_test.number = newest.n"
            + " order by ended_test.number desc",
        with(all, limit));
  }

  private static List<Object> with(List<Object> some, Object last) {
    var all = new ArrayList<>(some);
    all.add(last);
    return all;
  }

  /** Asks how many tests there are. */
  PreparedStatement count(Connection connection) throws SQLException {
    return prepared(connection, "select count(*) from " + whole(), wholeValues());
  }

  private String whole() {
    String either =
        parts.stream().map(Part::clause).collect(Collectors.joining(" or ", " and (", ")"));
    return tables + " where " + String.join(" and ", clauses) + (parts.isEmpty() ? "" : either);
  }

  private List<Object> wholeValues() {
    var all = new ArrayList<>(values);
    parts.forEach(part -> all.add(SqlHistory.column(part.value())));
    return all;
  }

  private static PreparedStatement prepared(Connection connection, String sql, List<Object> values)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    try {
      int place = 1;
      for (Object value : values) {
        statement.setObject(place, value);
        place++;
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }
}
