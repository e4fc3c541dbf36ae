package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.KeyFiles;
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
import org.junit.jupiter.api.io.TempDir;

/** A farm that got keys while it ran: who has a good one works over TLS, who has a bad one not. */
class FarmWithKeysTest {
  private static final String IMEI = "004402136230483";

  @TempDir static Path scratch;
  private static LocalFarm farm;
  private static LocalFarm.Node node;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000");
    assertEquals(0, keys("--farm", "a farm for tests"));
    farm.service().untilPrinted("TLS is on");
    node = farm.addNode("node", 1, "FarmKey=" + KeyFiles.in(farm.serviceHome(), "node"));
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void nodeAndClientWithKeysRunATestOverTls() throws Exception {
    Program client =
        start("secure", "--farm-key", KeyFiles.in(farm.serviceHome(), "client").toString());
    assertEquals(0, client.exitCode(), () -> client.text() + node.communicator().text());
    assertTrue(client.lines().contains("done by secure"), client.text());
    assertTrue(listed().lines().filter(line -> line.contains(" good ")).count() >= 2, listed());
  }

  @Test
  void clientWhoseKeyWasRevokedIsToldSoAndGetsNothing() throws Exception {
    Path file = scratch.resolve("short.key");
    assertEquals(0, keys("client", "--label", "short lived", "--out", file.toString()));
    assertEquals(0, keys("revoke", id(file)));
    Program client = start("revoked", "--farm-key", file.toString());
    assertNotEquals(0, client.exitCode());
    assertTrue(client.text().contains("was revoked"), client.text());
    assertTrue(client.text().contains("tas keys client"), client.text());
  }

  @Test
  void nodeWhoseKeyIsRevokedWhileItRunsIsGone() throws Exception {
    Path file = scratch.resolve("second.key");
    assertEquals(0, keys("node", "--label", "second node", "--out", file.toString()));
    Path products =
        Files.writeString(scratch.resolve("products.txt"), "imei:" + IMEI + ";rm-code:RM-764;\n");
    var second = farm.addNode("second", products, 1, "FarmKey=" + file);
    assertTrue(isFree(IMEI), "before");
    assertEquals(0, keys("revoke", id(file)));
    second.communicator().untilPrinted("was revoked");
    Patience.untilTrue("the product of the node cannot be had any more", () -> !isFree(IMEI));
  }

  @Test
  void clientKeyOpensNoDoorForANode() throws Exception {
    Program posing =
        Program.ofJar(
            Program.COMMUNICATOR,
            scratch.resolve("posing"),
            "TestAutomationServiceHostname=localhost",
            "TestAutomationServicePortNumber=" + farm.port(),
            "TestAutomationCommunicatorPortNumber=" + Program.freePort(),
            "CIProxyPortNumber=" + Program.freePort(),
            "FarmKey=" + KeyFiles.in(farm.serviceHome(), "client"));
    try (posing) {
      posing.untilPrinted("is for a client and this is a node");
    }
    assertFalse(posing.text().contains("tas_"), "no token is shown");
  }

  private static boolean isFree(String imei) throws Exception {
    return farm.product(imei)
        .filter(it -> it.path("connected").asBoolean())
        .filter(it -> it.path("status").asText().equals("free"))
        .isPresent();
  }

  private static int keys(String... arguments) throws Exception {
    var command =
        new ArrayList<>(List.of(Program.java(), "-jar", Program.SERVICE.toString(), "keys"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--port", Integer.toString(farm.port())));
    try (Program program = Program.start(farm.serviceHome(), command)) {
      return program.exitCode();
    }
  }

  private static String listed() throws Exception {
    var command =
        List.of(
            Program.java(),
            "-jar",
            Program.SERVICE.toString(),
            "keys",
            "list",
            "--port",
            Integer.toString(farm.port()));
    try (Program program = Program.start(farm.serviceHome(), command)) {
      assertEquals(0, program.exitCode(), program.text());
      return program.text();
    }
  }

  private static Program start(String id, String... further) throws IOException {
    var all = new ArrayList<>(List.of("--require", "rm-code:RM-763;"));
    all.addAll(List.of(further));
    return ShellTest.in(scratch, id, "echo done by $TAS_TEST_ID\n")
        .start(farm, all.toArray(String[]::new));
  }

  private static String id(Path keyFile) throws IOException {
    return Files.readAllLines(keyFile).stream()
        .filter(line -> line.startsWith("key="))
        .map(line -> line.substring("key=".length()))
        .findFirst()
        .orElseThrow();
  }
}
