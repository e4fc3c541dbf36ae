package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.samples.distribution.InPairs;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test of several packages on a farm of real processes. */
class PackagesTest {
  private static final List<String> SIX = List.of("a", "b", "c", "d", "e", "f");

  @TempDir static Path scratch;
  private static LocalFarm farm;

  @BeforeAll
  static void startFarm() throws Exception {
    Path plugins = Files.createDirectories(scratch.resolve("tas/plugins"));
    pack(plugins.resolve("pairs.jar"));
    farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000");
    farm.addNode("node", 4);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void packagesRunSideBySideAndTheOneThatFailsRunsAgainAlone() throws Exception {
    Path log = scratch.resolve("runs.log");
    var test =
        ShellTest.in(
            scratch,
            "split",
            """
            echo "$TAS_TEST_ID $1" >> '%1$s'
            cat *.pkg > results.txt
            if [ -e c.pkg ] && [ ! -e '%1$s.failed' ]; then touch '%1$s.failed'; exit 7; fi
            echo "ran $(ls *.pkg | tr '\\n' ' ')"
            """
                .formatted(log));

    try (var client = test.start(farm, packages(test, "--results", "results.txt"))) {
      assertEquals(0, client.exitCode(), client.text());
      client.untilPrinted("split_2: ran c.pkg d.pkg");
      client.untilPrinted("test split has finished");
      assertEquals(1, occurrences(client.text(), "test split has finished"), client.text());
    }

    assertEquals("a\nb\n", Files.readString(test.workspace().resolve("results_1.txt")));
    assertEquals("c\nd\n", Files.readString(test.workspace().resolve("results_2.txt")));
    assertEquals("e\nf\n", Files.readString(test.workspace().resolve("results_3.txt")));
    assertFalse(Files.exists(test.workspace().resolve("results.txt")));
    var runs = Files.readAllLines(log);
    assertEquals(4, runs.size(), runs.toString());
    var second = runs.stream().filter(run -> run.startsWith("split_2 ")).toList();
    assertEquals(2, second.size(), runs.toString());
    assertNotEquals(second.get(0), second.get(1), "it ran on another product");
    Patience.untilTrue(
        "all products are free again",
        () -> farm.products().stream().allMatch(p -> p.path("status").asText().equals("free")));
    var ended = json("/api/v1/tests/split");
    assertEquals("finished", ended.path("verdict").asText());
    assertEquals(3, ended.path("subTests").size(), ended.toString());
    assertEquals(2, ended.path("subTests").get(1).path("attempts").asInt(), ended.toString());
  }

  /** The files are where the workspace is: the service tells what to type there. */
  @Test
  void onlyWhatFailedIsRunAgainByTheCommandThatTheServiceTells() throws Exception {
    Path done = Files.createDirectories(scratch.resolve("done"));
    var test =
        ShellTest.in(
            scratch,
            "mixed",
            """
            echo "ran $(ls *.pkg | tr '\\n' ' ')"
            [ -e '%1$s/mended' ] && exit 0
            if [ -e c.pkg ]; then
              while [ "$(ls '%1$s' | wc -l)" -lt 5 ]; do sleep 0.1; done
              exit 7
            fi
            cp *.pkg '%1$s'
            """
                .formatted(done));
    try (var client = test.start(farm, packages(test, "--distribution", "perpackage"))) {
      assertEquals(1, client.exitCode(), client.text());
    }
    var failed = new ArrayList<String>();
    for (JsonNode part : json("/api/v1/tests/mixed").path("subTests")) {
      if (!part.path("state").asText().equals("finished")) {
        failed.add(part.path("testPackages").get(0).asText());
      }
    }
    assertTrue(failed.contains("c") && failed.size() < SIX.size(), failed.toString());

    var told = farm.order("/api/v1/tests/mixed/run-again", "{\"only\":\"failed\"}");

    assertEquals(409, told.statusCode(), told.body());
    String command = new ObjectMapper().readTree(told.body()).path("command").asText();
    for (String name : SIX) {
      assertEquals(
          failed.contains(name), command.contains("--package " + name + "=" + name), command);
    }
    Files.createFile(done.resolve("mended"));
    String typed =
        command.replaceFirst("^[.]/tas ", Program.java() + " -jar '" + Program.CLIENT + "' ");
    try (var again = Program.start(test.workspace(), List.of("sh", "-c", typed))) {
      assertEquals(0, again.exitCode(), again.text());
      again.untilPrinted("ran c.pkg");
    }
    assertEquals("finished", json("/api/v1/tests/mixed-again").path("verdict").asText());
  }

  @Test
  void aDistributionOfOnesOwnIsFoundBesideTheService() throws Exception {
    var test = ShellTest.in(scratch, "own", "ls *.pkg\n");

    try (var client = test.start(farm, packages(test, "--distribution", "pairs"))) {
      assertEquals(0, client.exitCode(), client.text());
      client.untilPrinted("own_3: e.pkg");
    }
    assertEquals(3, json("/api/v1/tests/own").path("subTests").size());
  }

  @Test
  void anUnknownDistributionIsRefusedWithTheNamesThatExist() throws Exception {
    var test = ShellTest.in(scratch, "lost", "true\n");

    try (var client = test.start(farm, packages(test, "--distribution", "nonsense"))) {
      assertEquals(3, client.exitCode(), client.text());
      assertTrue(client.text().contains("default, perpackage, balanced, pairs"), client.text());
    }
  }

  private static String[] packages(ShellTest test, String... further) throws IOException {
    var arguments = new ArrayList<>(List.of(further));
    arguments.addAll(List.of("--require", "rm-code:RM-763;"));
    for (String name : SIX) {
      Files.writeString(test.workspace().resolve(name + ".pkg"), name + "\n");
      arguments.add("--package");
      arguments.add(name + "=" + name + ".pkg");
    }
    return arguments.toArray(String[]::new);
  }

  private static JsonNode json(String path) throws Exception {
    return new ObjectMapper().readTree(farm.get(path).body());
  }

  private static int occurrences(String text, String what) {
    return text.split(what, -1).length - 1;
  }

  /** A jar as somebody else would build it. */
  private static void pack(Path jar) throws IOException {
    String type = InPairs.class.getName().replace('.', '/') + ".class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        InputStream code = InPairs.class.getClassLoader().getResourceAsStream(type)) {
      out.putNextEntry(new JarEntry(type));
      code.transferTo(out);
      out.putNextEntry(
          new JarEntry(
              "META-INF/services/com.nokia.ci.tas.service.farm.distribution.Distribution"));
      out.write((InPairs.class.getName() + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
