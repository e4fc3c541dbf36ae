package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.StoreException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the tables of a store to what this program writes. */
final class Migrations {
  static final String FOLDER = "com/nokia/ci/tas/service/store/sql/";
  private static final String CLASS_PATH = "classpath:";
  static final String COMMON = "all";
  private static final String HISTORY = "tas_schema_history";
  private static final String SCRIPT = ".sql";

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
            .locations(CLASS_PATH + FOLDER + COMMON, CLASS_PATH + FOLDER + vendor.folder())
            .placeholders(vendor.words())
            .table(HISTORY)
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

  /**
   * Whether the tables are as this program writes them: all of its scripts were run, and no others.
   * To have the library find that out takes a fifth of a second of a start.
   */
  static boolean isDone(Vendor vendor) {
    try (var connection = vendor.source().getConnection();
        var select = connection.createStatement();
        var rows = select.executeQuery("select script from " + HISTORY + " where success = 1")) {
      var done = new TreeSet<String>();
      while (rows.next()) {
        done.add(rows.getString(1));
      }
      var known = scripts(COMMON);
      known.addAll(scripts(vendor.folder()));
      return !known.isEmpty() && done.equals(known);
    } catch (SQLException | IOException | URISyntaxException e) {
      return false; // there are no tables yet, or the library says what is wrong with them
    }
  }

  /** The names of the scripts in a folder, which is in a jar or, in a build, a directory. */
  static Set<String> scripts(String folder) throws IOException, URISyntaxException {
    var place = Migrations.class.getClassLoader().getResource(FOLDER + folder);
    if (place == null) {
      throw new FileNotFoundException(FOLDER + folder);
    }
    if (place.openConnection() instanceof JarURLConnection jar) {
      String prefix = FOLDER + folder + "/";
      return jar.getJarFile().stream()
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith(prefix) && name.endsWith(SCRIPT))
          .map(name -> name.substring(prefix.length()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
    try (var files = Files.list(Path.of(place.toURI()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SCRIPT))
          .collect(Collectors.toCollection(TreeSet::new));
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
