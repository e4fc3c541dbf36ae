package com.nokia.ci.tas.samples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's Java example on a farm of real processes. */
final class GuideExampleTest {
  @TempDir Path scratch;

  @Test
  void tenTestsOfTheGuidesExampleRunAndTheProgramEndsByItself() throws Exception {
    Path tools = Files.createDirectories(scratch.resolve("tools"));
    Path ipy = Files.writeString(tools.resolve("ipy"), "#!/bin/sh\nexec python3 \"$@\"\n");
    Files.setPosixFilePermissions(ipy, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var farm = LocalFarm.start(scratch.resolve("farm"))) {
      farm.putOnPath(tools);
      farm.addNode("node", 3);
      Path directory = Files.createDirectories(scratch.resolve("example"));
      try (var example =
          Program.start(directory, GuideExample.prepare("localhost", farm.port(), directory))) {
        assertEquals(0, example.exitCode(), example.text());
        assertEquals(10, count(example, "Got a finished test: Test_"), example.text());
        assertEquals(0, count(example, "Got a failed test"), example.text());
        assertTrue(count(example, "Demo output line 99 1. Flash the phone.") >= 10);
      }
      try (var results = new ZipFile(directory.resolve("workspace/results.zip").toFile())) {
        assertEquals("execute.py", results.entries().nextElement().getName());
      }
      Patience.untilTrue(
          "all products are free again",
          () ->
              farm.products().stream()
                  .allMatch(product -> product.path("status").asText().equals("free")));
    }
  }

  private static long count(Program program, String text) {
    return program.lines().stream().filter(line -> line.contains(text)).count();
  }
}
