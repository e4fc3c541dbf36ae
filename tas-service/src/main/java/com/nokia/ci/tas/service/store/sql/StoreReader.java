package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Checkpoint;
import com.nokia.ci.tas.service.store.Past;
import com.nokia.ci.tas.service.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads what a store has kept, as it was at one moment, and changes nothing: a service that works
 * with the store goes on undisturbed. For one thread.
 */
public final class StoreReader implements AutoCloseable {
  private final Vendor vendor;
  private final Connection connection;

  private StoreReader(Vendor vendor) {
    this.vendor = vendor;
    try {
      connection = vendor.source().getConnection();
    } catch (SQLException e) {
      throw vendor.failure("opening", e);
    }
  }

  /**
   * Reads an embedded store.
   *
   * @param directory of the store: {@code store/PORT}
   * @throws StoreException when there is none, or it cannot be read
   */
  public static StoreReader embedded(Path directory) {
    Path file = SqlStores.file(directory);
    if (!Files.isRegularFile(file)) {
      throw new StoreException(
          "there is no store in "
              + directory
              + "; name the directory store/PORT of a service, or a database jdbc:postgresql:…");
    }
    var reader = new StoreReader(Sqlite.reading(file));
    reader.begin(Connection.TRANSACTION_SERIALIZABLE);
    return reader;
  }

  /**
   * Reads a store in PostgreSQL.
   *
   * @throws StoreException when it cannot be read
   */
  public static StoreReader postgres(PostgresPlace place) {
    var reader = new StoreReader(new Postgres(place));
    try {
      reader.connection.setReadOnly(true);
    } catch (SQLException e) {
      throw reader.vendor.failure("opening", e);
    }
    reader.begin(Connection.TRANSACTION_REPEATABLE_READ);
    return reader;
  }

  /** All that is read belongs to the same moment. */
  private void begin(int isolation) {
    try {
      connection.setTransactionIsolation(isolation);
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw vendor.failure("opening", e);
    }
  }

  /** All that is kept: from the oldest checkpoint, or from the very beginning. */
  public Past whole() {
    Optional<Images.Kept> begin = read(this::oldest);
    return new Past() {
      @Override
      public Optional<Checkpoint> checkpoint() {
        return begin.map(kept -> read(from -> new Images(vendor).read(from, kept)));
      }

      @Override
      public void forEach(Consumer<Batch> taker) {
        long before = begin.map(Images.Kept::batch).orElse(0L);
        read(
            from -> {
              new Journal(vendor).forEachAfter(from, before, taker);
              return before;
            });
      }
    };
  }

  private Optional<Images.Kept> oldest(Connection from) throws SQLException {
    boolean isComplete = Journal.first(from, Long.MAX_VALUE) == 1;
    return isComplete ? Optional.empty() : Images.kept(from).stream().findFirst();
  }

  private <T> T read(Work<T> work) {
    try {
      return work.with(connection);
    } catch (SQLException e) {
      throw vendor.failure("reading what was kept", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw vendor.failure("closing", e);
    }
  }
}
