package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bridge knows of a device beyond its connection, on its way to whoever asks for it. */
class DeviceFactsTest {
  private static final String IMEI = "004402136230483";

  @TempDir Path scratch;

  @Test
  void aTestWaitsForABatteryThatIsFullEnoughAndStartsWhenTheBridgeTellsOfOne() throws Exception {
    Path devices = scratch.resolve("devices");
    say(devices, 20);
    try (var farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000")) {
      farm.addNode("node", devices, 1);
      Patience.untilTrue("the farm knows its battery", () -> battery(farm).equals("20"));
      var test = ShellTest.in(scratch, "hungry", "grep -o 'battery[^,]*' products.json\n");
      try (var client = test.start(farm, "--require", "os:Android;battery>=30;")) {
        client.untilPrinted("waits for its products");

        say(devices, 85);

        assertEquals(0, client.exitCode(), client.text());
        assertTrue(client.text().contains("85"), client.text());
      }
      assertEquals("85", battery(farm));
    }
  }

  private static String battery(LocalFarm farm) throws Exception {
    return farm.product(IMEI).map(it -> it.toString().replaceAll("\\s", "")).stream()
        .map(it -> it.replaceAll(".*\"battery\":\"?(\\d+).*", "$1"))
        .findFirst()
        .orElse("");
  }

  private static void say(Path devices, int battery) throws Exception {
    Path next =
        Files.writeString(
            devices.resolveSibling("next"),
            "imei:%s;rm-code:RM-980;os:Android;battery:%d;%n".formatted(IMEI, battery));
    Files.move(next, devices, StandardCopyOption.ATOMIC_MOVE);
  }
}
