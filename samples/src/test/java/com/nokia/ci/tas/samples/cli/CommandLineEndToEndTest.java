package com.nokia.ci.tas.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a shell on a farm of real processes: output, results and exit codes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandLineEndToEndTest {
  private Path scratch;
  private LocalFarm farm;
  private Path workspace;

  @BeforeAll
  void startFarm(@TempDir Path directory) throws Exception {
    scratch = directory;
    workspace = Files.createDirectories(scratch.resolve("workspace"));
    farm = LocalFarm.start(scratch.resolve("farm"), "maximal-number-of-retries-for-failed-test=0");
    farm.addNode("node", 2);
  }

  @AfterAll
  void endFarm() {
    farm.close();
  }

  @Test
  void finishedTestShowsItsOutputAndBringsItsResults() throws Exception {
    script("good.sh", "echo \"Grüße aus $TAS_TEST_ID\"; echo \"$1\"; echo done >results.txt");
    try (var start = start("good_1", "good.sh", "--results", "results.txt")) {
      assertEquals(0, start.exitCode(), start.text());
      assertTrue(start.lines().contains("Grüße aus good_1"), start.text());
      assertTrue(start.text().contains("main:"), start.text());
    }
    assertEquals("done\n", Files.readString(workspace.resolve("results.txt")));
    try (var check = farm.client("check", "--id", "good_1")) {
      assertEquals(0, check.exitCode(), check.text());
    }
  }

  @Test
  void failedTestSaysTheExitCodeOfItsExecutor() throws Exception {
    script("bad.sh", "exit 7");
    try (var start = start("bad_1", "bad.sh")) {
      assertEquals(1, start.exitCode(), start.text());
      assertTrue(start.text().contains("exit code 7"), start.text());
    }
  }

  @Test
  void testThatAsksForNonsenseIsRefused() throws Exception {
    script("good.sh", "exit 0");
    try (var start =
        farm.client(
            "start",
            "--id",
            "nonsense_1",
            "--workspace",
            workspace.toString(),
            "--executor-script",
            "good.sh",
            "--require",
            "(rm-codx:RM-763;)")) {
      assertEquals(3, start.exitCode(), start.text());
      assertTrue(start.text().contains("rm-code"), start.text());
    }
  }

  @Test
  void anyProcessChecksAndStopsATest() throws Exception {
    script("long.sh", "echo begun; sleep 600");
    try (var start = start("long_1", "long.sh")) {
      start.untilPrinted("begun");
      try (var check = farm.client("check", "--id", "long_1")) {
        assertEquals(0, check.exitCode(), check.text());
        assertEquals(List.of("test long_1 is started"), check.lines());
      }
      try (var stop = farm.client("stop", "--id", "long_1")) {
        assertEquals(0, stop.exitCode(), stop.text());
      }
      assertEquals(4, start.exitCode(), start.text());
    }
    try (var check = farm.client("check", "--id", "long_1");
        var stop = farm.client("stop", "--id", "long_1")) {
      assertEquals(4, check.exitCode(), check.text());
      assertEquals(3, stop.exitCode(), stop.text());
    }
  }

  @Test
  void interruptedCommandStopsItsTest() throws Exception {
    script("patient.sh", "echo begun; sleep 600");
    try (var start = start("patient_1", "patient.sh")) {
      start.untilPrinted("begun");
      new ProcessBuilder("kill", "-INT", Long.toString(start.pid())).start().waitFor();
      assertEquals(130, start.exitCode(), start.text());
      assertTrue(start.text().contains("stopping test patient_1"), start.text());
    }
    Patience.untilTrue(
        "its product is free again",
        () ->
            farm.products().stream()
                .noneMatch(it -> it.path("statusDetails").asText().equals("patient_1")));
  }

  @Test
  void serviceThatIsNotThereIsAnInfrastructureFailure() throws Exception {
    try (var check =
        Program.ofJar(
            Program.CLIENT,
            Files.createTempDirectory(scratch, "client"),
            "check",
            "--service",
            "localhost:" + Program.freePort(),
            "--id",
            "any")) {
      assertEquals(5, check.exitCode(), check.text());
    }
  }

  private Program start(String id, String script, String... further) throws IOException {
    var arguments =
        new ArrayList<>(
            List.of(
                "--id",
                id,
                "--workspace",
                workspace.toString(),
                "--executor-application",
                "sh",
                "--executor-script",
                script,
                "--require",
                "(rm-code:RM-763;)"));
    arguments.addAll(List.of(further));
    return farm.client("start", arguments.toArray(String[]::new));
  }

  private void script(String name, String commands) throws IOException {
    Files.writeString(workspace.resolve(name), commands + "\n");
  }
}
