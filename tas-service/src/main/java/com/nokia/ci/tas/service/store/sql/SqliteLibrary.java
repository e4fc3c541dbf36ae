package com.nokia.ci.tas.service.store.sql;

import java.io.IOException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/**
 * The part of SQLite that is no Java. By itself it is unpacked into the directory for temporary
 * files at each start, which takes longer than to open the store, and stays there when the service
 * is killed. Here it is unpacked once.
 */
public final class SqliteLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);
  private static final String PLACE = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /**
   * From now on this process takes the library from a directory, where it is unpacked unless it is
   * there. To be called before a store is opened. What does not succeed is left to SQLite.
   *
   * @param directory made if it is missing; nobody but the service's user may write there
   */
  public static void keepIn(Path directory) {
    if (System.getProperty(PLACE) != null) {
      return; // somebody has chosen another
    }
    try {
      Path library = unpacked(directory);
      System.setProperty("org.sqlite.lib.name", library.getFileName().toString());
      System.setProperty(PLACE, library.getParent().toString());
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("the library of the store is unpacked at each start");
    }
  }

  /** The library in the directory; absolute. */
  static Path unpacked(Path directory) throws IOException {
    String name = System.mapLibraryName("sqlitejdbc");
    URL packed =
        SQLiteJDBCLoader.class.getResource(
            "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name);
    if (packed == null) {
      throw new IOException("there is no " + name + " for this system");
    }
    Path place = directory.toAbsolutePath().normalize();
    make(place);
    Path library = place.resolve(SQLiteJDBCLoader.getVersion() + "-" + name);
    if (!Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS)
        || Files.size(library) != packed.openConnection().getContentLengthLong()) {
      unpack(packed, library);
    }
    return library;
  }

  /** What lies there is run: nobody else may have put it there. */
  private static void make(Path directory) throws IOException {
    Files.createDirectories(directory.getParent());
    if (!FileSystems.getDefault().supportedFileAttributeViews().containsAll(Set.of("posix"))) {
      Files.createDirectories(directory);
      return;
    }
    var own = PosixFilePermissions.fromString("rwx------");
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(own));
    }
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        || !Files.getPosixFilePermissions(directory).equals(own)
        || !Files.getOwner(directory).equals(Files.getOwner(directory.getParent()))) {
      throw new IOException(directory + " is not the service's alone");
    }
  }

  private static void unpack(URL packed, Path library) throws IOException {
    Path part = library.resolveSibling("." + UUID.randomUUID() + ".part");
    try (var in = packed.openStream()) {
      Files.copy(in, part);
      Files.move(
          part, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
