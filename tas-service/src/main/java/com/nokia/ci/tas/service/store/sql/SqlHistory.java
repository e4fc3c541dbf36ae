package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.commons.model.NodeId;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.store.Brief;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Search;
import com.nokia.ci.tas.service.store.json.RecordCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The ended tests: a row each, with a column for whatever can be asked for, and the whole as JSON.
 */
final class SqlHistory implements History {
  private static final RecordCodec<EndedTest> CODEC = RecordCodec.text(EndedTest.class);
  private static final int LONGEST = 1000;
  private static final int FETCHED = 1_000;

  private final Vendor vendor;
  private final Readers readers;

  SqlHistory(Vendor vendor, Readers readers) {
    this.vendor = vendor;
    this.readers = readers;
  }

  // ---- writing

  /** Adds tests, the first with this number. */
  static void insert(Connection connection, Vendor vendor, long number, List<EndedTest> tests)
      throws SQLException {
    if (tests.isEmpty()) {
      return;
    }
    try (var insert =
            connection.prepareStatement(
                "insert into ended_test (number, id, project, owner, client, verdict, code, fault,"
                    + " attempts, node, received, reserved, started, ended, test, products, wanted)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        var products =
            connection.prepareStatement(
                "insert into ended_test_product (imei, number) values (?, ?)")) {
      long next = number;
      for (var test : tests) {
        set(insert, next, test);
        insert.addBatch();
        for (String imei : products(test)) {
          products.setString(1, imei);
          products.setLong(2, next);
          products.addBatch();
        }
        next++;
      }
      insert.executeBatch();
      products.executeBatch();
    }
    vendor.textAdded(connection, number, number + tests.size());
    EndedCounters.add(connection, tests);
  }

  private static void set(PreparedStatement insert, long number, EndedTest test)
      throws SQLException {
    var origin = test.test().origin();
    var times = test.times();
    insert.setLong(1, number);
    insert.setString(2, column(test.test().id().test().value()));
    insert.setString(3, column(origin.project().map(ProjectId::value).orElse("")));
    insert.setString(4, column(origin.owner().map(UserId::value).orElse("")));
    insert.setString(5, column(test.client().toString()));
    insert.setString(6, word(test.verdict()));
    insert.setString(7, column(test.reason().map(Reason::code).orElse("")));
    insert.setString(8, test.reason().map(reason -> reason.fault().text()).orElse(""));
    insert.setInt(9, test.attempts());
    insert.setString(10, column(test.node().map(NodeId::toString).orElse("")));
    insert.setLong(11, times.received().toEpochMilli());
    set(insert, 12, times.reserved());
    set(insert, 13, times.started());
    insert.setLong(14, times.ended().toEpochMilli());
    insert.setString(15, CODEC.textOf(test));
    insert.setInt(16, products(test).size());
    insert.setString(17, column(test.test().demand().expression()));
  }

  private static void set(PreparedStatement insert, int place, Optional<Instant> time)
      throws SQLException {
    if (time.isPresent()) {
      insert.setLong(place, time.get().toEpochMilli());
    } else {
      insert.setNull(place, Types.BIGINT);
    }
  }

  private static Set<String> products(EndedTest test) {
    var products = new LinkedHashSet<String>();
    for (ProductDescription product : test.test().progress().reservedProducts()) {
      products.add(column(product.id().imei()));
    }
    return products;
  }

  /** As it is looked for; PostgreSQL takes no zero character. */
  static String column(String value) {
    String whole = value.replace('\0', ' ');
    return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST);
  }

  static String word(EndedTest.Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  static int dropBefore(Connection connection, Vendor vendor, long ended, int most)
      throws SQLException {
    try (var select =
            connection.prepareStatement(
                "select number, verdict, fault, code from ended_test where ended < ?"
                    + " order by ended limit "
                    + most);
        var product =
            connection.prepareStatement("delete from ended_test_product where number = ?");
        var test = connection.prepareStatement("delete from ended_test where number = ?")) {
      select.setLong(1, ended);
      var counters = new EndedCounters();
      int dropped = 0;
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          long number = rows.getLong(1);
          vendor.textDropped(connection, number);
          counters.drop(rows.getString(2), rows.getString(3), rows.getString(4));
          product.setLong(1, number);
          product.addBatch();
          test.setLong(1, number);
          test.addBatch();
          dropped++;
        }
      }
      counters.write(connection);
      product.executeBatch();
      test.executeBatch();
      return dropped;
    }
  }

  // ---- reading

  @Override
  public List<Entry> find(Search search) {
    return readers.read("searching history", connection -> find(connection, search));
  }

  @Override
  public long count(Search search) {
    return readers.read("searching history", connection -> count(connection, search));
  }

  @Override
  public void forEach(Instant since, Instant before, Consumer<Brief> taker) {
    readers.read(
        "counting history",
        connection -> {
          forEach(connection, since, before, taker);
          return true;
        });
  }

  /** A database that hands on rows as they are read does so only outside of its own commits. */
  private static void forEach(
      Connection connection, Instant since, Instant before, Consumer<Brief> taker)
      throws SQLException {
    connection.setAutoCommit(false);
    try (var select =
        connection.prepareStatement(
            "select received, reserved, started, ended, verdict, fault, code, attempts, products,"
                + " project, owner, client, node, wanted from ended_test"
                + " where ended >= ? and ended < ?")) {
      select.setFetchSize(FETCHED);
      select.setLong(1, since.toEpochMilli());
      select.setLong(2, before.toEpochMilli());
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          taker.accept(brief(rows));
        }
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static Brief brief(ResultSet row) throws SQLException {
    return new Brief(
        new EndedTest.Times(
            Instant.ofEpochMilli(row.getLong(1)),
            time(row, 2),
            time(row, 3),
            Instant.ofEpochMilli(row.getLong(4))),
        EndedTest.Verdict.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
        row.getString(6),
        row.getString(7),
        row.getInt(8),
        row.getInt(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getString(13),
        row.getString(14));
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    long time = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(time));
  }

  private List<Entry> find(Connection connection, Search search) throws SQLException {
    var where = new Where(connection, vendor, search);
    try (var select = where.tests(connection, search.limit());
        var rows = select.executeQuery()) {
      var found = new ArrayList<Entry>();
      while (rows.next()) {
        found.add(new Entry(rows.getLong(1), test(rows.getLong(1), rows.getString(2))));
      }
      return found;
    }
  }

  private long count(Connection connection, Search search) throws SQLException {
    var counters = EndedCounters.suiting(search);
    if (counters.isPresent()) {
      return counters.get().sum(connection);
    }
    var where = new Where(connection, vendor, search);
    try (var select = where.count(connection);
        var rows = select.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private EndedTest test(long number, String text) {
    try {
      return CODEC.of(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Journal.damaged(vendor, "test " + number + " of its history", e.getMessage());
    }
  }
}
