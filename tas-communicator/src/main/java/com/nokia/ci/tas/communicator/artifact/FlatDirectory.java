package com.nokia.ci.tas.communicator.artifact;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Deletion of a directory of this package's own making; links are deleted, never followed. */
final class FlatDirectory {
  private FlatDirectory() {}

  /** Deletes a directory with its files and with the directories in it. */
  static void delete(Path directory) throws IOException {
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          delete(file);
        }
      }
    }
    Files.deleteIfExists(directory);
  }
}
