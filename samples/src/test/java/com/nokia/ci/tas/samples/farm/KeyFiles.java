package com.nokia.ci.tas.samples.farm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The key files that {@code keys} leaves in the directory of a service. */
public final class KeyFiles {
  private KeyFiles() {}

  /**
   * The file of a kind.
   *
   * @param kind {@code node} or {@code client}
   */
  public static Path in(Path serviceHome, String kind) throws IOException {
    try (Stream<Path> files = Files.list(serviceHome)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("farm-" + kind))
          .findFirst()
          .orElseThrow();
    }
  }
}
