package com.nokia.ci.tas.library;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.slf4j.Logger;

/** The library as others get it, and programs that use it. */
final class PublishedLibrary {
  static final Path JAR = Path.of("target/tas-client-library-0.1.0.jar").toAbsolutePath();

  /** The description that is published with the jar. */
  static final Path POM = Path.of("dependency-reduced-pom.xml").toAbsolutePath();

  private PublishedLibrary() {}

  /** The one thing that it asks for. */
  static Path slf4j() throws URISyntaxException {
    return Path.of(Logger.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Compiles sources against a class path. */
  static Path compile(Path classes, List<Path> sources, Path... classPath) throws IOException {
    Files.createDirectories(classes);
    var arguments =
        new ArrayList<>(
            List.of("-encoding", "UTF-8", "-proc:none", "-d", classes.toString(), "-cp"));
    arguments.add(joined(classPath));
    sources.forEach(source -> arguments.add(source.toString()));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(/* in= */ null, System.out, System.err, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException("does not compile: " + sources);
    }
    return classes;
  }

  /** Runs a program; returns what it printed, its exit code in the last line. */
  static String run(Path directory, String main, List<String> arguments, Path... classPath)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(java(), "-cp", joined(classPath), main));
    command.addAll(arguments);
    Path out = Files.createTempFile(directory, "out", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      int code = process.waitFor();
      return Files.readString(out) + "exit code " + code;
    } finally {
      process.destroyForcibly();
    }
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The sources below a directory of the test resources. */
  static List<Path> sources(String directory) throws IOException, URISyntaxException {
    Path root = Path.of(PublishedLibrary.class.getResource(directory).toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static String joined(Path... classPath) {
    return Stream.of(classPath).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
