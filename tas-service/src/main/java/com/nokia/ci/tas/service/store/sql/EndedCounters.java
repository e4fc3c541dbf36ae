package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.store.Search;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many tests of history ended how and for which reason, kept beside them and changed in the
 * same transaction: to count a million by going through them takes too long for a page.
 */
final class EndedCounters {
  private static final Set<Search.Aspect> COUNTED =
      EnumSet.of(Search.Aspect.CODE, Search.Aspect.FAULT);

  private final Map<List<String>, Long> changes = new TreeMap<>(EndedCounters::compare);

  /** A sum of counters. */
  record Sum(List<String> clauses, List<String> values) {
    long sum(Connection connection) throws SQLException {
      String where = clauses.isEmpty() ? "" : " where " + String.join(" and ", clauses);
      try (var select =
          connection.prepareStatement("select coalesce(sum(tests), 0) from ended_count" + where)) {
        for (int i = 0; i < values.size(); i++) {
          select.setString(i + 1, values.get(i));
        }
        try (var rows = select.executeQuery()) {
          rows.next();
          return rows.getLong(1);
        }
      }
    }
  }

  /** The sum that answers how many tests suit a search; empty when none does. */
  static Optional<Sum> suiting(Search search) {
    boolean isCounted =
        COUNTED.containsAll(search.wanted().keySet())
            && search.text().isEmpty()
            && search.scope().isEmpty()
            && search.since().isEmpty()
            && search.before().isEmpty()
            && search.below() == Long.MAX_VALUE;
    if (!isCounted) {
      return Optional.empty();
    }
    var clauses = new ArrayList<String>();
    var values = new ArrayList<String>();
    search
        .wanted()
        .forEach(
            (aspect, value) -> {
              clauses.add(aspect == Search.Aspect.CODE ? "code = ?" : "fault = ?");
              values.add(SqlHistory.column(value));
            });
    search
        .verdict()
        .ifPresent(
            verdict -> {
              clauses.add("verdict = ?");
              values.add(SqlHistory.word(verdict));
            });
    return Optional.of(new Sum(clauses, values));
  }

  /** Counts tests that were added. */
  static void add(Connection connection, List<EndedTest> tests) throws SQLException {
    var counters = new EndedCounters();
    for (var test : tests) {
      counters.change(
          SqlHistory.word(test.verdict()),
          test.reason().map(reason -> reason.fault().text()).orElse(""),
          SqlHistory.column(test.reason().map(Reason::code).orElse("")),
          1);
    }
    counters.write(connection);
  }

  /** One less. */
  void drop(String verdict, String fault, String code) {
    change(verdict, fault, code, -1);
  }

  private void change(String verdict, String fault, String code, long by) {
    changes.merge(List.of(verdict, fault, code), by, Long::sum);
  }

  /** Writes what was counted. */
  void write(Connection connection) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    try (var upsert =
        connection.prepareStatement(
            "insert into ended_count (verdict, fault, code, tests) values (?, ?, ?, ?)"
                + " on conflict (verdict, fault, code)"
                + " do update set tests = ended_count.tests + excluded.tests")) {
      for (var change : changes.entrySet()) {
        upsert.setString(1, change.getKey().get(0));
        upsert.setString(2, change.getKey().get(1));
        upsert.setString(3, change.getKey().get(2));
        upsert.setLong(4, change.getValue());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
    changes.clear();
  }

  /** Always in the same order, so that two that write never wait for each other. */
  private static int compare(List<String> one, List<String> other) {
    return String.join("\0", one).compareTo(String.join("\0", other));
  }
}
