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
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test on this machine without a farm, as the person who writes its script starts it. */
class RunWithoutFarmTest {
  private static final Pattern IN = Pattern.compile("^in (/.*)\n", Pattern.MULTILINE);
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
      Path workspace = Patience.until("the script says where it runs", () -> workspace(run));
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

  /** What the script says, once its line is whole; the program speaks of its directory before. */
  private static Optional<Path> workspace(Program run) {
    var said = IN.matcher(run.text());
    return said.find() ? Optional.of(Path.of(said.group(1))) : Optional.empty();
  }
}
