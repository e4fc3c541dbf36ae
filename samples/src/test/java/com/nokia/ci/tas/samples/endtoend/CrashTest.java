package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Processes;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of the farm are killed, as by a power cut, and nothing is lost by that. */
@Order(2) // one of the longest
class CrashTest {
  private static final String[] ONE_PHONE = {"--require", "rm-code:RM-763;"};

  @TempDir Path scratch;
  private LocalFarm farm;

  @BeforeEach
  void startService() throws Exception {
    farm =
        LocalFarm.start(
            scratch, "test-minimal-execution-time=1000", "remote-client-checking-period=15000");
  }

  @AfterEach
  void endFarm() {
    farm.close();
  }

  @Test
  void anAcceptedTestIsNeverLost() throws Exception {
    var tests = new Gate("waiting");
    try (var client = tests.start()) {
      Patience.untilTrue("the test waits", () -> states().contains("waiting waiting"));

      farm.restartService();
      farm.addNode("node", 1);
      tests.untilRunning(1);
      tests.open();

      assertEquals(0, client.exitCode(), client.text());
    }
    tests.assertRuns(1);
    awaitAllFree();
  }

  @Test
  void aRestartOfTheServiceDoesNotFailARunningTest() throws Exception {
    farm.addNode("node", 1);
    var test = new Gate("running");
    try (var client = test.start("--results", "results.txt")) {
      test.untilRunning(1);

      farm.restartService();
      farm.restartService();
      test.open();

      assertEquals(0, client.exitCode(), client.text());
      assertEquals(1, count(client, "the end of running"), client.text());
    }
    assertEquals("green\n", Files.readString(test.script.workspace().resolve("results.txt")));
    test.assertRuns(1);
    awaitAllFree();
  }

  @Test
  void everyTestEndsExactlyOnce() throws Exception {
    farm.addNode("node", 1);
    var test = new Gate("unheard");
    try (var client = test.start()) {
      test.untilRunning(1);
      farm.killService();
      test.open();
      test.untilEnded(1);

      farm.startService();

      assertEquals(0, client.exitCode(), client.text());
    }
    test.assertRuns(1);
    awaitAllFree();
  }

  @Test
  void aTestThatIsStoppedWhileTheServiceIsKilledEndsAndFreesItsProduct() throws Exception {
    farm.addNode("node", 1);
    var test = new Gate("stopped");
    try (var client = test.start()) {
      test.untilRunning(1);
      Patience.untilTrue("the farm knows it", () -> states().contains("stopped running"));
      try (var stop = farm.client("stop", "--id", "stopped")) {
        Patience.untilTrue("the stop is known", () -> states().contains("stopped stopped"));
        farm.restartService();
        stop.exitCode();
      }

      assertEquals(4, client.exitCode(), client.text());
    }
    test.assertRuns(1);
    awaitAllFree();
  }

  @Test
  void aReservationAlwaysEnds() throws Exception {
    farm.addNode("node", 1);
    var test = new Gate("orphaned");
    try (var client = test.start()) {
      test.untilRunning(1);

      client.kill();
      client.exitCode();
      farm.restartService();

      Patience.untilTrue("the test is stopped", () -> states().contains("orphaned stopped"));
    }
    awaitAllFree();
  }

  @Test
  void aZombieNodeCannotChangeAResult() throws Exception {
    var node = farm.addNode("node", 1, "--keep-workspaces-of-failed-tests");
    var test = new Gate("again");
    try (var client = test.start()) {
      test.untilRunning(1);
      long executor = test.executor();

      node.communicator().kill();
      node.communicator().exitCode();
      assertTrue(Processes.isRunning(executor), "the executor has outlived its node");
      farm.restarted(node);

      test.untilRunning(2);
      assertFalse(
          Processes.isRunning(executor), "what an earlier daemon left is ended before a new run");
      test.open();
      assertEquals(0, client.exitCode(), client.text());
    }
    test.assertRuns(2);
    awaitAllFree();
    assertEquals(
        "its node was restarted while it ran",
        Files.readString(node.home().resolve("kept-workspaces/again/TEST_HAS_FAILED.txt")).strip());
    untilEmpty(node.home().resolve("workspace"));
  }

  @Test
  void resultsThatAreUnderWayWhenTheirNodeIsKilledArriveFromItsNextLife() throws Exception {
    var node = farm.addNode("node", 1);
    Path open = scratch.resolve("open");
    var test =
        ShellTest.in(
            scratch,
            "delivered",
            """
            echo run >> '%1$s.runs'; echo ready
            while [ ! -e '%1$s' ]; do sleep 0.05; done
            echo green > results.txt
            """
                .formatted(open));
    String[] wish = {
      "--results", "results.txt", "--output", "output.txt", ONE_PHONE[0], ONE_PHONE[1]
    };
    try (var client = test.start(farm, wish)) {
      Patience.untilTrue("the client is shown the output", () -> count(client, "ready") == 1);
      signal("STOP", client.pid());
      Files.createFile(open);
      Path note = node.home().resolve("results/delivered/run.json");
      Patience.untilTrue(
          "the results are under way", () -> Files.readString(note).contains("\"files\""));

      node.communicator().kill();
      node.communicator().exitCode();
      assertFalse(Files.readString(note).contains("\"delivered\":true"));
      farm.restarted(node);
      signal("CONT", client.pid());

      assertEquals(0, client.exitCode(), client.text());
    }
    assertEquals("green\n", Files.readString(test.workspace().resolve("results.txt")));
    assertEquals("ready\n", Files.readString(test.workspace().resolve("output.txt")));
    assertEquals("run\n", Files.readString(Path.of(open + ".runs")));
    awaitAllFree();
    untilEmpty(node.home().resolve("workspace"));
    assertEquals(
        Set.of("run.json", "output.txt", "files"),
        Set.of(node.home().resolve("results/delivered").toFile().list()));
  }

  @Test
  void serviceAndNodeAreKilledTogether() throws Exception {
    var node = farm.addNode("node", 1);
    var running = new Gate("first");
    var waiting = new Gate("second");
    try (var first = running.start();
        var second = startBehind(running, waiting)) {
      node.communicator().kill();
      farm.killService();
      node.communicator().exitCode();
      farm.startService();
      farm.restarted(node);

      running.open();
      waiting.open();
      assertEquals(0, first.exitCode(), first.text());
      assertEquals(0, second.exitCode(), second.text());
    }
    waiting.assertRuns(1);
    awaitAllFree();
  }

  private Program startBehind(Gate running, Gate waiting) throws Exception {
    running.untilRunning(1);
    var client = waiting.start();
    Patience.untilTrue("the test waits", () -> states().contains("second waiting"));
    return client;
  }

  @Test
  void allThreeAreKilledTogether() throws Exception {
    var node = farm.addNode("node", 1);
    var test = new Gate("abandoned");
    long executor;
    try (var client = test.start()) {
      test.untilRunning(1);
      executor = test.executor();
      client.kill();
      node.communicator().kill();
      farm.killService();
      client.exitCode();
      node.communicator().exitCode();
    }
    farm.startService();
    farm.restarted(node);

    Patience.untilTrue(
        "the test has ended", () -> states().stream().noneMatch(it -> it.endsWith("running")));
    Patience.untilTrue("its executor is ended", () -> !Processes.isRunning(executor));
    awaitAllFree();
    var next = new Gate("next");
    next.open();
    try (var client = next.start()) {
      assertEquals(0, client.exitCode(), client.text());
    }
  }

  private static void signal(String name, long pid) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor());
  }

  private static void untilEmpty(Path directory) throws Exception {
    Patience.untilTrue(directory + " is empty", () -> directory.toFile().list().length == 0);
  }

  /** Each test as {@code ID STATE}. */
  private List<String> states() throws Exception {
    return farm.tests().stream().map(test -> test.path("id").asText() + " " + state(test)).toList();
  }

  /** How it ended, once it has. */
  private static String state(JsonNode test) {
    String state = test.path("state").asText();
    return state.equals("ended") ? test.path("verdict").asText() : state;
  }

  private void awaitAllFree() throws Exception {
    Patience.untilTrue(
        "all products are free",
        () ->
            !farm.products().isEmpty()
                && farm.products().stream()
                    .allMatch(product -> product.path("status").asText().equals("free")));
  }

  private static long count(Program program, String text) {
    return program.lines().stream().filter(line -> line.contains(text)).count();
  }

  /**
   * A test whose executor waits until it may end, and leaves a trace of each run; it fails when
   * another run has its product.
   */
  private final class Gate {
    private final String id;
    private final Path traces;
    private final ShellTest script;

    Gate(String id) throws IOException {
      this.id = id;
      traces = Files.createDirectory(scratch.resolve("traces-" + id));
      String product = scratch.resolve("product-in-use").toString();
      script =
          ShellTest.in(
              scratch,
              id,
              """
              exec 9> '%2$s'
              flock -n 9 || { echo double > '%1$s/double'; exit 9; }
              echo $$ > '%1$s/pid'
              echo run >> '%1$s/runs'
              while [ ! -e '%1$s/open' ]; do sleep 0.05; done
              echo green > results.txt
              echo the end of %3$s
              echo end >> '%1$s/ends'
              """
                  .formatted(traces, product, id));
    }

    Program start(String... further) throws IOException {
      var all = new ArrayList<>(List.of(ONE_PHONE));
      all.addAll(List.of(further));
      return script.start(farm, all.toArray(String[]::new));
    }

    void open() throws IOException {
      Files.createFile(traces.resolve("open"));
    }

    void untilRunning(int runs) throws Exception {
      Patience.untilTrue(
          "run " + runs + " of " + id + " is there; the farm has " + states(),
          () -> lines("runs") == runs);
    }

    void untilEnded(int runs) throws Exception {
      Patience.untilTrue(id + " has come to its end", () -> lines("ends") == runs);
    }

    long executor() throws IOException {
      return Long.parseLong(Files.readString(traces.resolve("pid")).strip());
    }

    void assertRuns(int runs) throws IOException {
      assertEquals(runs, lines("runs"));
      assertFalse(Files.exists(traces.resolve("double")), "two runs had one product");
    }

    private int lines(String name) throws IOException {
      Path file = traces.resolve(name);
      return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }
  }
}
