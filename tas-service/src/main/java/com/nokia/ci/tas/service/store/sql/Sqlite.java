package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/**
 * SQLite: one file beside the other files of the service. A commit reaches the disk before it
 * returns; readers and the writer do not wait for each other.
 */
final class Sqlite implements Vendor {
  private static final int BUSY_MILLIS = 5_000;
  private static final int ASCII_END = 128;

  /** The log beside the file is cut back to this after it has grown. */
  private static final int LOG_BYTES = 64 * 1024 * 1024;

  private final Path file;
  private final SQLiteDataSource source;

  Sqlite(Path file) {
    this(file, writing());
  }

  private Sqlite(Path file, SQLiteConfig config) {
    this.file = file;
    source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
  }

  /** The same file for somebody who may change nothing. */
  static Sqlite reading(Path file) {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    return new Sqlite(file, config);
  }

  private static SQLiteConfig writing() {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalSizeLimit(LOG_BYTES);
    return config;
  }

  @Override
  public String place() {
    return "the store " + file;
  }

  @Override
  public String folder() {
    return "sqlite";
  }

  @Override
  public Map<String, String> words() {
    return Map.of("number", "integer", "bytes", "blob");
  }

  @Override
  public DataSource source() {
    return source;
  }

  @Override
  public StoreException failure(String doing, SQLException cause) {
    String what = place() + " failed while " + doing + ": ";
    return new StoreException(what + remedy(cause), cause);
  }

  private String remedy(SQLException cause) {
    if (!(cause instanceof SQLiteException failed)) {
      return cause.getMessage();
    }
    return switch (failed.getResultCode()) {
      case SQLITE_FULL -> "the disk is full; make room and start the service again";
      case SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_CORRUPT_INDEX, SQLITE_CORRUPT_VTAB ->
          "the file is damaged or not a store of this service; put a copy of it back, or move it"
              + " and what is named like it away to begin with an empty farm";
      case SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_LOCKED ->
          "another program keeps the file locked; end it and start the service again";
      case SQLITE_READONLY,
          SQLITE_READONLY_DBMOVED,
          SQLITE_READONLY_DIRECTORY,
          SQLITE_CANTOPEN,
          SQLITE_PERM,
          SQLITE_AUTH ->
          "the file cannot be written; give the service's user the right to write "
              + file.getParent();
      default -> "the disk does not take it (" + failed.getResultCode() + "); check the disk";
    };
  }

  @Override
  public void guard(Connection connection) {
    // The lock on the directory of the service keeps others away for as long as it lives.
  }

  /** It would take any index of several, whatever that finds. */
  @Override
  public String aside(String column) {
    return "+" + column;
  }

  /** The ids stand in a table of their own, which finds every three characters of them. */
  @Override
  public void textAdded(Connection connection, long from, long to) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "insert into ended_test_text (rowid, id)"
                + " select number, id from ended_test where number >= ? and number < ?")) {
      insert.setLong(1, from);
      insert.setLong(2, to);
      insert.executeUpdate();
    }
  }

  @Override
  public void textDropped(Connection connection, long number) throws SQLException {
    try (var delete =
        connection.prepareStatement(
            "insert into ended_test_text (ended_test_text, rowid, id)"
                + " select 'delete', number, id from ended_test where number = ?")) {
      delete.setLong(1, number);
      delete.executeUpdate();
    }
  }

  /**
   * Only ASCII is compared in any case by {@code like}. What the three characters of a common part
   * are found in is nearly everything, so that only the rare ones are asked for.
   */
  @Override
  public TextSearch textSearch(String part, TextSample sample) {
    String like = "ended_test.id like ? escape '\\'";
    if (!part.chars().allMatch(it -> it < ASCII_END)) {
      return byThrees(List.of(part), "", List.of());
    }
    if (sample.isCommon(part)) {
      return TextSearch.ofTests(like, Vendor.having(part));
    }
    var rare = sample.rareThrees(part);
    return rare.isEmpty()
        ? byThrees(List.of(part), "", List.of())
        : byThrees(rare, " and " + like, List.of(Vendor.having(part)));
  }

  private static TextSearch byThrees(List<String> texts, String further, List<String> values) {
    String words =
        texts.stream()
            .map(text -> '"' + text.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(" AND "));
    return new TextSearch(
        "ended_test_text cross join ended_test on ended_test.number = ended_test_text.rowid",
        "ended_test_text match ?" + further,
        Stream.concat(Stream.of(words), values.stream()).toList(),
        "ended_test_text.rowid");
  }
}
