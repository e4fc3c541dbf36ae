package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that test their own products. */
@DisabledOnOs(OS.WINDOWS)
class HealthTestedNodeTest {
  @TempDir static Path scratch;
  private static LocalFarm farm;

  @BeforeAll
  static void startFarm() throws Exception {
    farm =
        LocalFarm.start(scratch, "test-minimal-execution-time=1000", "flapping-steady-time=600000");
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void aSickProductIsOutOfUseUntilItsHealthTestPassesAgain() throws Exception {
    String imei = "004402136230491";
    Path broken = Files.createFile(scratch.resolve("broken"));
    String script = "if [ -e '" + broken + "' ]; then exit 3; fi\n";
    addNode("frail", script, "1s", imei);

    Patience.untilTrue("it is sick", () -> details(imei).contains("exit code 3"));
    assertEquals("disabled", status(imei));
    assertTrue(details(imei).startsWith("health test failed: "), details(imei));
    var test = ShellTest.in(scratch, "hopeful", "echo at last\n");
    Files.delete(broken);

    try (var client = test.start(farm, "--require", "imei:" + imei + ";")) {
      assertEquals(0, client.exitCode(), client.text());
      assertTrue(client.lines().contains("at last"), client.text());
    }
  }

  @Test
  void aReservedProductIsNotDisturbed() throws Exception {
    String reserved = "004402136230492";
    String other = "004402136230493";
    Path tested = Files.createFile(scratch.resolve("tested"));
    addNode("busy", "echo \"$1\" >> '" + tested + "'\n", "1s", reserved, other);
    Path gate = scratch.resolve("gate");
    var test =
        ShellTest.in(
            scratch, "long", "echo running; while [ ! -e '" + gate + "' ]; do sleep 0.05; done\n");
    try (var client = test.start(farm, "--require", "imei:" + reserved + ";")) {
      client.untilPrinted("running");
      long before = count(tested, reserved);
      long others = count(tested, other);
      Patience.untilTrue(
          "the other one was tested meanwhile", () -> count(tested, other) > others + 2);

      assertEquals(before, count(tested, reserved));
      assertEquals("busy", status(reserved));
      Files.createFile(gate);
      assertEquals(0, client.exitCode(), client.text());
    }
    long after = count(tested, reserved);
    Patience.untilTrue("it is tested when it is free", () -> count(tested, reserved) > after);
  }

  @Test
  void aHealthTestThatIsKilledWithItsNodeIsEndedAndDoneAgain() throws Exception {
    String imei = "004402136230494";
    Path begun = Files.createFile(scratch.resolve("begun"));
    Path go = scratch.resolve("go");
    String script =
        "echo $$ >> '" + begun + "'; while [ ! -e '" + go + "' ]; do sleep 0.05; done\n";
    var node = addNode("killed", script, "1h", imei);
    Patience.untilTrue("it has begun", () -> !Files.readAllLines(begun).isEmpty());
    Patience.untilTrue("nobody gets it", () -> status(imei).equals("disabled"));
    long first = Long.parseLong(Files.readAllLines(begun).get(0));

    node.communicator().kill();
    node.communicator().exitCode();
    farm.restarted(node);

    Patience.untilTrue("it has begun again", () -> Files.readAllLines(begun).size() == 2);
    assertFalse(Processes.isRunning(first), "the first one was ended");
    Files.createFile(go);
    Patience.untilTrue("it is free", () -> status(imei).equals("free"));
  }

  @Test
  void aProductThatComesAndGoesGetsNoTestUntilItIsSteadyOrEnabled() throws Exception {
    String imei = "004402136230495";
    addNode("loose", "exit 0\n", "1h", imei);
    Path products = scratch.resolve("products-loose");
    String plugged = Files.readString(products);
    set("flapping-limit", "1");
    try {
      Files.writeString(products, "");
      Patience.untilTrue(
          "it went", () -> !farm.product(imei).orElseThrow().path("connected").asBoolean());
      Files.writeString(products, plugged);
      Patience.untilTrue("it is unsteady", () -> isUnsteady(imei));

      assertTrue(farm.get("/products/" + imei).body().contains(">unsteady</span>"));
      assertTrue(farm.get("/").body().contains(">unsteady</span>"));

      assertEquals(202, farm.order("/api/v1/products/" + imei + "/enable", "{}").statusCode());
      Patience.untilTrue("it is steady", () -> !isUnsteady(imei));
    } finally {
      set("flapping-limit", "5");
    }
  }

  private static boolean isUnsteady(String imei) throws Exception {
    return farm.product(imei).orElseThrow().path("health").has("steadyUntil");
  }

  private static void set(String key, String value) throws Exception {
    Path settings = farm.serviceHome().resolve("configuration.dat");
    Files.writeString(
        settings,
        Files.readString(settings).replaceFirst("(?m)^" + key + "=.*$", key + "=" + value));
    String inForce = "\"key\" : \"%s\",\n    \"value\" : \"%s\"".formatted(key, value);
    Patience.untilTrue(
        key + " is in force", () -> farm.get("/api/v1/settings").body().contains(inForce));
  }

  private static LocalFarm.Node addNode(String name, String script, String every, String... imeis)
      throws Exception {
    Path check = Files.writeString(scratch.resolve("check-" + name), script);
    var lines = new StringBuilder();
    for (String imei : imeis) {
      lines.append("imei:").append(imei).append(";rm-code:RM-763;\n");
    }
    Path products = Files.writeString(scratch.resolve("products-" + name), lines);
    return farm.addNode(
        name, products, imeis.length, "HealthTest=sh " + check, "HealthTestEvery=" + every);
  }

  private static long count(Path tested, String imei) throws IOException {
    List<String> lines = Files.readAllLines(tested);
    return lines.stream().filter(line -> line.contains(imei)).count();
  }

  private static String status(String imei) throws Exception {
    return farm.product(imei).map(it -> it.path("status").asText()).orElse("");
  }

  private static String details(String imei) throws Exception {
    return farm.product(imei).map(it -> it.path("statusDetails").asText()).orElse("");
  }
}
