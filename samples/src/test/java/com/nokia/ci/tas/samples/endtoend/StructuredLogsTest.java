package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A farm whose programs write their logs for other programs. */
class StructuredLogsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path scratch;
  private static LocalFarm farm;
  private static LocalFarm.Node node;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.startWith(Map.of("TAS_LOG_JSON", "true"), scratch);
    node = farm.addNode("node", 1);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void everyLineOfALogIsAnObjectAndThoseAboutATestNameIt() throws Exception {
    var test = ShellTest.in(scratch, "logged", "echo done\n");
    try (var client = test.start(farm, "--require", "rm-code:RM-763;")) {
      assertEquals(0, client.exitCode(), client.text());
    }

    for (Path home : List.of(farm.serviceHome(), node.home())) {
      Patience.untilTrue(
          "the log in " + home + " tells of the test",
          () -> logged(home).stream().anyMatch(it -> keys(it).contains("\"logged\"")));
      for (JsonNode line : logged(home)) {
        assertTrue(line.path("timestamp").isIntegralNumber(), line.toString());
        assertTrue(line.path("level").isTextual(), line.toString());
        assertTrue(line.path("loggerName").isTextual(), line.toString());
        assertTrue(line.path("formattedMessage").isTextual(), line.toString());
      }
    }
    // What is printed is read by whoever collects it, so it is the same there.
    for (JsonNode line : whole(farm.service().text())) {
      assertTrue(line.path("level").isTextual(), line.toString());
    }
  }

  private static String keys(JsonNode line) {
    return line.path("kvpList").toString();
  }

  private static List<JsonNode> logged(Path home) throws IOException {
    var lines = new ArrayList<JsonNode>();
    try (Stream<Path> files = Files.list(home.resolve("logs"))) {
      for (Path log : files.filter(StructuredLogsTest::isOfADay).toList()) {
        lines.addAll(whole(Files.readString(log)));
      }
    }
    return lines;
  }

  private static boolean isOfADay(Path file) {
    return file.getFileName().toString().matches("[0-9-]+[.]jsonl");
  }

  /** The lines of a text that is still written: without one that is not whole yet. */
  private static List<JsonNode> whole(String text) throws IOException {
    var lines = new ArrayList<JsonNode>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      var json = JSON.readTree(line);
      assertTrue(json.isObject(), line);
      lines.add(json);
    }
    return lines;
  }
}
