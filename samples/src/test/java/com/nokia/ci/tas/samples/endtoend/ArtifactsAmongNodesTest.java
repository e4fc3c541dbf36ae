package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Program;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that have large artifacts from each other, where one of them has what a test needs. */
@DisabledOnOs(OS.WINDOWS)
@Order(5) // one of the longest
class ArtifactsAmongNodesTest {
  @TempDir static Path scratch;
  private static LocalFarm farm;
  private static Exchange exchange;
  private static LocalFarm.Node first;
  private static LocalFarm.Node second;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000");
    exchange = new Exchange(scratch, farm, List.of());
    first = exchange.addNode(1);
    second = exchange.addNode(2);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void theSecondNodeGetsWhatTheTestWasStartedWithThoughTheClientHasSomethingElseByThen()
      throws Exception {
    exchange.bring(1, 1);
    Path gate = scratch.resolve("gate");
    var busy = busyUntil(gate, "busy");
    var test = exchange.test("second", 1);
    String onSecond = "imei:" + Exchange.imei(2) + ";";
    try (var holding = busy.start(farm, "--require", onSecond)) {
      holding.untilPrinted("busy");
      try (var client = exchange.start(test, onSecond)) {
        client.untilPrinted("waits for its products");
        Exchange.overwrite(test);
        Files.createFile(gate);

        assertEquals(0, client.exitCode(), client.text());
        assertGot(client, 1, 2);
      }
      assertEquals(0, holding.exitCode(), holding.text());
    }
    first.communicator().untilPrinted("an artifact was lent");
  }

  @Test
  void theNodeThatHasTheLargeArtifactIsPreferred() throws Exception {
    exchange.bring(1, 11);
    exchange.bring(2, 12);

    for (int number = 1; number <= 2; number++) {
      var test = exchange.test("anywhere-" + number, 10 + number);
      try (var client = exchange.start(test, "rm-code:RM-763;")) {
        assertEquals(0, client.exitCode(), client.text());
        assertGot(client, 10 + number, number);
      }
    }
  }

  @Test
  void aBrokenFileOfTheLenderIsNoticedAndReplaced() throws Exception {
    exchange.bring(1, 21);
    Path cached = first.home().resolve("cache").resolve(Exchange.digest(21));
    spoilUnnoticed(cached);

    var test = exchange.test("wary", 21);
    try (var client = exchange.start(test, "imei:" + Exchange.imei(2) + ";")) {
      assertEquals(0, client.exitCode(), client.text());
      assertGot(client, 21, 2);
    }
    second.communicator().untilPrinted("does not come from another node");
    first.communicator().untilPrinted("an artifact was not lent");

    try (var client = exchange.start(test, "imei:" + Exchange.imei(1) + ";")) {
      assertEquals(0, client.exitCode(), client.text());
      assertGot(client, 21, 1);
    }
    assertEquals(
        Exchange.digest(21), Exchange.digest(Files.readAllBytes(cached)), "it was replaced");
  }

  @Test
  void aNodeThatDiesWhileItIsAskedIsDoneWithout() throws Exception {
    var third = exchange.addNode(3);
    var fourth = exchange.addNode(4, "BorrowPatience=2");
    exchange.bring(3, 31);
    Path gate = scratch.resolve("gate-of-the-fourth");
    var busy = busyUntil(gate, "busy-fourth");
    var test = exchange.test("patient", 31);
    String onFourth = "imei:" + Exchange.imei(4) + ";";
    try (var holding = busy.start(farm, "--require", onFourth)) {
      holding.untilPrinted("busy");
      try (var client = exchange.start(test, onFourth)) {
        // Not before the client is there: the service names no node that has been silent for long.
        client.untilPrinted("waits for its products");
        Program.start(scratch, List.of("kill", "-STOP", Long.toString(third.communicator().pid())))
            .exitCode();
        Files.createFile(gate);
        fourth.communicator().untilPrinted("it has sent nothing for 2 s");
        third.communicator().kill();

        assertEquals(0, client.exitCode(), client.text());
        assertGot(client, 31, 4);
      }
      assertEquals(0, holding.exitCode(), holding.text());
    }
    assertFalse(third.communicator().text().contains("was lent"));
  }

  private static ShellTest busyUntil(Path gate, String name) throws Exception {
    return ShellTest.in(
        scratch, name, "echo busy; while [ ! -e '" + gate + "' ]; do sleep 0.05; done\n");
  }

  private static void assertGot(Program client, int seed, int number) {
    assertTrue(client.text().contains(Exchange.digest(seed)), client.text());
    assertTrue(client.lines().contains(Exchange.imei(number)), client.text());
  }

  /** Other bytes of the same size and time. */
  private static void spoilUnnoticed(Path file) throws Exception {
    var time = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
  }
}
