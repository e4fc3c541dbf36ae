package com.nokia.ci.tas.samples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our own three programs keep to the protocol, as the kit sees it. */
class ConformanceTest {
  private static final String PATIENCE = "60";

  @TempDir Path scratch;

  /** A run of the kit beside the peer that it tries. */
  private record Trial(CompletableFuture<Integer> code, ByteArrayOutputStream out) {
    static Trial begin(String peer, String address) {
      var out = new ByteArrayOutputStream();
      var code = new CompletableFuture<Integer>();
      var thread =
          new Thread(
              () -> {
                try {
                  code.complete(
                      Conformance.run(
                          List.of("--peer", peer, address, "--patience", PATIENCE),
                          new PrintStream(out, true, StandardCharsets.UTF_8)));
                } catch (Exception e) {
                  code.completeExceptionally(e);
                }
              },
              "test-kit");
      thread.setDaemon(true);
      thread.start();
      return new Trial(code, out);
    }

    void succeeds() throws Exception {
      int exitCode = code.get(5, TimeUnit.MINUTES);
      String table = out.toString(StandardCharsets.UTF_8);
      assertEquals(0, exitCode, table);
      assertTrue(table.contains("session 2"), table);
      assertTrue(table.contains("protocol 7.3"), table);
    }
  }

  @Test
  void theServiceConforms() throws Exception {
    try (var farm = LocalFarm.start(scratch)) {
      Trial.begin("service", farm.address()).succeeds();
    }
  }

  @Test
  void theCommunicatorConforms() throws Exception {
    int port = Program.freePort();
    Trial trial = Trial.begin("communicator", "localhost:" + port);
    try (var communicator =
        Program.ofJar(
            Program.COMMUNICATOR,
            scratch,
            "TestAutomationServiceHostname=localhost",
            "TestAutomationServicePortNumber=" + port,
            "TestAutomationCommunicatorPortNumber=" + Program.freePort(),
            "TestAutomationCommunicatorHostname=localhost",
            "CIProxyPortNumber=" + Program.freePort())) {
      trial.succeeds();
      assertTrue(communicator.isRunning(), communicator.text());
    }
  }

  @Test
  void theClientConforms() throws Exception {
    int port = Program.freePort();
    Trial trial = Trial.begin("client", "localhost:" + port);
    for (String id : List.of("in-session", "plainly")) {
      Path workspace = Files.createDirectory(scratch.resolve(id));
      Files.writeString(workspace.resolve("run.sh"), "echo it runs\n");
      try (var client =
          Program.ofJar(
              Program.CLIENT,
              scratch.resolve(id + "-client"),
              "start",
              "--service",
              "localhost:" + port,
              "--id",
              id,
              "--workspace",
              workspace.toString(),
              "--executor-application",
              "sh",
              "--executor-script",
              "run.sh",
              "--results",
              "results.txt",
              "--target",
              "nose")) {
        assertEquals(0, client.exitCode(), client.text());
      }
      assertEquals("found\n", Files.readString(workspace.resolve("results.txt")));
    }
    trial.succeeds();
  }
}
