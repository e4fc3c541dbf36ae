package com.nokia.ci.tas.service.access.store;

import com.nokia.ci.tas.commons.launch.FileWatch;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.access.AccessBook;
import com.nokia.ci.tas.service.access.json.AccessJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * The file in which a farm keeps whom it knows: {@code access.json} in the store of the service.
 *
 * <p>Any number of programs and threads may read and change it at once; each change is made to the
 * newest state and is there whole or not at all. Nobody but its owner can read it.
 */
public final class AccessFile {
  private static final String NAME = "access.json";

  private final Path file;

  private AccessFile(Path file) {
    this.file = file;
  }

  /** The file of a service. */
  public static AccessFile in(Path store) {
    return new AccessFile(store.resolve(NAME));
  }

  public Path path() {
    return file;
  }

  /**
   * Reads the book; one that was never written is empty.
   *
   * @throws SettingsException when the file is there and cannot be used
   */
  public AccessBook read() {
    try {
      return AccessJson.read(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return AccessBook.EMPTY;
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "%s: %s; put back a copy of the file, or move it away and make new keys"
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new SettingsException(
          "%s cannot be read: %s; the user of the service has to own it".formatted(file, e), e);
    }
  }

  /**
   * Changes the book and waits until the change is on disk.
   *
   * @param change from the newest book to the next; may be called once only and must not wait
   * @return the book as it is now
   * @throws SettingsException when it cannot be read or written; nothing is changed then
   */
  public AccessBook change(UnaryOperator<AccessBook> change) {
    try {
      PrivateFile.createDirectory(file.toAbsolutePath().getParent());
      return new FileMutex(file.resolveSibling(NAME + ".lock")).holding(() -> changed(change));
    } catch (IOException e) {
      throw new SettingsException(
          "%s cannot be written: %s; the user of the service has to own it".formatted(file, e), e);
    }
  }

  private AccessBook changed(UnaryOperator<AccessBook> change) throws IOException {
    AccessBook before = read();
    AccessBook after = change.apply(before);
    if (!after.equals(before)) {
      PrivateFile.replace(file, AccessJson.text(after));
    }
    return after;
  }

  /** Tells of each change by whatever program, within two seconds, until it is closed. */
  public FileWatch watch(Runnable listener) {
    return FileWatch.start(file, listener);
  }
}
