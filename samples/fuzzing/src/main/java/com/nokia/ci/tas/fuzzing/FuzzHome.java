package com.nokia.ci.tas.fuzzing;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the files of the fuzzer are: the corpus in the tree, and what it works with below {@code
 * target}.
 *
 * @param module the directory of this module
 */
record FuzzHome(Path module) {

  /** The module that this class was compiled in. */
  static FuzzHome find() {
    try {
      Path place =
          Path.of(FuzzHome.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      while (place != null && !Files.exists(place.resolve("pom.xml"))) {
        place = place.getParent();
      }
      if (place == null) {
        throw new IllegalStateException("run this inside a checkout of the project");
      }
      return new FuzzHome(place);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of these classes is no path", e);
    }
  }

  Path compiledTests() {
    return module.resolve("target/test-classes");
  }

  /** The corpus of a target in the tree; may not be there. */
  Path kept(FuzzTarget target) {
    return module.resolve("src/test/resources").resolve(target.corpus());
  }

  /** Where the fuzzer keeps what it finds interesting. */
  Path growing(FuzzTarget target) throws IOException {
    return Files.createDirectories(work(target).resolve("corpus"));
  }

  /** Where inputs go that broke the target. */
  Path findings(FuzzTarget target) throws IOException {
    return Files.createDirectories(work(target).resolve("findings"));
  }

  Path log(FuzzTarget target) throws IOException {
    return Files.createDirectories(work(target)).resolve("log.txt");
  }

  private Path work(FuzzTarget target) {
    return module.resolve("target/fuzz").resolve(target.name());
  }

  /** The files in a directory by name; none when there is no directory. */
  static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }
}
