package com.nokia.ci.tas.commons.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every package says what it is for, in a {@code package-info.java}. */
public final class PackagePurposes {
  private PackagePurposes() {}

  /**
   * Fails with the packages of the module under test that do not say what they are for; to be
   * called by a test whose working directory is the module, as Surefire sets it.
   */
  public static void areWritten() throws IOException {
    Path sources = Path.of("src", "main", "java");
    if (Files.notExists(sources)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(sources)) {
      List<Path> silent =
          tree.filter(Files::isDirectory)
              .filter(PackagePurposes::hasSources)
              .filter(directory -> Files.notExists(directory.resolve("package-info.java")))
              .map(sources::relativize)
              .sorted()
              .toList();
      assertEquals(List.of(), silent, "packages without package-info.java");
    }
  }

  private static boolean hasSources(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> file.toString().endsWith(".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
