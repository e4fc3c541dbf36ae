package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.StoreException;
import com.nokia.ci.tas.service.store.json.RecordCodec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** The batches, one row each. */
final class Journal {
  private static final RecordCodec<Batch> CODEC = RecordCodec.binary(Batch.class);
  private static final int PAGE = 32;

  private final Vendor vendor;

  Journal(Vendor vendor) {
    this.vendor = vendor;
  }

  static byte[] bytes(Batch batch) {
    return CODEC.bytes(batch);
  }

  static void insert(Connection connection, Batch batch, byte[] content) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "insert into journal (number, happened, format, checksum, content)"
                + " values (?, ?, ?, ?, ?)")) {
      insert.setLong(1, batch.number());
      insert.setLong(2, batch.at().toEpochMilli());
      insert.setInt(3, RecordCodec.FORMAT);
      insert.setLong(4, checksum(content));
      insert.setBytes(5, content);
      insert.executeUpdate();
    }
  }

  /** Number of the first batch that is kept; empty journal: that of the one that comes next. */
  static long first(Connection connection, long next) throws SQLException {
    return number(connection, "select min(number) from journal", next);
  }

  /** Number of the last batch; 0 if there is none. */
  static long last(Connection connection) throws SQLException {
    return number(connection, "select max(number) from journal", 0);
  }

  static long number(Connection connection, String query, long none) throws SQLException {
    try (var select = connection.createStatement();
        var rows = select.executeQuery(query)) {
      if (!rows.next()) {
        return none;
      }
      long found = rows.getLong(1);
      return rows.wasNull() ? none : found;
    }
  }

  /** A batch as it is kept, while it is being read. */
  private record Ahead(long number, CompletableFuture<Batch> batch) {}

  /**
   * Hands on all batches behind one, a few at a time: while the taker works, the next are fetched
   * and, on a thread of their own, made of their bytes.
   */
  void forEachAfter(Connection connection, long before, Consumer<Batch> taker) throws SQLException {
    var reading = Executors.newSingleThreadExecutor(Journal::reader);
    try {
      long last = before;
      var page = page(connection, last, reading);
      while (!page.isEmpty()) {
        var next = page(connection, page.get(page.size() - 1).number(), reading);
        for (var ahead : page) {
          if (ahead.number() != last + 1) {
            throw damaged("batch " + (last + 1), "it is missing");
          }
          taker.accept(read(ahead));
          last = ahead.number();
        }
        page = next;
      }
    } finally {
      reading.shutdownNow();
    }
  }

  private static Thread reader(Runnable work) {
    var thread = new Thread(work, "tas-store-reader");
    thread.setDaemon(true);
    return thread;
  }

  private static Batch read(Ahead ahead) {
    try {
      return ahead.batch().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private List<Ahead> page(Connection connection, long after, Executor reading)
      throws SQLException {
    try (var select =
        connection.prepareStatement(
            "select number, format, checksum, content from journal where number > ?"
                + " order by number limit "
                + PAGE)) {
      select.setLong(1, after);
      var page = new ArrayList<Ahead>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          long number = rows.getLong(1);
          int format = rows.getInt(2);
          long checksum = rows.getLong(3);
          byte[] content = rows.getBytes(4);
          page.add(
              new Ahead(
                  number,
                  CompletableFuture.supplyAsync(
                      () -> batch(number, format, checksum, content), reading)));
        }
      }
      return page;
    }
  }

  private Batch batch(long number, int format, long checksum, byte[] content) {
    String what = "batch " + number;
    if (format > RecordCodec.FORMAT) {
      throw Migrations.newer(vendor);
    }
    if (checksum(content) != checksum) {
      throw damaged(what, "its checksum is wrong");
    }
    try {
      return CODEC.of(content);
    } catch (IOException e) {
      throw damaged(what, e.getMessage().lines().findFirst().orElse("it cannot be read"));
    }
  }

  private StoreException damaged(String what, String how) {
    return damaged(vendor, what, how);
  }

  static StoreException damaged(Vendor vendor, String what, String how) {
    return new StoreException(
        "%s is damaged at %s: %s; put a copy of it back, or use another place for the store to begin with an empty farm"
            .formatted(vendor.place(), what, how));
  }

  static long checksum(byte... content) {
    var sum = new CRC32C();
    sum.update(content, 0, content.length);
    return sum.getValue();
  }
}
