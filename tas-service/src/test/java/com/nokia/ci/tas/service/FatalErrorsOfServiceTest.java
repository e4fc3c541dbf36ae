package com.nokia.ci.tas.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.launch.FatalErrors;
import com.nokia.ci.tas.service.loop.Revived;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a service that runs out of memory. */
final class FatalErrorsOfServiceTest {
  @TempDir Path directory;

  @Test
  void aServiceWithoutMemoryEndsSoThatTheNextOneGoesOnWithWhatWasKept() throws Exception {
    Path said = directory.resolve("said.txt");
    var process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    StarvedService.class.getName(),
                    directory.resolve("store").toString()))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it lives on and answers nobody");
      assertEquals(FatalErrors.EXIT_CODE, process.exitValue(), () -> text(said));
    } finally {
      process.destroyForcibly();
    }
    assertTrue(text(said).contains("tas-farm-journal has ended: java.lang.OutOfMemoryError"));

    try (var store = StarvedService.store(directory.resolve("store"))) {
      var farm = Revived.of(store.past(), StarvedService.SETTINGS).farm().snapshot();
      assertEquals(1, farm.waitingCount());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
