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

  private static Path workspace(String id, String script) throws Exception {
    Path work = Files.createDirectories(scratch.resolve("work-" + id));
    Files.writeString(work.resolve("execute.sh"), script);
    return work;
  }

  private static Program start(String id, Path work, String... further) throws Exception {
    var arguments =
        new ArrayList<>(
            List.of(
                "--id",
                id,
                "--workspace",
                work.toString(),
                "--executor-application",
                "sh",
                "--executor-script",
                "execute.sh",
                "--artifact",
                "execute.sh"));
    arguments.addAll(List.of(further));
    return farm.client("start", arguments.toArray(String[]::new));
  }

  @Test
  void aFinishedTestShowsItsOutputAndLeavesItsResults() throws Exception {
    Path work =
        workspace(
            "fine",
            "cat data.txt; ls products.json Main.json; echo \"$1\"; tar cf results.tar data.txt\n");
    Files.writeString(work.resolve("data.txt"), "the artifact's content\n");

    try (var client =
        start(
            "fine",
            work,
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
    assertTrue(Files.size(work.resolve("results.tar")) > 0);
    assertFalse(Files.exists(node.home().resolve("workspace/fine")), "the workspace is removed");
    Patience.untilTrue(
        "all products are free again",
        () -> farm.products().stream().allMatch(p -> p.path("status").asText().equals("free")));
  }

  @Test
  void outputIsShownLineByLineAsItComes() throws Exception {
    Path gate = scratch.resolve("gate");
    Path work =
        workspace(
            "slowly",
            "echo first; while [ ! -e '" + gate + "' ]; do sleep 0.05; done; echo second\n");

    try (var client = start("slowly", work, "--require", "rm-code:RM-763;")) {
      client.untilPrinted("first");
      assertFalse(client.text().contains("second"));
      Files.createFile(gate);

      assertEquals(0, client.exitCode(), client.text());
      client.untilPrinted("second");
    }
  }

  @Test
  void aScriptThatFailsFailsTheTestWithItsNumber() throws Exception {
    Path work = workspace("failing", "echo kept > log.txt; exit 7\n");

    try (var client =
        start("failing", work, "--results", "log.txt", "--require", "rm-code:RM-763;")) {
      assertEquals(1, client.exitCode(), client.text());
      assertTrue(client.text().contains("7"), client.text());
    }
    assertEquals(
        "kept\n",
        Files.readString(work.resolve("log.txt")),
        "results of a failed test are delivered");
  }

  @Test
  void aMissingResultsFileFailsTheTest() throws Exception {
    Path work = workspace("no-results", "true\n");

    try (var client =
        start("no-results", work, "--results", "results.zip", "--require", "rm-code:RM-763;")) {
      assertEquals(1, client.exitCode(), client.text());
      assertTrue(client.text().contains("results.zip"), client.text());
    }
  }

  @Test
  void aMissingArtifactFailsTheTestAndNamesTheFile() throws Exception {
    Path work = workspace("no-artifact", "true\n");

    try (var client =
        start("no-artifact", work, "--artifact", "image.img", "--require", "rm-code:RM-763;")) {
      int code = client.exitCode();
      assertTrue(code == 1 || code == 3 || code == 2, "exit code " + code + "\n" + client.text());
      assertTrue(client.text().contains("image.img"), client.text());
    }
  }

  @Test
  void aTestIsCheckedAndStoppedFromAnotherProcess() throws Exception {
    Path pid = scratch.resolve("pid");
    Path work =
        workspace(
            "endless",
            "sh -c 'trap \"\" TERM; echo $$ > \""
                + pid
                + "\"; while :; do sleep 0.1; done' &\nwait\n");

    try (var client = start("endless", work, "--require", "rm-code:RM-763;")) {
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
    Path work = workspace("refused", "true\n");
    try (var unknownName = start("refused", work, "--require", "rm-cod:RM-763;")) {
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
    Path work = workspace("nobody", "true\n");
    int nobody = Program.freePort();
    try (var client =
        Program.ofJar(
            Program.CLIENT,
            scratch.resolve("nobody"),
            "start",
            "--service",
            "localhost:" + nobody,
            "--id",
            "nobody",
            "--workspace",
            work.toString(),
            "--executor-application",
            "sh",
            "--executor-script",
            "execute.sh",
            "--artifact",
            "execute.sh",
            "--require",
            "rm-code:RM-763;")) {
      assertEquals(5, client.exitCode(), client.text());
      assertTrue(client.text().contains("localhost:" + nobody), client.text());
    }
  }
}
