package com.nokia.ci.tas.samples.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A farm whose node and client reach the service over wires that misbehave. The client cannot be
 * dialled at all, as one in a container or behind a NAT.
 */
@Order(1) // one of the longest
class NetworkFaultsTest {
  /** A reserved address for documentation: nobody is there. */
  private static final String NOBODY = "192.0.2.1";

  @TempDir Path scratch;
  private LocalFarm farm;
  private FaultyWire nodeWire;
  private FaultyWire clientWire;

  @BeforeEach
  void startFarm() throws Exception {
    farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000", "session-silence=3000");
    nodeWire = FaultyWire.to("localhost", farm.port());
    clientWire = FaultyWire.to("localhost", farm.port());
    farm.addNode("node", 1, "TestAutomationServicePortNumber=" + nodeWire.port());
  }

  @AfterEach
  void endFarm() {
    Closing.all(farm, nodeWire, clientWire);
  }

  @Test
  void nothingIsLostOrDoubledWhenConnectionsAreResetAgainAndAgain() throws Exception {
    try (Program client = start("resets", CountingScript.packing("data.txt", "0.1"))) {
      client.untilPrinted("line 3");
      for (int i = 0; i < 6; i++) {
        resetAndAwaitReturn(nodeWire);
        resetAndAwaitReturn(clientWire);
      }

      assertEquals(0, client.exitCode(), client.text());
      assertEquals(CountingScript.allLines(), CountingScript.linesOf(client));
    }
    assertTrue(Files.size(results("resets")) > 0);
    awaitFreeProducts();
  }

  @Test
  void aNodeWhoseCableWasOutForHalfAMinuteReturnsAndItsTestIsRunAgain() throws Exception {
    try (Program client = start("cable", CountingScript.packing("data.txt", "0.1"))) {
      client.untilPrinted("line 3");
      nodeWire.pullCable();
      CountingScript.pass(Duration.ofSeconds(30));
      nodeWire.plugIn();

      assertEquals(0, client.exitCode(), client.text());
      assertTrue(
          CountingScript.linesOf(client).containsAll(CountingScript.allLines()), client.text());
    }
    awaitFreeProducts();
  }

  @Test
  void aShortSilenceOfTheClientCostsNothing() throws Exception {
    try (Program client = start("short", CountingScript.packing("data.txt", "0.1"))) {
      client.untilPrinted("line 3");
      clientWire.pullCable();
      CountingScript.pass(Duration.ofSeconds(8));
      clientWire.plugIn();

      assertEquals(0, client.exitCode(), client.text());
      assertEquals(CountingScript.allLines(), CountingScript.linesOf(client));
    }
  }

  @Test
  void theEndOfATestWaitsForAClientThatIsAway() throws Exception {
    try (Program client = start("away", "echo begun; sleep 2; tar cf results.tar data.txt\n")) {
      client.untilPrinted("begun");
      clientWire.pullCable();
      CountingScript.pass(Duration.ofSeconds(8));
      clientWire.plugIn();

      assertEquals(0, client.exitCode(), client.text());
    }
    assertTrue(Files.size(results("away")) > 0);
    awaitFreeProducts();
  }

  @Test
  void aClientThatVanishesWithoutAWordCostsItsTestAndNothingElse() throws Exception {
    try (LocalFarm other =
            LocalFarm.start(
                scratch.resolve("other"),
                "test-minimal-execution-time=1000",
                "session-silence=1000",
                "remote-client-checking-period=3000");
        FaultyWire wire = FaultyWire.to("localhost", other.port())) {
      other.addNode("other-node", 1);
      Path workspace = workspace("vanishing", CountingScript.packing("data.txt", "10"));
      try (Program client =
          other.clientThrough(
              "localhost:" + wire.port(),
              "start",
              arguments("vanishing", workspace).toArray(String[]::new))) {
        client.untilPrinted("line 1");
        wire.pullCable();
        client.kill();

        awaitFreeProducts(other);
      }
    }
  }

  @Test
  void aNodeWhoseAddressChangesGoesOn() throws Exception {
    try (Program client = start("moved", CountingScript.packing("data.txt", "0.1"))) {
      client.untilPrinted("line 3");
      nodeWire.leaveFrom(InetAddress.getByName("127.0.0.9"));
      resetAndAwaitReturn(nodeWire);

      assertEquals(0, client.exitCode(), client.text());
      assertEquals(CountingScript.allLines(), CountingScript.linesOf(client));
    }
  }

  @Test
  void aSlowAndDistantClientIsServed() throws Exception {
    clientWire.delay(Duration.ofMillis(150));
    clientWire.throttle(300_000);
    try (Program client = start("distant", CountingScript.packing("data.txt", "0.02"))) {
      assertEquals(0, client.exitCode(), client.text());
      assertEquals(CountingScript.allLines(), CountingScript.linesOf(client));
    }
    assertTrue(Files.size(results("distant")) > 0);
  }

  @Test
  void aRestartOfTheServiceIsAReconnectForEverybody() throws Exception {
    try (Program client = start("restart", CountingScript.packing("data.txt", "0.1"))) {
      client.untilPrinted("line 3");

      farm.restartService();

      assertEquals(0, client.exitCode(), client.text());
      assertTrue(
          CountingScript.linesOf(client).containsAll(CountingScript.allLines()), client.text());
    }
    assertTrue(Files.size(results("restart")) > 0);
    awaitFreeProducts();
  }

  @Test
  void aClientIsServedOverIpVersionSix() throws Exception {
    Path workspace = workspace("six", CountingScript.packing("data.txt", "0"));
    try (Program client =
        farm.clientThrough(
            "[::1]:" + farm.port(), "start", arguments("six", workspace).toArray(String[]::new))) {
      assertEquals(0, client.exitCode(), client.text());
      assertEquals(CountingScript.allLines(), CountingScript.linesOf(client));
    }
  }

  private Program start(String id, String script) throws IOException {
    Path workspace = workspace(id, script);
    return farm.clientThrough(
        "localhost:" + clientWire.port(), "start", arguments(id, workspace).toArray(String[]::new));
  }

  private Path workspace(String id, String script) throws IOException {
    Path workspace = Files.createDirectory(scratch.resolve("work-" + id));
    Files.writeString(workspace.resolve("execute.sh"), script);
    Files.write(workspace.resolve("data.txt"), new byte[400_000]);
    return workspace;
  }

  private static List<String> arguments(String id, Path workspace) {
    return List.of(
        "--client-hostname",
        NOBODY,
        "--id",
        id,
        "--workspace",
        workspace.toString(),
        "--executor-application",
        "sh",
        "--executor-script",
        "execute.sh",
        "--artifact",
        "execute.sh",
        "--artifact",
        "data.txt",
        "--results",
        "results.tar",
        "--require",
        "rm-code:RM-763;");
  }

  private Path results(String id) {
    return scratch.resolve("work-" + id).resolve("results.tar");
  }

  private static void resetAndAwaitReturn(FaultyWire wire) throws Exception {
    Patience.untilTrue("a connection stands", () -> wire.open() > 0);
    int before = wire.accepted();
    wire.reset();
    Patience.untilTrue("a new connection is made", () -> wire.accepted() > before);
  }

  private void awaitFreeProducts() throws Exception {
    awaitFreeProducts(farm);
  }

  private static void awaitFreeProducts(LocalFarm farm) throws Exception {
    Patience.untilTrue(
        "all products are free; the service says:\n" + farm.service().text(),
        () -> {
          var statuses = new ArrayList<String>();
          farm.products().forEach(product -> statuses.add(product.path("status").asText()));
          return statuses.equals(List.of("free"));
        });
  }
}
