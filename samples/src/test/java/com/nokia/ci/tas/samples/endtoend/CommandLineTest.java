package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests started from a shell: output as it comes, results where they belong, exit codes that mean
 * something.
 */
class CommandLineTest {
  @TempDir static Path scratch;
  private static LocalFarm farm;
  private static LocalFarm.Node node;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000");
    node = farm.addNode("node", 2);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void aFinishedTestShowsItsOutputAndLeavesItsResults() throws Exception {
    var test =
        ShellTest.in(
            scratch,
            "fine",
            "cat data.txt; ls products.json Main.json; echo \"$1\"; tar cf results.tar data.txt\n");
    Files.writeString(test.workspace().resolve("data.txt"), "the artifact's content\n");

    try (var client =
        test.start(
            farm,
            "--artifact",
            "data.txt",
            "--results",
            "results.tar",
            "--require",
            "rm-code:rm-763;")) {
      assertEquals(0, client.exitCode(), client.text());
      client.untilPrinted("the artifact's content");
      client.untilPrinted("products.json");
      client.untilPrinted("main:" + node.home().resolve("products"));
    }
    assertTrue(Files.size(test.workspace().resolve("results.tar")) > 0);
    assertFalse(Files.exists(node.home().resolve("workspace/fine")), "the workspace is removed");
    Patience.untilTrue("all products are free again", CommandLineTest::allAreFree);
  }

  @Test
  void outputIsShownLineByLineAsItComes() throws Exception {
    Path gate = scratch.resolve("gate");
    var test =
        ShellTest.in(
            scratch,
            "slowly",
            "echo first; while [ ! -e '" + gate + "' ]; do sleep 0.05; done; echo second\n");

    try (var client = test.start(farm, "--require", "rm-code:RM-763;")) {
      client.untilPrinted("first");
      assertFalse(client.text().contains("second"));
      Files.createFile(gate);

      assertEquals(0, client.exitCode(), client.text());
      client.untilPrinted("second");
    }
  }

  @Test
  void aScriptThatFailsFailsTheTestWithItsNumber() throws Exception {
    var test = ShellTest.in(scratch, "failing", "echo kept > log.txt; exit 7\n");

    try (var client = test.start(farm, "--results", "log.txt", "--require", "rm-code:RM-763;")) {
      assertEquals(1, client.exitCode(), client.text());
      assertTrue(client.text().contains("7"), client.text());
    }
    assertEquals(
        "kept\n",
        Files.readString(test.workspace().resolve("log.txt")),
        "results of a failed test are delivered");
  }

  @Test
  void aMissingResultsFileFailsTheTest() throws Exception {
    var test = ShellTest.in(scratch, "no-results", "true\n");

    try (var client =
        test.start(farm, "--results", "results.zip", "--require", "rm-code:RM-763;")) {
      assertEquals(1, client.exitCode(), client.text());
      assertTrue(client.text().contains("results.zip"), client.text());
    }
  }

  @Test
  void aMissingArtifactFailsTheTestAndNamesTheFile() throws Exception {
    var test = ShellTest.in(scratch, "no-artifact", "true\n");

    try (var client = test.start(farm, "--artifact", "image.img", "--require", "rm-code:RM-763;")) {
      assertEquals(2, client.exitCode(), client.text());
      assertTrue(client.text().contains("image.img"), client.text());
    }
  }

  @Test
  void aTestIsCheckedAndStoppedFromAnotherProcess() throws Exception {
    Path pid = scratch.resolve("pid");
    var test =
        ShellTest.in(
            scratch,
            "endless",
            "sh -c 'trap \"\" TERM; echo $$ > \""
                + pid
                + "\"; while :; do sleep 0.1; done' &\nwait\n");

    try (var client = test.start(farm, "--require", "rm-code:RM-763;")) {
      long grandchild =
          Patience.until(
              "the executor runs",
              () ->
                  Files.exists(pid) && Files.readString(pid).endsWith("\n")
                      ? Optional.of(Long.parseLong(Files.readString(pid).strip()))
                      : Optional.<Long>empty());
      try (var check = farm.client("check", "--id", "endless")) {
        assertEquals(0, check.exitCode(), check.text());
        assertTrue(check.text().contains("started"), check.text());
      }
      try (var stop = farm.client("stop", "--id", "endless")) {
        assertEquals(0, stop.exitCode(), stop.text());
      }

      assertEquals(4, client.exitCode(), client.text());
      Patience.untilTrue("the products are free", CommandLineTest::allAreFree);
      assertFalse(isRunning(grandchild), "no grandchild of the executor survives a stop");
    }
    try (var check = farm.client("check", "--id", "endless");
        var stop = farm.client("stop", "--id", "endless")) {
      assertEquals(4, check.exitCode(), check.text());
      assertEquals(3, stop.exitCode(), stop.text());
    }
  }

  @Test
  void whatNothingCouldServeIsToldSoAndWhatWouldStartItIsNamed() throws Exception {
    var test = ShellTest.in(scratch, "mistyped", "true\n");

    try (var client = test.start(farm, "--priority", "7", "--require", "rm-code:RM-736;")) {
      client.untilPrinted("nothing in the farm could serve it now, free or busy");
      client.untilPrinted("the nearest is rm-code:rm-763");
      Patience.untilTrue("both products are free", CommandLineTest::allAreFree);
      try (var why = farm.client("why", "--id", "mistyped")) {
        assertEquals(0, why.exitCode(), why.text());
        assertTrue(why.text().contains("place 1 of 1 in the queue"), why.text());
        assertTrue(
            why.text().contains("  rm-code:rm-763 instead of rm-code:rm-736 (product "),
            why.text());
      }
      try (var stop = farm.client("stop", "--id", "mistyped")) {
        assertEquals(0, stop.exitCode(), stop.text());
      }
      assertEquals(4, client.exitCode(), client.text());
    }
    try (var why = farm.client("why", "--id", "mistyped")) {
      assertEquals(3, why.exitCode(), why.text());
      assertTrue(why.text().contains("The test does not wait: it is ended."), why.text());
    }
  }

  @Test
  void anInterruptedCommandStopsItsTest() throws Exception {
    var test = ShellTest.in(scratch, "interrupted", "echo begun; sleep 600\n");
    // Whoever starts these tests in the background has their children ignore the interrupt.
    var command = new ArrayList<>(List.of("env", "--default-signal=INT", Program.java(), "-jar"));
    command.addAll(List.of(Program.CLIENT.toString(), "start", "--service", farm.address()));
    command.addAll(test.arguments("--require", "rm-code:RM-763;"));

    try (var client = Program.start(Files.createTempDirectory(scratch, "client"), command)) {
      client.untilPrinted("begun");
      new ProcessBuilder("kill", "-INT", Long.toString(client.pid())).start().waitFor();

      assertEquals(130, client.exitCode(), client.text());
      client.untilPrinted("stopping test interrupted");
    }
    Patience.untilTrue("the products are free", CommandLineTest::allAreFree);
  }

  /** Whether a process does anything still; one that ended and was not yet buried does not. */
  private static boolean isRunning(long pid) throws IOException {
    try {
      String state = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return !state.substring(state.lastIndexOf(')') + 2).startsWith("Z");
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean allAreFree() throws Exception {
    return farm.products().stream().allMatch(p -> p.path("status").asText().equals("free"));
  }

  @Test
  void refusalsHaveTheirExitCode() throws Exception {
    var test = ShellTest.in(scratch, "refused", "true\n");
    try (var unknownName = test.start(farm, "--require", "rm-cod:RM-763;")) {
      assertEquals(3, unknownName.exitCode(), unknownName.text());
      assertTrue(
          unknownName.text().contains("rm-code"), "names the nearest: " + unknownName.text());
    }
    try (var usage = farm.client("start", "--id")) {
      assertEquals(2, usage.exitCode(), usage.text());
    }
    try (var unknown = farm.client("check", "--id", "never-seen")) {
      assertEquals(3, unknown.exitCode(), unknown.text());
    }
  }

  @Test
  void aServiceThatIsNotThereIsAnInfrastructureFailure() throws Exception {
    var test = ShellTest.in(scratch, "nobody", "true\n");
    int nobody = Program.freePort();
    var arguments = new ArrayList<>(List.of("start", "--service", "localhost:" + nobody));
    arguments.addAll(test.arguments("--require", "rm-code:RM-763;"));
    try (var client =
        Program.ofJar(
            Program.CLIENT, scratch.resolve("nobody"), arguments.toArray(String[]::new))) {
      assertEquals(5, client.exitCode(), client.text());
      assertTrue(client.text().contains("localhost:" + nobody), client.text());
    }
  }
}
