package com.nokia.ci.tas.samples.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nokia.ci.tas.samples.farm.KeyFiles;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service, a node and a client on three machines: node and client reach the service and not each
 * other, nobody is on the service's own machine. The machines are network namespaces, where the
 * system lets us make them.
 */
class SeparateMachinesTest {
  private static final int SERVICE_PORT = 31_415;

  @TempDir static Path scratch;
  private static Namespaces machines;
  private static final List<Program> PROGRAMS = new ArrayList<>();
  private static Path clientKey;

  @BeforeAll
  static void startFarm() throws Exception {
    assumeTrue(Namespaces.isAllowed(), "this system makes no network namespaces for us");
    machines = Namespaces.make();
    Path home = Files.createDirectory(scratch.resolve("tas"));
    Program service =
        start(
            "tas",
            machines.atHub(
                java(
                    Program.SERVICE,
                    "TestAutomationServiceHostname=" + Namespaces.HUB_TOWARDS_LEFT,
                    "test-minimal-execution-time=1000",
                    "session-silence=3000")));
    service.untilPrinted("is ready");
    try (Program keys =
        start("tas", machines.atHub(java(Program.SERVICE, "keys", "--farm", "three machines")))) {
      assertEquals(0, keys.exitCode(), keys.text());
    }
    clientKey = KeyFiles.in(home, "client");
    start(
        "bridge", machines.atLeft(java(Program.BRIDGE, "SimulatedProducts=1", "AdbDetector=off")));
    Program node =
        start(
            "node",
            machines.atLeft(
                java(
                    Program.COMMUNICATOR,
                    "TestAutomationServiceHostname=" + Namespaces.HUB_TOWARDS_LEFT,
                    "TestAutomationCommunicatorHostname=" + Namespaces.LEFT,
                    "FarmKey=" + KeyFiles.in(home, "node"))));
    node.untilPrinted("is ready");
  }

  @AfterAll
  static void endFarm() throws IOException {
    PROGRAMS.forEach(Program::close);
    if (machines != null) {
      machines.close();
    }
  }

  @Test
  void nodeAndClientThatCannotReachEachOtherRunATest() throws Exception {
    try (Program client = issue("relayed", "0.02")) {
      assertEquals(0, client.exitCode(), client.text());
      assertEquals(CountingScript.allLines(), CountingScript.linesOf(client));
    }
    assertTrue(Files.size(results("relayed")) > 0);
  }

  @Test
  void aStrangerWithoutAKeyGetsARefusalThatSaysWhatToDo() throws Exception {
    try (Program client =
        start("stranger", machines.atRight(java(Program.CLIENT, arguments("stranger", "0"))))) {
      assertNotEquals(0, client.exitCode());
      assertTrue(client.text().contains("key"), client.text());
    }
  }

  @Test
  void aCableThatIsOutForAWhileCostsNothing() throws Exception {
    try (Program client = issue("cable", "0.1")) {
      client.untilPrinted("line 3");
      machines.leftCable(Namespaces.Cable.OUT);
      CountingScript.pass(Duration.ofSeconds(8));
      machines.leftCable(Namespaces.Cable.IN);

      assertEquals(0, client.exitCode(), client.text());
      assertEquals(CountingScript.allLines(), CountingScript.linesOf(client));
    }
  }

  @Test
  void aNodeThatLosesPacketsAndMovesToAnotherAddressGoesOn() throws Exception {
    try (Program client = issue("moving", "0.1")) {
      client.untilPrinted("line 3");
      if (Program.isOnPath("nft")) {
        machines.leftLosesOneOf(20);
      }
      machines.moveLeftTo("10.213.1.77");

      assertEquals(0, client.exitCode(), client.text());
      assertEquals(CountingScript.allLines(), CountingScript.linesOf(client));
    }
    assertTrue(Files.size(results("moving")) > 0);
  }

  private static Program issue(String id, String pause) throws IOException {
    String[] all =
        Stream.concat(
                Stream.of(arguments(id, pause)), Stream.of("--farm-key", clientKey.toString()))
            .toArray(String[]::new);
    return start("client-" + id, machines.atRight(java(Program.CLIENT, all)));
  }

  private static String[] arguments(String id, String pause) throws IOException {
    Path workspace = Files.createDirectory(scratch.resolve("work-" + id));
    Files.writeString(workspace.resolve("execute.sh"), CountingScript.packing("data.bin", pause));
    Files.write(workspace.resolve("data.bin"), new byte[3_000_000]);
    return new String[] {
      "start",
      "--service",
      Namespaces.HUB_TOWARDS_RIGHT + ":" + SERVICE_PORT,
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
      "data.bin",
      "--results",
      "results.tar",
      "--require",
      "rm-code:RM-763;"
    };
  }

  private static List<String> java(Path jar, String... arguments) {
    var command = new ArrayList<>(List.of(Program.java(), "-Xmx256m", "-jar", jar.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Program start(String directory, List<String> command) throws IOException {
    Path home = scratch.resolve(directory);
    Files.createDirectories(home);
    Program program = Program.start(home, command);
    PROGRAMS.add(program);
    return program;
  }

  private static Path results(String id) {
    return scratch.resolve("work-" + id).resolve("results.tar");
  }
}
