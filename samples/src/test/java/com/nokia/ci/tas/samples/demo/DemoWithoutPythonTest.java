package com.nokia.ci.tas.samples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./tas demo} does on a machine that has no Python. */
final class DemoWithoutPythonTest {
  private static final List<String> PROGRAMS =
      List.of(
          "sh", "cat", "cut", "gzip", "head", "sed", "setsid", "sha256sum", "sleep", "tail", "wc");

  @TempDir Path scratch;

  @Test
  void theDemoDoesWithTheShell() throws Exception {
    Path path = Files.createDirectory(scratch.resolve("path"));
    for (String program : PROGRAMS) {
      Files.createSymbolicLink(path.resolve(program), Path.of("/usr/bin", program));
    }
    String classPath = Program.ROOT.resolve("samples/target/classes") + ":" + Program.CLIENT;

    try (var demo =
        Program.start(
            scratch,
            List.of(
                "/usr/bin/env",
                "PATH=" + path,
                Program.java(),
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                classPath,
                Demo.class.getName()))) {
      assertEquals(0, demo.exitCode(), demo.text());
      assertTrue(demo.text().contains("executor script in sh"), demo.text());
      assertTrue(demo.text().contains("results.zip with report.txt"), demo.text());
    }
  }
}
