package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the service says of a node, beside what is true of it. */
@DisabledOnOs(OS.WINDOWS)
class NodeFactsTest {
  private static final int IMAGE = 2 << 20;

  @TempDir Path scratch;

  @Test
  void theServiceShowsWhatTheNodeHasAndWhatRunsAndRanThere() throws Exception {
    Path workspace = Files.createDirectory(scratch.resolve("work"));
    Files.write(workspace.resolve("image.bin"), new byte[IMAGE]);
    Path gate = scratch.resolve("gate");
    try (var farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000")) {
      var own = farm.addNode("node", 1, "ArtifactCacheSize=1G");
      assertTrue(node(farm).path("tests").isEmpty(), "nothing runs");
      try (var client =
          farm.client(
              "start",
              "--id",
              "looked-at",
              "--workspace",
              workspace.toString(),
              "--executor-application",
              "sh -c \"echo running; while [ ! -e " + gate + " ]; do sleep 0.05; done\"",
              "--artifact",
              "image.bin",
              "--require",
              "rm-code:RM-763;")) {
        client.untilPrinted("running");

        Patience.untilTrue(
            "the cache is told of",
            () -> node(farm).path("facts").path("artifactCacheBytes").asLong() == IMAGE);
        var busy = node(farm);
        assertEquals("looked-at", busy.path("tests").path(0).asText());
        assertEquals(1, busy.path("facts").path("artifactCacheFiles").asInt());
        assertEquals(1, busy.path("facts").path("artifactCacheMisses").asInt());
        assertEquals(0, busy.path("facts").path("artifactCacheBroken").asInt());
        assertEquals(1L << 30, busy.path("facts").path("artifactCacheLimitBytes").asLong());
        try (var cached = Files.list(own.home().resolve("cache"))) {
          assertEquals(1, cached.filter(NodeFactsTest::isArtifact).count());
        }
        Files.createFile(gate);
        assertEquals(0, client.exitCode(), client.text());
      }
      Patience.untilTrue("nothing runs any more", () -> node(farm).path("tests").isEmpty());
      Patience.untilTrue("it ran there", () -> !node(farm).path("recentTests").isEmpty());
      var recent = node(farm).path("recentTests");
      assertEquals("looked-at", recent.path(0).path("id").asText());
      assertEquals("finished", recent.path(0).path("verdict").asText());
    }
  }

  private static boolean isArtifact(Path file) {
    return file.getFileName().toString().matches("[0-9a-f]{64}");
  }

  private static JsonNode node(LocalFarm farm) throws Exception {
    return new ObjectMapper().readTree(farm.get("/api/v1/nodes").body()).path("nodes").path(0);
  }
}
