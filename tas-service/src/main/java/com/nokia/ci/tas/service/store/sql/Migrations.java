package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.StoreException;
import java.sql.SQLException;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the tables of a store to what this program writes. */
final class Migrations {
  private static final String FOLDER = "classpath:com/nokia/ci/tas/service/store/sql/";

  private final Vendor vendor;
  private final Flyway flyway;

  /**
   * Prepares.
   *
   * @param configured what the database wants beyond the usual
   */
  Migrations(Vendor vendor, FluentConfiguration configured) {
    this.vendor = vendor;
    this.flyway =
        configured
            .dataSource(vendor.source())
            .locations(FOLDER + "all", FOLDER + vendor.folder())
            .placeholders(vendor.words())
            .table("tas_schema_history")
            .load();
  }

  /**
   * Makes the tables, or changes those that an earlier program made.
   *
   * @throws StoreException when they are not ours, or a later program's
   */
  void run() {
    try {
      if (Arrays.stream(flyway.info().all())
          .anyMatch(one -> one.getState() == MigrationState.FUTURE_SUCCESS)) {
        throw newer(vendor);
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw failure(e);
    }
  }

  static StoreException newer(Vendor vendor) {
    return new StoreException(
        vendor.place()
            + " was written by a newer version of the service; start that version, or use another"
            + " store");
  }

  private StoreException failure(FlywayException e) {
    if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
      return new StoreException(
          vendor.place()
              + " has tables that are not this service's; use another place for the store",
          e);
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return vendor.failure("preparing its tables", sql);
      }
    }
    return new StoreException(
        vendor.place() + " cannot be prepared: " + e.getMessage().lines().findFirst().orElse(""),
        e);
  }
}
