package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide tells its readers to type, type, edit and open, done with the jars alone. */
class GuideFollowedLiterallyTest {
  @TempDir Path scratch;

  @Test
  void severalFarmsRunOnSeveralPortsOfOneMachine() throws Exception {
    try (var first = LocalFarm.start(scratch.resolve("1"));
        var second = LocalFarm.start(scratch.resolve("2"))) {
      first.addNode("node1", 1);
      second.addNode("node2", 2);

      assertEquals(1, first.products().size());
      assertEquals(2, second.products().size());
      assertTrue(first.get("/").body().contains("A farm for tests"));
      for (var farm : List.of(first, second)) {
        assertTrue(Files.exists(farm.serviceHome().resolve("configuration.dat")));
        assertTrue(Files.isDirectory(farm.serviceHome().resolve("statistics")));
        assertTrue(
            Files.exists(
                farm.serviceHome()
                    .resolve("logs/" + LocalDate.now(ZoneId.systemDefault()) + ".log")));
        assertTrue(
            Files.isDirectory(
                farm.serviceHome().resolve("workspace_for_tas_localhost_" + farm.port())));
      }
    }
  }

  @Test
  void anEditedProductFileIsSeenWhileEverythingRuns() throws Exception {
    try (var farm = LocalFarm.start(scratch)) {
      var node = farm.addNode("node", 1);
      String imei = farm.products().get(0).path("imei").asText();
      Path file = node.home().resolve("products").resolve(imei + ".xml");
      assertTrue(Files.exists(node.home().resolve("products/IMEI.xml")), "the example file");
      String content = Files.readString(file);

      Files.writeString(
          file,
          content
              .replace(
                  "<role>main</role>",
                  "<!-- lent to the radio team -->\n    <role>reference</role>")
              .replaceFirst(
                  "<environment>[^<]*</environment>|<environment/>",
                  "<environment>Bluetooth</environment>"));
      Patience.untilTrue(
          "the new role is on the page",
          () -> farm.product(imei).orElseThrow().path("role").asText().equals("reference"));
      assertEquals("Bluetooth", farm.product(imei).orElseThrow().path("environment").asText());
      assertTrue(Files.readString(file).contains("lent to the radio team"), "comments survive");

      Files.writeString(file, "<product><imei>" + imei + "</imei><role>main</ro");
      Patience.untilTrue(
          "a broken file disables the product",
          () -> farm.product(imei).orElseThrow().path("status").asText().equals("disabled"));
      assertTrue(farm.product(imei).orElseThrow().path("statusDetails").asText().contains("line"));

      Files.writeString(file, content);
      Patience.untilTrue(
          "a repaired file frees the product",
          () -> farm.product(imei).orElseThrow().path("status").asText().equals("free"));
    }
  }

  @Test
  void maintenanceModeIsSwitchedInTheConfigurationFileWhileTheServiceRuns() throws Exception {
    try (var farm = LocalFarm.start(scratch)) {
      farm.addNode("node", 1);
      var test = ShellTest.in(scratch, "patient", "echo done > results.zip\n");
      Path configuration = farm.serviceHome().resolve("configuration.dat");
      String normal = Files.readString(configuration);
      assertTrue(normal.contains("\nmaintenance-mode=0\n"), normal);

      Files.writeString(configuration, normal.replace("maintenance-mode=0", "maintenance-mode=1"));
      Patience.untilTrue("the page says so", () -> farm.get("/").body().contains("Maintenance."));
      try (var client =
          test.start(farm, "--results", "results.zip", "--require", "rm-code:RM-763;")) {
        Patience.untilTrue("the test waits", () -> farm.get("/").body().contains("patient"));
        assertTrue(client.isRunning());
        Files.writeString(
            configuration,
            normal + "\nthis line says nothing\n",
            StandardOpenOption.TRUNCATE_EXISTING);

        assertEquals(0, client.exitCode(), client.text());
      }
      farm.service().untilPrinted("this line says nothing");
    }
  }

  @Test
  void helpAndMistakesAreAnsweredInSentences() throws Exception {
    for (Path jar :
        List.of(Program.SERVICE, Program.COMMUNICATOR, Program.BRIDGE, Program.CLIENT)) {
      try (var help = Program.ofJar(jar, scratch.resolve("help"), "--help")) {
        assertEquals(0, help.exitCode(), help.text());
        assertTrue(help.text().contains("java -jar") || help.text().contains("tas "), help.text());
      }
      try (var mistake =
          Program.ofJar(jar, scratch.resolve("mistake"), "TestAutomationServicePortNumbre=12345")) {
        assertNotEquals(0, mistake.exitCode(), mistake.text());
        assertTrue(mistake.text().contains("TestAutomationServicePortNumbre"), mistake.text());
        assertTrue(!mistake.text().contains("\tat "), "no stack trace: " + mistake.text());
      }
    }
  }

  @Test
  void aBusyPortEndsTheSecondServiceWithOneSentence() throws Exception {
    try (var farm = LocalFarm.start(scratch.resolve("1"));
        var second =
            Program.ofJar(
                Program.SERVICE,
                scratch.resolve("2"),
                "TestAutomationServicePortNumber=" + farm.port())) {
      assertNotEquals(0, second.exitCode(), second.text());
      assertTrue(second.text().contains(Integer.toString(farm.port())), second.text());
    }
  }

  @Test
  void daemonsEndCleanlyWhenAsked() throws Exception {
    try (var farm = LocalFarm.start(scratch)) {
      var node = farm.addNode("node", 1);

      node.communicator().terminate();
      node.communicator().exitCode();
      Patience.untilTrue("the node is gone from the farm", () -> farm.products().isEmpty());
      farm.service().terminate();
      farm.service().exitCode();

      assertTrue(!farm.service().text().contains("\tat "), farm.service().text());
      assertTrue(!node.communicator().text().contains("\tat "), node.communicator().text());
    }
  }
}
