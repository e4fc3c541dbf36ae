package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.StoreException;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;

/** A few connections for those who only read; made when they are needed. */
final class Readers implements AutoCloseable {
  private static final int MOST = 4;
  private static final long PATIENCE_MILLIS = 10_000;

  private final Vendor vendor;
  private final HikariDataSource pool;

  Readers(Vendor vendor) {
    this.vendor = vendor;
    var config = new HikariConfig();
    config.setPoolName("tas-store-readers");
    config.setDataSource(vendor.source());
    config.setMaximumPoolSize(MOST);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    config.setInitializationFailTimeout(-1);
    pool = new HikariDataSource(config);
  }

  /** Reads something; each statement sees what is committed when it begins. */
  <T> T read(String doing, Work<T> work) {
    try (var connection = pool.getConnection()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw failure(doing, e);
    }
  }

  private StoreException failure(String doing, SQLException e) {
    return pool.isClosed()
        ? new StoreException(vendor.place() + " was closed", e)
        : vendor.failure(doing, e);
  }

  @Override
  public void close() {
    pool.close();
  }
}
