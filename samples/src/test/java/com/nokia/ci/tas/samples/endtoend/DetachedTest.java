package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.client.ClientSettings;
import com.nokia.ci.tas.client.TasClient;
import com.nokia.ci.tas.client.TestEvent;
import com.nokia.ci.tas.client.TestRequest;
import com.nokia.ci.tas.client.TestResult;
import com.nokia.ci.tas.client.TestRun;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that outlive their clients, with every party a process of its own. */
final class DetachedTest {
  @TempDir static Path scratch;
  private static LocalFarm farm;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.start(scratch);
    farm.addNode("node", 3);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void outputIsHeldAndLiveAndResultsAreThereForAThirdOverKillsAndARestart() throws Exception {
    Path go = scratch.resolve("go");
    var test =
        ShellTest.in(
            scratch,
            "outlives",
            "echo first\nwhile [ ! -e '%s' ]; do sleep 0.1; done\necho second\necho yes > results.txt\n"
                .formatted(go));
    try (var issuer = DetachedProgram.run("start", farm.address(), test.id(), test.workspace())) {
      assertEquals(0, issuer.exitCode(), issuer.text());
      issuer.untilPrinted("handed over: true");
    }
    farm.restartService();
    Path second = Files.createDirectories(scratch.resolve("second"));
    try (var killed = DetachedProgram.run("attach", farm.address(), test.id(), second)) {
      killed.untilPrinted("first");
      killed.kill();
      killed.exitCode();
    }
    Path third = Files.createDirectories(scratch.resolve("third"));
    try (var follower = DetachedProgram.run("attach", farm.address(), test.id(), third)) {
      follower.untilPrinted("first");
      Files.createFile(go);
      follower.untilPrinted("second");
      follower.untilPrinted("FINISHED 1");
      assertEquals(0, follower.exitCode(), follower.text());
      assertEquals(1, follower.lines().stream().filter(line -> line.equals("second")).count());
    }
    assertEquals("yes\n", Files.readString(third.resolve("results.txt")));
    Path fourth = Files.createDirectories(scratch.resolve("fourth"));
    try (var fetcher = DetachedProgram.run("results", farm.address(), test.id(), fourth)) {
      fetcher.untilPrinted("FINISHED 1");
      assertEquals(0, fetcher.exitCode(), fetcher.text());
    }
    assertEquals("yes\n", Files.readString(fourth.resolve("results.txt")));
    allProductsAreFree();
  }

  @Test
  void whatEndedWithNobodyThereIsShownAfterARestartOfTheService() throws Exception {
    var test = ShellTest.in(scratch, "alone", "echo said\necho yes > results.txt\nexit 7\n");
    try (var client = connect()) {
      assertTrue(client.start(request(test).build()).handedOver().get(60, TimeUnit.SECONDS));
    }
    Patience.untilTrue(
        "the test has ended",
        () -> {
          var shown = new ObjectMapper().readTree(farm.get("/api/v1/tests/alone").body());
          return shown.path("verdict").asText().equals("failed");
        });
    farm.restartService();
    var said = new LinkedBlockingQueue<String>();
    Path directory = Files.createDirectories(scratch.resolve("later"));
    try (var client = connect()) {
      TestResult result =
          client
              .attach("alone", directory, event -> event.output().ifPresent(said::add))
              .result()
              .get(60, TimeUnit.SECONDS);
      assertEquals(TestResult.Status.FAILED, result.status(), result.details());
      assertTrue(result.details().contains("7"), result.details());
      assertEquals("said", said.poll());
    }
    assertEquals("yes\n", Files.readString(directory.resolve("results.txt")));
  }

  @Test
  void whoAsksForWhatIsNotThereIsToldWhy() throws Exception {
    var test = ShellTest.in(scratch, "bound", "exec sleep 600\n");
    try (var client = connect();
        var other = connect()) {
      assertRefused("is not known here", other, "never-heard-of");
      var started = new CompletableFuture<Void>();
      TestRun run =
          client.start(
              TestRequest.named("bound")
                  .workspace(test.workspace())
                  .require("(rm-code:RM-763;)")
                  .executor("sh", "execute.sh")
                  .build(),
              event -> {
                if (event instanceof TestEvent.Started) {
                  started.complete(null);
                }
              });
      started.get(60, TimeUnit.SECONDS);
      assertRefused("belongs to its client", other, "bound");
      TestResult early = other.results("bound", scratch).get(60, TimeUnit.SECONDS);
      assertEquals(TestResult.Status.REFUSED, early.status());
      assertTrue(early.details().contains("has not ended"), early.details());
      run.close();
      run.result().get(60, TimeUnit.SECONDS);
    }
    allProductsAreFree();
  }

  @Test
  void aFollowerThatStopsTheTestGetsItsEndAndItsResults() throws Exception {
    var test =
        ShellTest.in(scratch, "stopped", "echo yes > results.txt\necho here\nexec sleep 600\n");
    try (var client = connect()) {
      assertTrue(client.start(request(test).build()).handedOver().get(60, TimeUnit.SECONDS));
    }
    Path directory = Files.createDirectories(scratch.resolve("stopper"));
    var here = new CompletableFuture<Void>();
    try (var other = connect()) {
      TestRun run =
          other.attach(
              "stopped", directory, event -> event.output().ifPresent(it -> here.complete(null)));
      here.get(60, TimeUnit.SECONDS);
      run.cancel();
      TestResult result = run.result().get(60, TimeUnit.SECONDS);
      assertEquals(TestResult.Status.STOPPED, result.status(), result.details());
    }
    assertEquals("yes\n", Files.readString(directory.resolve("results.txt")));
    allProductsAreFree();
  }

  private static void assertRefused(String why, TasClient client, String id) throws Exception {
    TestResult result = client.attach(id, scratch, event -> {}).result().get(60, TimeUnit.SECONDS);
    assertEquals(TestResult.Status.REFUSED, result.status(), result.details());
    assertTrue(result.details().contains(why), result.details());
  }

  private static TestRequest.Builder request(ShellTest test) {
    return TestRequest.named(test.id())
        .workspace(test.workspace())
        .require("(rm-code:RM-763;)")
        .executor("sh", "execute.sh")
        .results("results.txt")
        .detached();
  }

  private static void allProductsAreFree() throws Exception {
    Patience.untilTrue(
        "all products are free again",
        () -> farm.products().stream().allMatch(p -> p.path("status").asText().equals("free")));
  }

  /** A service that is slow to answer is waited for. */
  private static TasClient connect() {
    return TasClient.connect(farm.address(), ClientSettings.defaults().speakingInSessionsOnly());
  }
}
