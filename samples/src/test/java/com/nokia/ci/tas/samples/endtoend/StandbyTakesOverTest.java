package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two services on one PostgreSQL: one is killed, the other takes over what runs and what waits, and
 * node and clients follow.
 */
class StandbyTakesOverTest {
  @TempDir static Path scratch;
  private static EmbeddedPostgres server;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void startServer() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setPGStartupWait(Duration.ofMinutes(1))
            .setDataDirectory(scratch.resolve("database"))
            .setOverrideWorkingDirectory(scratch.resolve("database-program").toFile())
            .start();
  }

  @AfterAll
  static void endServer() throws IOException {
    server.close();
  }

  @Test
  void aStandbyTakesOverWhatRunsAndWhatWaitsWhenTheLeaderIsKilled() throws Exception {
    String store = "store=" + server.getJdbcUrl("postgres", "postgres");
    int port = Program.freePort();
    Path gate = scratch.resolve("gate");
    try (var farm =
            LocalFarm.start(
                Files.createDirectory(scratch.resolve("farm")),
                store,
                "test-minimal-execution-time=1000");
        var standby =
            Program.ofJar(
                Program.SERVICE,
                scratch.resolve("standby"),
                "TestAutomationServicePortNumber=" + port,
                "TestAutomationServiceHostname=localhost",
                "TestAutomationServiceStandby=true",
                store)) {
      standby.untilPrinted("waits until no other service leads");
      String both = farm.address() + ",localhost:" + port;
      var node = farm.addNode("node", 1, "TestAutomationServiceHostname=" + both);
      var running = start(farm, both, "running", waitingFor(gate));
      running.untilPrinted("the executor runs");
      var waiting = start(farm, both, "waiting", "echo the second one runs\n");
      Patience.untilTrue(
          "the second test waits", () -> farm.get("/api/v1/queue").body().contains("\"waiting\""));
      assertFalse(isHealthy(port), "a stand-by is not heard of");

      farm.service().kill();

      Patience.untilTrue("the stand-by listens:\n" + standby.text(), () -> isHealthy(port));
      Files.createFile(gate);
      assertEquals(0, running.exitCode(), running.text());
      assertEquals(0, waiting.exitCode(), waiting.text());
      assertTrue(waiting.text().contains("the second one runs"), waiting.text());
      assertEquals(
          1,
          Files.readString(scratch.resolve("runs")).lines().count(),
          () -> "runs once:\n" + running.text() + standby.text());
      assertTrue(node.communicator().isRunning());
    }
  }

  private static String waitingFor(Path gate) {
    return """
    echo run >> '%s'
    echo the executor runs
    while [ ! -e '%s' ]; do sleep 0.05; done
    """
        .formatted(scratch.resolve("runs"), gate);
  }

  private static Program start(LocalFarm farm, String services, String id, String script)
      throws IOException {
    var test = ShellTest.in(scratch, id, script);
    return farm.clientThrough(
        services, "start", test.arguments("--require", "rm-code:RM-763;").toArray(String[]::new));
  }

  private boolean isHealthy(int port) throws InterruptedException {
    try {
      var request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/healthz"))
              .timeout(Duration.ofSeconds(60))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
