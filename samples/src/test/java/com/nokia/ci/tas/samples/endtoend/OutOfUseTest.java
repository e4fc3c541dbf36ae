package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Products whose files say what they are good for, and that are taken out of use and given back.
 */
class OutOfUseTest {
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
  void aBrokenProductFileDisablesItsProductWithLineAndColumnUntilItIsRepaired() throws Exception {
    String imei = imei(0);
    Path file = node.home().resolve("products").resolve(imei + ".xml");
    String sound = Files.readString(file);

    Files.writeString(file, sound.replaceFirst("<imei>", "<imei"));

    Patience.untilTrue(
        "the product is disabled", () -> product(imei).path("status").asText().equals("disabled"));
    String why = product(imei).path("statusDetails").asText();
    assertTrue(why.matches("improper configuration: .*line \\d+, column \\d+.*"), why);
    assertEquals("good", product(imei).path("health").path("state").asText());
    order(0, "enable", "--product", imei);
    assertEquals("disabled", product(imei).path("status").asText(), "that has to be repaired");

    Files.writeString(file, sound);

    Patience.untilTrue(
        "the product is free", () -> product(imei).path("status").asText().equals("free"));
  }

  @Test
  void aTestWaitsUntilTheFileSaysThatTheBatteryIsCharged() throws Exception {
    String imei = imei(0);
    Path file = node.home().resolve("products").resolve(imei + ".xml");
    String low = "<os-version>14</os-version><battery>20</battery></product>";
    Files.writeString(file, Files.readString(file).replace("</product>", low));
    Patience.untilTrue(
        "the service knows",
        () -> product(imei).path("attributes").path("battery").asText().equals("20"));

    var test = ShellTest.in(scratch, "charged", "cat \"$TAS_PRODUCTS\"\n");
    try (var client = test.start(farm, "--require", "os-version:14;battery>=30;")) {
      client.untilPrinted("comes nearest with battery:20");
      Files.writeString(file, Files.readString(file).replace("<battery>20<", "<battery>80<"));

      assertEquals(0, client.exitCode(), client.text());
      assertTrue(client.text().contains("\"battery\": \"80\""), client.text());
      assertTrue(client.text().contains(imei), client.text());
    }
  }

  @Test
  void aProductThatIsDisabledWhileATestRunsStaysSoThroughAKillOfTheService() throws Exception {
    String imei = imei(1);
    String own = "imei:" + imei + ";";
    Path gate = scratch.resolve("gate");
    var test =
        ShellTest.in(
            scratch,
            "last",
            "echo running; while [ ! -e '" + gate + "' ]; do sleep 0.05; done; echo over\n");
    try (var client = test.start(farm, "--require", own)) {
      client.untilPrinted("running");

      order(0, "disable", "--product", imei, "--why", "glass broken");
      order(0, "note", "--product", imei, "--why", "new glass is ordered");
      Patience.untilTrue("it is disabled", () -> state(imei).equals("disabled"));
      assertEquals("busy", product(imei).path("status").asText(), "its run goes on");
      farm.restartService();
      Files.createFile(gate);

      assertEquals(0, client.exitCode(), client.text());
    }
    Patience.untilTrue(
        "nobody has it", () -> product(imei).path("status").asText().equals("disabled"));
    String why = product(imei).path("statusDetails").asText();
    assertTrue(why.matches("disabled by .* at the service since .*: glass broken"), why);
    try (var products = farm.client("products")) {
      assertEquals(0, products.exitCode(), products.text());
      assertTrue(products.text().contains("new glass is ordered ("), products.text());
    }

    var next = ShellTest.in(scratch, "next", "echo at last\n");
    try (var client = next.start(farm, "--require", own)) {
      client.untilPrinted("waits for its products");
      order(0, "enable", "--product", imei, "--why", "new glass");

      assertEquals(0, client.exitCode(), client.text());
    }
  }

  @Test
  void aNodeThatIsDrainedEndsWhatItRunsAndGetsNothingNewUntilItIsEnabled() throws Exception {
    Path gate = scratch.resolve("drained");
    var running =
        ShellTest.in(
            scratch,
            "running",
            "echo running; while [ ! -e '" + gate + "' ]; do sleep 0.05; done; echo over\n");
    var next = ShellTest.in(scratch, "later", "echo at last\n");
    String address = product(imei(0)).path("node").asText();
    try (var first = running.start(farm, "--require", "imei:" + imei(0) + ";")) {
      first.untilPrinted("running");
      order(0, "drain", "--node", address, "--why", "a new disk comes");

      try (var second = next.start(farm, "--require", "imei:" + imei(1) + ";")) {
        second.untilPrinted("waits for its products");
        Files.createFile(gate);
        assertEquals(0, first.exitCode(), first.text());
        try (var nodes = farm.client("nodes")) {
          assertEquals(0, nodes.exitCode(), nodes.text());
          assertTrue(nodes.text().contains("drained"), nodes.text());
        }
        assertEquals("disabled", product(imei(1)).path("status").asText(), "nobody got it");
        order(0, "enable", "--node", address, "--why", "it is in");

        assertEquals(0, second.exitCode(), second.text());
      }
    }
  }

  @Test
  void aSettingThatIsChangedFromTheShellIsInForceAtOnceAndKeptInTheFile() throws Exception {
    setMaintenance("1", "maintenance-mode is 1 now; it was 0");
    String file = Files.readString(farm.serviceHome().resolve("configuration.dat"));
    assertTrue(file.contains("maintenance-mode=1"), file);
    var test = ShellTest.in(scratch, "maintained", "echo at last\n");
    try (var client = test.start(farm, "--require", "imei:" + imei(0) + ";")) {
      client.untilPrinted("waits for its products");
      setMaintenance("0", "maintenance-mode is 0 now; it was 1");

      assertEquals(0, client.exitCode(), client.text());
    }
  }

  private static void setMaintenance(String value, String answer) throws Exception {
    String home = farm.serviceHome().toString();
    try (var client =
        farm.client("farm", "--directory", home, "--set", "maintenance-mode=" + value)) {
      assertEquals(0, client.exitCode(), client.text());
      assertTrue(client.text().contains(answer), client.text());
    }
  }

  @Test
  void whoIsNotOfTheServiceMayNotOperate() throws Exception {
    try (var client = farm.client("disable", "--product", imei(0), "--why", "x")) {
      assertEquals(3, client.exitCode(), client.text());
      assertTrue(client.text().contains("--farm-key"), client.text());
    }
    assertEquals("good", state(imei(0)));
  }

  /** As the user of the service does in its directory. */
  private static void order(int expected, String verb, String... arguments) throws Exception {
    var all = new ArrayList<>(List.of("--directory", farm.serviceHome().toString()));
    all.addAll(List.of(arguments));
    try (Program client = farm.client(verb, all.toArray(String[]::new))) {
      assertEquals(expected, client.exitCode(), client.text());
    }
  }

  private static String imei(int number) throws Exception {
    return farm.products().get(number).path("imei").asText();
  }

  private static JsonNode product(String imei) throws Exception {
    return farm.product(imei).orElseThrow();
  }

  private static String state(String imei) throws Exception {
    return product(imei).path("health").path("state").asText();
  }
}
