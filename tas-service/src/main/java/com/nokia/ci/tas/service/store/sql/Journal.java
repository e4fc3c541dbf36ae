package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.StoreException;
import com.nokia.ci.tas.service.store.json.RecordCodec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

  /** Hands on all batches behind one, a few at a time. */
  void forEachAfter(Connection connection, long before, Consumer<Batch> taker) throws SQLException {
    long last = before;
    var page = page(connection, last);
    while (!page.isEmpty()) {
      for (var batch : page) {
        if (batch.number() != last + 1) {
          throw damaged("batch " + (last + 1), "it is missing");
        }
        taker.accept(batch);
        last = batch.number();
      }
      page = page(connection, last);
    }
  }

  private List<Batch> page(Connection connection, long after) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "select number, format, checksum, content from journal where number > ?"
                + " order by number limit "
                + PAGE)) {
      select.setLong(1, after);
      var page = new ArrayList<Batch>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          page.add(batch(rows.getLong(1), rows.getInt(2), rows.getLong(3), rows.getBytes(4)));
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
