package com.nokia.ci.tas.service.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.MadeUp;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Step;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreContract;
import com.nokia.ci.tas.service.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What is odd about a file is said in one sentence with the remedy. */
final class SqliteFileTest {
  private static final Retention LONG = Retention.of(Duration.ofDays(999), Duration.ofDays(999));

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("store").resolve("farm.db");
  }

  private Store open() {
    return SqlStores.embedded(directory.resolve("store"), LONG);
  }

  private String complaint() {
    return assertThrows(StoreException.class, () -> readAll()).getMessage();
  }

  private void readAll() {
    try (var store = open()) {
      store.past().checkpoint();
      store.past().forEach(batch -> assertTrue(batch.number() > 0));
    }
  }

  private void execute(String statement) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var one = connection.createStatement()) {
      one.execute(statement);
    }
  }

  private void makeStore() {
    try (var store = open()) {
      for (long number = 1; number <= 3; number++) {
        store.append(StoreContract.batch(number), List.of());
      }
    }
  }

  @Test
  void nobodyElseMayReadTheStore() throws IOException {
    makeStore();
    try (var store = open()) {
      store.append(StoreContract.batch(4), List.of());
      try (var files = Files.list(file().getParent())) {
        var all = files.toList();
        assertTrue(all.size() > 1, "a log beside the file");
        for (var one : all) {
          assertEquals(
              "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one)));
        }
      }
    }
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())));
  }

  @Test
  void aFileThatIsNoDatabaseIsTold() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "maintenance-mode=1\n".repeat(1000));
    var complaint = complaint();
    assertTrue(complaint.contains(file() + " failed"), complaint);
    assertTrue(
        complaint.contains("is damaged or not a store of this service; put a copy"), complaint);
  }

  @Test
  void aFileWhosePagesAreDamagedIsTold() throws IOException {
    makeStore();
    byte[] bytes = Files.readAllBytes(file());
    for (int i = 4096; i < bytes.length; i++) {
      bytes[i] = 0x5A;
    }
    Files.write(file(), bytes);
    var complaint = complaint();
    assertTrue(complaint.contains("put a copy"), complaint);
  }

  @Test
  void aBatchThatWasTamperedWithIsTold() throws SQLException {
    makeStore();
    execute("update journal set content = zeroblob(10) where number = 2");
    var complaint = complaint();
    assertTrue(complaint.contains("damaged at batch 2: its checksum is wrong"), complaint);
  }

  @Test
  void aBatchThatIsMissingIsTold() throws SQLException {
    makeStore();
    execute("delete from journal where number = 2");
    var complaint = complaint();
    assertTrue(complaint.contains("damaged at batch 2: it is missing"), complaint);
  }

  @Test
  void aNewStoreIsWhatTheLibraryWouldHaveMade() throws IOException, SQLException {
    makeStore();
    var ours = new Sqlite(file());
    assertTrue(Migrations.isDone(ours));
    new Migrations(ours, Flyway.configure()).run(); // compares versions and checksums
    Path other = Files.createDirectory(directory.resolve("other")).resolve("farm.db");
    var theirs = new Sqlite(other);
    new Migrations(theirs, Flyway.configure()).run();
    assertEquals(tables(theirs), tables(ours));
    assertEquals(
        rows(theirs, "select version, description, type, script, checksum from tas_schema_history"),
        rows(ours, "select version, description, type, script, checksum from tas_schema_history"));
  }

  private static List<String> tables(Sqlite store) throws SQLException {
    return rows(
        store,
        "select type, name, tbl_name, sql from sqlite_master"
            + " where tbl_name <> 'tas_schema_history' order by name");
  }

  private static List<String> rows(Sqlite store, String query) throws SQLException {
    try (var connection = store.source().getConnection();
        var select = connection.createStatement();
        var rows = select.executeQuery(query)) {
      var all = new ArrayList<String>();
      while (rows.next()) {
        var row = new StringBuilder();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.append(rows.getString(i)).append('|');
        }
        all.add(row.toString());
      }
      return all;
    }
  }

  @Test
  void theDatabaseOfAnotherProgramIsLeftAlone() throws IOException, SQLException {
    Files.createDirectories(file().getParent());
    execute("create table contacts (name text)");
    var complaint = complaint();
    assertTrue(complaint.contains("has tables that are not this service's"), complaint);
    execute("insert into contacts (name) values ('still there')");
  }

  @Test
  void tablesOfANewerServiceAreLeftAlone() throws SQLException {
    makeStore();
    execute(
        "insert into tas_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success)"
            + " values (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, 1)");
    var complaint = complaint();
    assertTrue(complaint.contains("was written by a newer version of the service"), complaint);
  }

  @Test
  void bytesOfANewerServiceAreLeftAlone() throws SQLException {
    makeStore();
    execute("update journal set format = 99 where number = 3");
    var complaint = complaint();
    assertTrue(complaint.contains("was written by a newer version of the service"), complaint);
  }

  @Test
  void aCheckpointThatWasNotFinishedDoesNotCount() throws SQLException {
    makeStore();
    execute("insert into checkpoint_part (batch, part, checksum, content) values (3, 0, 0, '')");
    try (var store = open()) {
      assertEquals(3, StoreContract.batches(store.past()).size());
      store.checkpoint(3, StoreContract.image(3, Instant.EPOCH));
      assertEquals(
          StoreContract.image(3, Instant.EPOCH), store.past().checkpoint().orElseThrow().image());
    }
  }

  @Test
  void aFullDiskEndsTheWritingWithASentenceAndLosesNothing() throws SQLException {
    makeStore();
    var vendor = new Sqlite(file());
    new Migrations(vendor, Flyway.configure()).run();
    ((SQLiteDataSource) vendor.source()).setMaxPageCount(60);
    var connection = vendor.source().getConnection();
    connection.setAutoCommit(false);
    var made = new MadeUp(1);
    var acknowledged = new AtomicLong();
    try (var store = new SqlStore(vendor, connection, LONG)) {
      var failure =
          assertThrows(
              StoreException.class,
              () -> {
                for (long number = 4; number < 1000; number++) {
                  var big = new Step(made.one(Event.TestSubmitted.class), List.of());
                  store.append(new Batch(number, List.of(big)), List.of());
                  acknowledged.set(number);
                }
              });
      assertTrue(
          failure.getMessage().contains("the disk is full; make room and start the service again"),
          failure::getMessage);
      assertThrows(
          StoreException.class, () -> store.checkpoint(1, StoreContract.image(1, Instant.EPOCH)));
    }
    try (var store = open()) {
      assertEquals(acknowledged.get(), StoreContract.batches(store.past()).size());
    }
  }

  @Test
  void whetherThereIsNothingToChangeIsKnownWithoutTheLibrary() throws SQLException {
    makeStore();
    var vendor = new Sqlite(file());
    assertTrue(Migrations.isDone(vendor));

    execute("update tas_schema_history set success = 0 where script like 'V3%'");
    assertFalse(Migrations.isDone(vendor));
    execute(
        "update tas_schema_history set success = 1, script = 'V999__later.sql' where script like 'V3%'");
    assertFalse(Migrations.isDone(vendor));
    execute("drop table tas_schema_history");
    assertFalse(Migrations.isDone(vendor));
  }

  @Test
  void aPlaceThatCannotBeWrittenIsTold() throws IOException {
    Files.writeString(directory.resolve("store"), "a file");
    var complaint = assertThrows(StoreException.class, this::open).getMessage();
    assertTrue(complaint.contains("give the service's user the right to write there"), complaint);
  }
}
