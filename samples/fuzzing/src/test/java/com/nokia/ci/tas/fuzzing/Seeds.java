package com.nokia.ci.tas.fuzzing;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the fuzzer begins with: the messages that the protocol reference shows, and the like. */
public final class Seeds {
  private Seeds() {}

  /** The golden messages of the plain protocol. */
  public static Stream<byte[]> messages() throws IOException, URISyntaxException {
    URI place = Seeds.class.getResource("/golden/test-start.xml").toURI();
    if (place.getScheme().equals("jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        return files(jar.getPath("/golden")).stream();
      }
    }
    return files(Path.of(place).getParent()).stream();
  }

  /** Texts as bytes. */
  public static Stream<byte[]> of(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<byte[]> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".xml"))
          .sorted(Comparator.naturalOrder())
          .map(Seeds::bytes)
          .toList();
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
