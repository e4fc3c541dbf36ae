package com.nokia.ci.tas.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of others, run with the published jar against a service. */
final class ConsumersTest {
  @TempDir static Path scratch;
  private static RunningService service;

  @BeforeAll
  static void startService() throws Exception {
    service = RunningService.in(Files.createDirectories(scratch.resolve("service")));
  }

  @AfterAll
  static void endService() {
    service.close();
  }

  @Test
  void otherVersionsOfTheSameLibrariesDoNotMatter() throws Exception {
    Path others =
        PublishedLibrary.compile(
            scratch.resolve("others"), PublishedLibrary.sources("conflict"), scratch);
    Path classes =
        PublishedLibrary.compile(
            scratch.resolve("consumer"),
            PublishedLibrary.sources("consumer"),
            PublishedLibrary.JAR,
            others);

    String said =
        PublishedLibrary.run(
            scratch,
            "Consumer",
            List.of("localhost:" + service.port()),
            others,
            classes,
            PublishedLibrary.JAR,
            PublishedLibrary.slf4j());
    assertEquals(
        List.of("own netty: another version", "Queued", "STOPPED", "exit code 0"), told(said));
  }

  @Test
  void aProgramThatWasCompiledAgainstTheGuidesApiStillRuns() throws Exception {
    Path recorded =
        PublishedLibrary.compile(
            scratch.resolve("recorded"), PublishedLibrary.sources("recorded"), scratch);
    Path caller =
        PublishedLibrary.compile(
            scratch.resolve("caller"), PublishedLibrary.sources("caller"), recorded);
    try (Stream<Path> files = Files.walk(caller)) {
      assertEquals(
          Set.of("OldPlugIn.class"),
          files
              .filter(Files::isRegularFile)
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toSet()),
          "nothing of the recorded API runs");
    }

    String said =
        PublishedLibrary.run(
            scratch,
            "OldPlugIn",
            List.of(Integer.toString(service.port())),
            caller,
            PublishedLibrary.JAR,
            PublishedLibrary.slf4j());
    assertEquals(
        List.of("message of old_plug_in", "failed: stopped", "products: 1", "exit code 0"),
        told(said));
  }

  /** Without what libraries say of their logs. */
  private static List<String> told(String said) {
    return said.lines()
        .filter(line -> !line.startsWith("SLF4J") && !line.startsWith("TAC: "))
        .distinct()
        .toList();
  }
}
