package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;

/**
 * Moves what a farm has kept from one database to another: every table as it stands, so that the
 * other store holds the same journal, checkpoints and history. All or nothing: what was copied
 * counts when all is there.
 */
public final class StoreCopy {
  /** Who leads, and how far the tables are, every store says for itself. */
  private static final Set<String> OWN = Set.of("leader", "tas_schema_history");

  /** What begins like this is made anew from the tests. */
  private static final String MADE = "ended_test_text";

  /** As many rows at a time are on their way, unless they are large. */
  private static final int ROWS = 256;

  private static final int BYTES = 4 * 1024 * 1024;
  private static final String READING = "copying it";
  private static final String WRITING = "taking over a copy";

  private final SqlStore from;
  private final SqlStore to;
  private final ObjLongConsumer<String> progress;

  private StoreCopy(SqlStore from, SqlStore to, ObjLongConsumer<String> progress) {
    this.from = from;
    this.to = to;
    this.progress = progress;
  }

  /**
   * Copies all that a store keeps into one in which nothing is yet. Both belong to the caller, no
   * service has one of them; the other one is only to be closed afterwards.
   *
   * @param progress is told the table and how many of its rows were copied, on the way
   * @return how many rows were copied, by table
   * @throws StoreException when the other one is not empty, or one of them fails
   */
  public static SortedMap<String, Long> copy(
      Store from, Store to, ObjLongConsumer<String> progress) {
    if (from instanceof SqlStore source && to instanceof SqlStore target) {
      return new StoreCopy(source, target, progress).run();
    }
    throw new IllegalArgumentException("only stores in databases can be copied");
  }

  private SortedMap<String, Long> run() {
    return from.transaction(
        READING,
        source ->
            to.transaction(
                WRITING,
                target -> {
                  var tables = tables(source);
                  requireEmpty(target);
                  var rows = new TreeMap<String, Long>();
                  for (var table : tables) {
                    rows.put(table, copy(source, target, table));
                  }
                  to.vendor().textAdded(target, 0, Long.MAX_VALUE);
                  return rows;
                }));
  }

  private void requireEmpty(Connection target) throws SQLException {
    for (var table : tables(target)) {
      try (var select = target.createStatement();
          var rows = select.executeQuery("select 1 from " + table + " limit 1")) {
        if (rows.next()) {
          throw new StoreException(
              to + " is not empty; name one that no farm has used, or move its tables away");
        }
      }
    }
  }

  /** The tables of a store, by name. */
  private static Set<String> tables(Connection connection) throws SQLException {
    var found = new TreeSet<String>();
    try (var tables =
        connection
            .getMetaData()
            .getTables(
                connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"})) {
      while (tables.next()) {
        String name = tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
        if (!OWN.contains(name) && !name.startsWith("sqlite_") && !name.startsWith(MADE)) {
          found.add(name);
        }
      }
    }
    return found;
  }

  private long copy(Connection source, Connection target, String table) throws SQLException {
    try (var select = source.createStatement()) {
      select.setFetchSize(ROWS / 8);
      try (var rows = select.executeQuery("select * from " + table)) {
        var columns = columns(rows);
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        try (var insert =
            target.prepareStatement(
                "insert into "
                    + table
                    + " ("
                    + columns.stream().collect(Collectors.joining(", "))
                    + ") values ("
                    + marks
                    + ")")) {
          return copy(rows, insert, types(target, table, columns), table);
        }
      }
    }
  }

  private long copy(ResultSet rows, PreparedStatement insert, List<Integer> types, String table)
      throws SQLException {
    long copied = 0;
    long bytes = 0;
    int gathered = 0;
    while (rows.next()) {
      for (int i = 1; i <= types.size(); i++) {
        bytes += copy(rows, insert, i, types.get(i - 1));
      }
      insert.addBatch();
      gathered++;
      copied++;
      if (gathered == ROWS || bytes >= BYTES) {
        insert.executeBatch();
        progress.accept(table, copied);
        gathered = 0;
        bytes = 0;
      }
    }
    insert.executeBatch();
    return copied;
  }

  /** One value; tells roughly how large it is. */
  private static long copy(ResultSet rows, PreparedStatement insert, int place, int type)
      throws SQLException {
    switch (type) {
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> {
        byte[] bytes = rows.getBytes(place);
        insert.setBytes(place, bytes);
        return bytes == null ? 0 : bytes.length;
      }
      case Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.TINYINT -> {
        long number = rows.getLong(place);
        if (rows.wasNull()) {
          insert.setNull(place, type);
        } else {
          insert.setLong(place, number);
        }
      }
      case Types.DOUBLE, Types.FLOAT, Types.REAL, Types.NUMERIC, Types.DECIMAL -> {
        double number = rows.getDouble(place);
        if (rows.wasNull()) {
          insert.setNull(place, type);
        } else {
          insert.setDouble(place, number);
        }
      }
      case Types.BOOLEAN, Types.BIT -> {
        boolean truth = rows.getBoolean(place);
        if (rows.wasNull()) {
          insert.setNull(place, type);
        } else {
          insert.setBoolean(place, truth);
        }
      }
      default -> {
        String text = rows.getString(place);
        insert.setString(place, text);
        return text == null ? 0 : text.length();
      }
    }
    return Long.BYTES;
  }

  private static List<String> columns(ResultSet rows) throws SQLException {
    var columns = new ArrayList<String>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      columns.add(rows.getMetaData().getColumnName(i));
    }
    return columns;
  }

  /** As the table says that takes them: SQLite knows types only of values. */
  private static List<Integer> types(Connection target, String table, List<String> columns)
      throws SQLException {
    try (var select = target.createStatement();
        var rows =
            select.executeQuery(
                "select " + String.join(", ", columns) + " from " + table + " where 1 = 0")) {
      var types = new ArrayList<Integer>();
      for (int i = 1; i <= columns.size(); i++) {
        types.add(rows.getMetaData().getColumnType(i));
      }
      return types;
    }
  }
}
