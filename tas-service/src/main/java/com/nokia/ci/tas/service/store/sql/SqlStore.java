package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmImage;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Checkpoint;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Past;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A store in a database whose tables are there. */
final class SqlStore implements Store {
  private static final String READING = "reading what was kept";

  private final Vendor vendor;
  private final Writer writer;
  private final Readers readers;
  private final Retention retention;
  private final Journal journal;
  private final Images images;
  private final History history;
  private long lastBatch;
  private long nextEnded;

  /**
   * Opens.
   *
   * @param writing takes it over
   */
  SqlStore(Vendor vendor, Connection writing, Retention retention) {
    this.vendor = vendor;
    this.writer = new Writer(vendor, writing);
    this.retention = retention;
    this.readers = new Readers(vendor);
    this.journal = new Journal(vendor);
    this.images = new Images(vendor);
    this.history = new SqlHistory(vendor, readers);
    try {
      lastBatch = writer.transaction(READING, SqlStore::lastBatch);
      nextEnded =
          1
              + writer.transaction(
                  READING, c -> Journal.number(c, "select max(number) from ended_test", 0));
    } catch (StoreException e) {
      close();
      throw e;
    }
  }

  private static long lastBatch(Connection connection) throws SQLException {
    long last = Journal.last(connection);
    for (var kept : Images.kept(connection)) {
      last = Math.max(last, kept.batch());
    }
    return last;
  }

  @Override
  public Past past() {
    return past(kept -> kept.isEmpty() ? Optional.empty() : Optional.of(kept.get(kept.size() - 1)));
  }

  @Override
  public Past wholePast() {
    long first = readers.read(READING, connection -> Journal.first(connection, Long.MAX_VALUE));
    return first == 1 ? past(kept -> Optional.empty()) : past(kept -> kept.stream().findFirst());
  }

  private Past past(Function<List<Images.Kept>, Optional<Images.Kept>> choice) {
    var chosen = choice.apply(readers.read(READING, Images::kept));
    return new Past() {
      @Override
      public Optional<Checkpoint> checkpoint() {
        return chosen.map(
            kept -> readers.read(READING, connection -> images.read(connection, kept)));
      }

      @Override
      public void forEach(Consumer<Batch> taker) {
        long before = chosen.map(Images.Kept::batch).orElse(0L);
        readers.read(
            READING,
            connection -> {
              journal.forEachAfter(connection, before, taker);
              return before;
            });
      }
    };
  }

  @Override
  public void append(Batch batch, List<EndedTest> ended) {
    if (batch.number() != lastBatch + 1) {
      throw new IllegalArgumentException(
          "batch " + batch.number() + " cannot follow batch " + lastBatch);
    }
    byte[] content = Journal.bytes(batch);
    writer.transaction(
        "keeping batch " + batch.number(),
        connection -> {
          Journal.insert(connection, batch, content);
          SqlHistory.insert(connection, vendor, nextEnded, ended);
          return batch;
        });
    lastBatch = batch.number();
    nextEnded += ended.size();
  }

  @Override
  public void checkpoint(long batch, FarmImage image) {
    boolean isNew =
        writer.transaction(READING, Images::kept).stream().noneMatch(kept -> kept.batch() == batch);
    if (isNew) {
      images.write(writer, batch, image);
    }
    new Leftovers(writer, vendor, retention).drop(image.count().at());
  }

  Vendor vendor() {
    return vendor;
  }

  /** Does something with the connection that writes, in one transaction. */
  <T> T transaction(String doing, Work<T> work) {
    return writer.transaction(doing, work);
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public void close() {
    try (readers) {
      writer.close();
    }
  }

  @Override
  public String toString() {
    return vendor.place();
  }
}
