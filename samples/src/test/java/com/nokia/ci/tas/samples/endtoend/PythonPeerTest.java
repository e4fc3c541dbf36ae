package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that was written from the description of the session alone, on a farm of ours. */
final class PythonPeerTest {
  private static final Path PEER = Program.ROOT.resolve("samples/src/main/python/tas_client.py");
  private static final int LINES = 300;

  @TempDir static Path scratch;
  private static LocalFarm farm;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000");
    farm.addNode("node", 1);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void itSendsArtifactsShowsTheOutputAndTakesTheResults() throws Exception {
    runsOnce("whole");
  }

  @Test
  void nothingIsLostOrDoubledWhenItsConnectionBreaks() throws Exception {
    try (var client = runsOnce("cut", "--cut-once")) {
      client.untilPrinted("the service is away, waiting (cut on purpose)");
    }
  }

  @Test
  void exitCodesAreThoseOfTheCommandLine() throws Exception {
    var failing = ShellTest.in(scratch, "python-failing", "exit 7\n");
    try (var client = start(farm.address(), failing, "--require", "rm-code:RM-763;")) {
      assertEquals(1, client.exitCode(), client.text());
      client.untilPrinted("7");
    }
    var refused = ShellTest.in(scratch, "python-refused", "true\n");
    try (var client = start(farm.address(), refused, "--require", "rm-cod:RM-763;")) {
      assertEquals(3, client.exitCode(), client.text());
      client.untilPrinted("rm-code");
    }
    String nobody = "localhost:" + Program.freePort();
    try (var client = start(nobody, refused, "--require", "rm-code:RM-763;")) {
      assertEquals(5, client.exitCode(), client.text());
      client.untilPrinted("is lost");
    }
  }

  /** Large artifact there, the same back as results, and every line of the output once. */
  private static Program runsOnce(String id, String... further) throws Exception {
    var test =
        ShellTest.in(
            scratch,
            id,
            "i=0; while [ $i -lt "
                + LINES
                + " ]; do echo line $i; i=$((i+1)); done\n"
                + "cat small.txt; cp large.img results.img\n");
    byte[] large = new byte[3_000_001];
    new Random(4711).nextBytes(large);
    Files.write(test.workspace().resolve("large.img"), large);
    Files.writeString(test.workspace().resolve("small.txt"), "the small artifact\n");
    var arguments = new ArrayList<>(List.of("--artifact", "large.img", "--artifact", "small.txt"));
    arguments.addAll(List.of("--results", "results.img", "--require", "rm-code:RM-763;"));
    arguments.addAll(List.of(further));

    Program client = start(farm.address(), test, arguments.toArray(String[]::new));
    assertEquals(0, client.exitCode(), client.text());
    assertEquals(
        IntStream.range(0, LINES).mapToObj(i -> "line " + i).toList(),
        client.lines().stream().filter(line -> line.startsWith("line ")).toList());
    assertTrue(client.lines().contains("the small artifact"), client.text());
    assertArrayEquals(large, Files.readAllBytes(test.workspace().resolve("results.img")));
    return client;
  }

  private static Program start(String service, ShellTest test, String... further)
      throws IOException {
    var command = new ArrayList<>(List.of("python3", PEER.toString(), "--service", service));
    command.addAll(test.arguments(further));
    return Program.start(Files.createTempDirectory(scratch, "python"), command);
  }
}
