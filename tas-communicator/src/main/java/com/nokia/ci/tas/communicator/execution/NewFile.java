package com.nokia.ci.tas.communicator.execution;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes files that take the place of whatever has their name, and never write through a link. Where
 * nothing is in the way that is one call of the system, for an executor waits for them.
 */
final class NewFile {
  private NewFile() {}

  /** An empty file, open for writing; the directory is made too. */
  static FileChannel open(Path file) throws IOException {
    try {
      return create(file);
    } catch (FileAlreadyExistsException e) {
      Files.deleteIfExists(file);
    } catch (NoSuchFileException e) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    return create(file);
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  }
}
