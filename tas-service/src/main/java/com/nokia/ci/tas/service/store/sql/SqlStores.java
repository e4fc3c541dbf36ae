package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.flywaydb.core.Flyway;

/** Opens stores in databases. */
public final class SqlStores {
  /** The file of the embedded store. */
  private static final String FILE = "farm.db";

  private SqlStores() {}

  /**
   * Opens the embedded store of a service, and makes it if there is none. What keeps other services
   * away from the directory is the caller's.
   *
   * @param directory made if it is missing; nobody but the service's user may look into it
   * @throws StoreException when it cannot be opened
   */
  public static Store embedded(Path directory, Retention retention) {
    Path file = file(directory);
    boolean isNew = Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    prepare(directory, file);
    var vendor = new Sqlite(file);
    if (isNew) {
      NewTables.make(vendor);
    } else if (!Migrations.isDone(vendor)) {
      new Migrations(vendor, Flyway.configure()).run();
    }
    return new SqlStore(vendor, connect(vendor), retention);
  }

  static Path file(Path directory) {
    return directory.resolve(FILE);
  }

  private static Connection connect(Vendor vendor) {
    try {
      var connection = vendor.source().getConnection();
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw vendor.failure("opening", e);
    }
  }

  /** What SQLite makes beside the file gets the rights of the file. */
  private static void prepare(Path directory, Path file) {
    try {
      Files.createDirectories(directory);
      if (isPosix()) {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        create(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    } catch (IOException e) {
      throw new StoreException(
          "the store %s cannot be made: %s; give the service's user the right to write there"
              .formatted(file, e),
          e);
    }
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      requireFile(file);
    }
  }

  private static void requireFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("it is no file");
    }
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().containsAll(Set.of("posix"));
  }
}
