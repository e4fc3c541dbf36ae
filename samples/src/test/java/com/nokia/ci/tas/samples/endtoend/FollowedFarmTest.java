package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell shows of a test and of a farm while things happen, and afterwards. */
class FollowedFarmTest {
  @TempDir static Path scratch;
  private static LocalFarm farm;

  @BeforeAll
  static void startFarm() throws Exception {
    farm =
        LocalFarm.start(
            scratch,
            "test-minimal-execution-time=1000",
            "maximal-number-of-retries-for-failed-test=1");
    farm.addNode("node", 1);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void theLogOfARunIsWrittenBesideTheResultsAndToldToAnybody() throws Exception {
    var test = ShellTest.in(scratch, "logged", "echo hello\necho 'WARNING: it is hot'\nexit 3\n");
    try (var client =
        test.start(
            farm,
            "--run-log",
            "run.log",
            "--secret-env",
            "P=hush",
            "--require",
            "rm-code:RM-763;")) {
      assertEquals(1, client.exitCode(), client.text());
    }
    String written = Files.readString(test.workspace().resolve("run.log"));
    assertInOrder(
        written,
        "INFO    client   asked for test logged, on rm-code:RM-763;",
        "INFO    service  the test is accepted",
        "INFO    node     artifact execute.sh is on its node",
        "INFO    node     test logged is started, on ",
        "ERROR   service  the test has ended: failed: ");
    assertTrue(written.contains("INFO    executor hello"), written);
    assertFalse(written.contains("hush"), written);

    String all = told("logged", "debug");
    assertInOrder(
        all,
        "INFO    client   asked for test logged, on (rm-code:rm-763;",
        "INFO    service  attempt 1: products ",
        "INFO    node     attempt 1: all files are there, the executor runs",
        "WARNING node     attempt 1 has ended: failed: ",
        "INFO    executor hello",
        "WARNING executor WARNING: it is hot",
        "ERROR   service  the test has ended: failed: ",
        "DEBUG   service  fault of: test, code: ");
    String grave = told("logged", "error");
    assertFalse(grave.contains("WARNING"), grave);
    assertInOrder(
        grave, "ERROR   node     attempt ", "ERROR   service  the test has ended: failed: ");
  }

  @Test
  void whoFollowsTheLogOfARunHearsOfEverythingUntilItsEnd() throws Exception {
    Path gate = scratch.resolve("log-gate");
    var test =
        ShellTest.in(
            scratch,
            "followed",
            "echo begun; while [ ! -e '" + gate + "' ]; do sleep 0.1; done; echo over\n");
    try (var client = test.start(farm, "--require", "rm-code:RM-763;")) {
      client.untilPrinted("is accepted");
      try (var logs = farm.client("logs", "followed", "-f", "--level", "info", "--json")) {
        logs.untilPrinted("\"part\":\"executor\",\"test\":\"followed\",\"text\":\"begun\"");
        Files.createFile(gate);
        assertEquals(0, logs.exitCode(), logs.text());
        logs.untilPrinted("\"text\":\"over\"");
        logs.untilPrinted("\"text\":\"the test has ended: finished\"");
        assertFalse(logs.text().contains("\"level\":\"debug\""), logs.text());
      }
      assertEquals(0, client.exitCode(), client.text());
    }
    try (var unknown = farm.client("logs", "nobody", "--level", "info")) {
      assertEquals(3, unknown.exitCode(), unknown.text());
      unknown.untilPrinted("test nobody is not known on the service " + farm.address());
    }
  }

  @Test
  void listsAreShownAgainWhenTheFarmChanges() throws Exception {
    Path gate = scratch.resolve("list-gate");
    var first =
        ShellTest.in(
            scratch, "holds", "echo begun; while [ ! -e '" + gate + "' ]; do sleep 0.1; done\n");
    var second = ShellTest.in(scratch, "queues", "true\n");
    try (var products = farm.client("products", "--watch");
        var queue = farm.client("queue", "--watch", "--json");
        var nodes = farm.client("nodes", "--watch")) {
      products.untilPrinted("free");
      nodes.untilPrinted("0 of ");
      queue.untilPrinted("\"tests\":[]");
      try (var holds = first.start(farm, "--require", "rm-code:RM-763;")) {
        holds.untilPrinted("begun");
        products.untilPrinted("busy");
        nodes.untilPrinted("1 of ");
        try (var queues = second.start(farm, "--require", "rm-code:RM-763;")) {
          queue.untilPrinted("\"id\":\"queues\"");
          Files.createFile(gate);
          assertEquals(0, queues.exitCode(), queues.text());
        }
        assertEquals(0, holds.exitCode(), holds.text());
      }
      assertTrue(products.isRunning() && queue.isRunning() && nodes.isRunning());
    }
  }

  @Test
  void aLargeFileShowsHowFarItIsInALogAndOnATerminal() throws Exception {
    var test = ShellTest.in(scratch, "large", "true\n");
    Files.write(test.workspace().resolve("image.img"), new byte[8 << 20]);
    try (var client = test.start(farm, "--artifact", "image.img", "--require", "rm-code:RM-763;")) {
      assertEquals(0, client.exitCode(), client.text());
      client.untilPrinted("tas: sending image.img [");
    }
    if (Program.isOnPath("script")) {
      Files.write(test.workspace().resolve("image.img"), other(8 << 20));
      var command = new ArrayList<>(List.of(Program.java(), "-jar", Program.CLIENT.toString()));
      command.addAll(List.of("start", "--service", farm.address()));
      command.addAll(test.arguments("--artifact", "image.img", "--require", "rm-code:RM-763;"));
      String line = command.stream().map(it -> "'" + it + "'").collect(Collectors.joining(" "));
      try (var terminal =
          Program.start(
              Files.createTempDirectory(scratch, "terminal"),
              List.of("env", "TERM=xterm", "script", "-qefc", line, "/dev/null"))) {
        assertEquals(0, terminal.exitCode(), terminal.text());
        terminal.untilPrinted("tas: sending image.img [");
        terminal.untilPrinted("\u001b[K");
        terminal.untilPrinted("verdict \u001b[32mPASS\u001b[0m: ");
      }
    }
  }

  private static byte[] other(int length) {
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) 1);
    return content;
  }

  private static String told(String id, String level) throws Exception {
    try (var logs = farm.client("logs", id, "--level", level)) {
      assertEquals(0, logs.exitCode(), logs.text());
      return logs.text();
    }
  }

  private static void assertInOrder(String text, String... lines) {
    int before = 0;
    for (String line : lines) {
      int at = text.indexOf(line, before);
      assertTrue(at >= 0, line + " in its place in:\n" + text);
      before = at;
    }
  }
}
