package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test on this machine without a farm, as the person who writes its script starts it. */
class RunWithoutFarmTest {
  private static final int ENDED_BY_SIGTERM = 143;

  @TempDir Path home;

  @Test
  void aScriptIsTriedWithoutAFarmAndEndsWithItsTerminal() throws Exception {
    Path gate = home.resolve("gate");
    Files.writeString(
        home.resolve("run.sh"),
        """
        echo "in $TAS_WORKSPACE"; echo done > result.txt
        (while [ ! -e '%s' ]; do sleep 0.05; done) & wait
        """
            .formatted(gate));

    try (var run = runLocal("--results-dir=out")) {
      run.untilPrinted("in /");
      Files.createFile(gate);
      assertEquals(0, run.exitCode(), run.text());
    }
    assertEquals("done\n", Files.readString(home.resolve("out/result.txt")));

    Files.delete(gate);
    try (var run = runLocal()) {
      run.untilPrinted("in /");
      Path workspace = workspace(run);
      assertTrue(Files.isDirectory(workspace));
      run.terminate();
      assertEquals(ENDED_BY_SIGTERM, run.exitCode(), run.text());
      assertFalse(Files.exists(workspace), "its directory is removed");
    }
    Patience.untilTrue(
        "nothing of the test runs",
        () ->
            ProcessHandle.allProcesses()
                .noneMatch(it -> it.info().commandLine().orElse("").contains(gate.toString())));
  }

  private Program runLocal(String... more) throws Exception {
    var arguments =
        new ArrayList<>(
            List.of(
                "run-local",
                "--executor-application=sh",
                "--executor-script=run.sh",
                "--results=result.txt"));
    arguments.addAll(List.of(more));
    return Program.ofJar(Program.COMMUNICATOR, home, arguments.toArray(String[]::new));
  }

  private static Path workspace(Program run) {
    return run.lines().stream()
        .filter(line -> line.startsWith("in /"))
        .map(line -> Path.of(line.substring(3)))
        .findFirst()
        .orElseThrow();
  }
}
