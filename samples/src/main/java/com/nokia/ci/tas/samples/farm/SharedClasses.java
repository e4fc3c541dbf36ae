package com.nokia.ci.tas.samples.farm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The classes of the programs as the Java machine has them in memory, kept once for whoever starts
 * hundreds of programs: most of the processor time of a start goes into reading and checking
 * classes (docs/adr/0032-shared-classes.md). The property {@code samples.shared.classes} names the
 * directory they are kept in; without it, and where they cannot be kept, programs start without.
 * Nobody waits until they are kept: whoever starts before that starts without, too.
 */
final class SharedClasses {
  private static final Optional<Path> DIRECTORY =
      Optional.ofNullable(System.getProperty("samples.shared.classes")).map(Path::of);

  static {
    DIRECTORY.ifPresent(SharedClasses::keep);
  }

  private SharedClasses() {}

  /** What the Java machine of a program is told, so that it takes the classes from there. */
  static List<String> options(Path jar) {
    return DIRECTORY.map(directory -> optionsFrom(directory, jar)).orElse(List.of());
  }

  /** The same with the archives of a directory; says nothing when the classes do not fit. */
  static List<String> optionsFrom(Path directory, Path jar) {
    Path archive = directory.resolve(jar.getFileName().toString().replace(".jar", ".jsa"));
    return Files.isReadable(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
        : List.of();
  }

  /**
   * Puts a jar into a directory under another path. Kept classes fit one file, so they need the
   * same file under a second name; everyone else gets a copy, which a new build leaves alone.
   */
  static void put(Path jar, Path copy) throws IOException {
    if (DIRECTORY.isPresent()) {
      Files.deleteIfExists(copy);
      try {
        Files.createLink(copy, jar);
        return;
      } catch (IOException | UnsupportedOperationException e) {
        // The directory is on another disk: a copy will do, and starts without kept classes.
      }
    }
    Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Each archive appears whole under its name; it is ended with this Java machine at the latest.
   */
  private static void keep(Path directory) {
    try {
      Files.createDirectories(directory);
      var builder =
          new ProcessBuilder(
                  Program.ROOT.resolve("packaging/share-classes").toString(),
                  System.getProperty("java.home"),
                  Program.SERVICE.toString(),
                  Program.COMMUNICATOR.toString(),
                  Program.BRIDGE.toString(),
                  directory.toString(),
                  Program.CLIENT.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("share-classes.log").toFile());
      builder.environment().put("SHARE_CLASSES_LIMIT", "300");
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "shared-classes"));
    } catch (IOException e) {
      return; // no bash, say: programs start without
    }
  }
}
