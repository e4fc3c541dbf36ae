package com.nokia.ci.tas.client.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there complete or not at all. */
final class WholeFile {
  private WholeFile() {}

  static void write(Path file, String text) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path part = Files.createTempFile(directory, ".tas-", ".part");
    try {
      Files.writeString(part, text);
      move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  static void copy(Path from, Path file) throws IOException {
    Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".tas-", ".part");
    try {
      Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
      move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void move(Path part, Path file) throws IOException {
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
