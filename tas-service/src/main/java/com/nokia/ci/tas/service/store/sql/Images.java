package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.farm.FarmImage;
import com.nokia.ci.tas.service.store.Checkpoint;
import com.nokia.ci.tas.service.store.StoreException;
import com.nokia.ci.tas.service.store.json.RecordCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The checkpoints: each in parts, that count when the row that tells their number is there. */
final class Images {
  private static final RecordCodec<FarmImage> CODEC = RecordCodec.binary(FarmImage.class);

  /** Small enough that a part is written within milliseconds. */
  private static final int PART = 256 * 1024;

  private final Vendor vendor;

  /** A checkpoint that is complete, without what is in it. */
  record Kept(long batch, long happened, int format, int parts) {}

  Images(Vendor vendor) {
    this.vendor = vendor;
  }

  /** All that are complete, the oldest first. */
  static List<Kept> kept(Connection connection) throws SQLException {
    try (var select =
            connection.prepareStatement(
                "select batch, happened, format, parts from checkpoint order by batch");
        var rows = select.executeQuery()) {
      var kept = new ArrayList<Kept>();
      while (rows.next()) {
        kept.add(new Kept(rows.getLong(1), rows.getLong(2), rows.getInt(3), rows.getInt(4)));
      }
      return kept;
    }
  }

  /** Writes a checkpoint in many transactions. */
  void write(Writer writer, long batch, FarmImage image) {
    String doing = "writing a checkpoint";
    writer.transaction(doing, connection -> dropParts(connection, batch));
    try (var parts = new Parts(writer, doing, batch)) {
      CODEC.write(image, parts);
      parts.flush();
      writer.transaction(doing, connection -> complete(connection, batch, image, parts.count));
    } catch (IOException e) {
      throw new StoreException(vendor.place() + " cannot keep the farm: " + e.getMessage(), e);
    }
  }

  Checkpoint read(Connection connection, Kept kept) throws SQLException {
    if (kept.format() > RecordCodec.FORMAT) {
      throw Migrations.newer(vendor);
    }
    try (var content = new Content(connection, kept)) {
      return new Checkpoint(kept.batch(), CODEC.read(content));
    } catch (IOException e) {
      if (e.getCause() instanceof SQLException failed) {
        throw failed;
      }
      throw Journal.damaged(vendor, what(kept.batch()), e.getMessage());
    }
  }

  static Optional<Void> dropParts(Connection connection, long batch) throws SQLException {
    try (var delete = connection.prepareStatement("delete from checkpoint_part where batch = ?")) {
      delete.setLong(1, batch);
      delete.executeUpdate();
      return Optional.empty();
    }
  }

  private static Optional<Void> complete(
      Connection connection, long batch, FarmImage image, int parts) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "insert into checkpoint (batch, happened, format, parts) values (?, ?, ?, ?)")) {
      insert.setLong(1, batch);
      insert.setLong(2, image.count().at().toEpochMilli());
      insert.setInt(3, RecordCodec.FORMAT);
      insert.setInt(4, parts);
      insert.executeUpdate();
      return Optional.empty();
    }
  }

  private static String what(long batch) {
    return "the checkpoint behind batch " + batch;
  }

  /** Gathers bytes and writes them part by part. */
  private static final class Parts extends OutputStream {
    private final Writer writer;
    private final String doing;
    private final long batch;
    private final byte[] buffer = new byte[PART];
    private int filled;
    private int count;

    Parts(Writer writer, String doing, long batch) {
      this.writer = writer;
      this.doing = doing;
      this.batch = batch;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      int at = from;
      int left = length;
      while (left > 0) {
        int taken = Math.min(left, PART - filled);
        System.arraycopy(bytes, at, buffer, filled, taken);
        filled += taken;
        at += taken;
        left -= taken;
        if (filled == PART) {
          put();
        }
      }
    }

    /** Writes the last part, if there is any. */
    @Override
    public void flush() {
      if (filled > 0) {
        put();
      }
    }

    private void put() {
      byte[] content = Arrays.copyOf(buffer, filled);
      writer.transaction(doing, connection -> insert(connection, content));
      count++;
      filled = 0;
    }

    private Optional<Void> insert(Connection connection, byte... content) throws SQLException {
      try (var insert =
          connection.prepareStatement(
              "insert into checkpoint_part (batch, part, checksum, content)"
                  + " values (?, ?, ?, ?)")) {
        insert.setLong(1, batch);
        insert.setInt(2, count);
        insert.setLong(3, Journal.checksum(content));
        insert.setBytes(4, content);
        insert.executeUpdate();
        return Optional.empty();
      }
    }
  }

  /** Reads the parts of a checkpoint one behind the other. */
  private static final class Content extends InputStream {
    private final Connection connection;
    private final Kept kept;
    private ByteArrayInputStream part = new ByteArrayInputStream(new byte[0]);
    private int next;

    Content(Connection connection, Kept kept) {
      this.connection = connection;
      this.kept = kept;
    }

    @Override
    public int read() throws IOException {
      return advance() ? part.read() : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return advance() ? part.read(bytes, from, length) : -1;
    }

    private boolean advance() throws IOException {
      while (part.available() == 0 && next < kept.parts()) {
        part = new ByteArrayInputStream(load(next));
        next++;
      }
      return part.available() > 0;
    }

    private byte[] load(int number) throws IOException {
      try (var select =
          connection.prepareStatement(
              "select checksum, content from checkpoint_part where batch = ? and part = ?")) {
        select.setLong(1, kept.batch());
        select.setInt(2, number);
        try (var rows = select.executeQuery()) {
          if (!rows.next()) {
            throw new IOException("part " + number + " is missing");
          }
          byte[] content = rows.getBytes(2);
          if (Journal.checksum(content) != rows.getLong(1)) {
            throw new IOException("the checksum of part " + number + " is wrong");
          }
          return content;
        }
      } catch (SQLException e) {
        throw new IOException(e);
      }
    }
  }
}
