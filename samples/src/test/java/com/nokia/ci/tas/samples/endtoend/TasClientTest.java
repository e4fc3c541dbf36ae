package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.client.ClientSettings;
import com.nokia.ci.tas.client.TasClient;
import com.nokia.ci.tas.client.TestEvent;
import com.nokia.ci.tas.client.TestRequest;
import com.nokia.ci.tas.client.TestResult;
import com.nokia.ci.tas.client.TestRun;
import com.nokia.ci.tas.client.verdict.ErrorCode;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library as a program uses it, with a farm of real processes. */
final class TasClientTest {
  private static final int MANY = 400;

  @TempDir static Path scratch;
  private static LocalFarm farm;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.start(scratch);
    farm.addNode("node", 2);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void theExampleOfTheJavadocCompilesAndRuns() throws Exception {
    Path directory = Files.createDirectories(scratch.resolve("example"));
    Path source = directory.resolve("Smoke.java");
    Files.writeString(source, exampleOfTheJavadoc());
    Path classes = Files.createDirectories(directory.resolve("classes"));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                /* in= */ null,
                System.out,
                System.err,
                "-encoding",
                "UTF-8",
                "-cp",
                Program.CLIENT.toString(),
                "-d",
                classes.toString(),
                source.toString());
    assertEquals(0, code, "the example compiles");
    Files.writeString(
        directory.resolve("execute.sh"), "echo hello from the executor; echo yes > results.txt\n");

    try (var example =
        Program.start(
            directory,
            List.of(
                Program.java(),
                "-cp",
                classes + File.pathSeparator + Program.CLIENT,
                "Smoke",
                farm.address(),
                directory.toString()))) {
      assertEquals(0, example.exitCode(), example.text());
      example.untilPrinted("hello from the executor");
      example.untilPrinted("FINISHED");
    }
    assertEquals("yes\n", Files.readString(directory.resolve("results.txt")));
  }

  @Test
  void eventsComeInOrderAndAListenerThatThrowsLosesNothing() throws Exception {
    var events = new LinkedBlockingQueue<TestEvent>();
    var test = ShellTest.in(scratch, "events", "echo one\necho two\necho yes > results.txt\n");
    try (var client = connect()) {
      var run =
          client.start(
              request(test).results("results.txt").build(),
              event -> {
                events.add(event);
                throw new IllegalStateException("a listener that always throws");
              });
      TestResult result = run.result().get(60, TimeUnit.SECONDS);

      assertEquals(TestResult.Status.FINISHED, result.status(), result.details());
      assertEquals(1, result.attempts());
      assertEquals(List.of(test.workspace().resolve("results.txt")), result.files());
      var kinds = events.stream().map(event -> event.getClass().getSimpleName()).toList();
      assertEquals("Queued", kinds.get(0), kinds.toString());
      assertEquals(1, Collections.frequency(kinds, "Started"), kinds.toString());
      assertEquals(1, Collections.frequency(kinds, "Results"), kinds.toString());
      assertEquals("Ended", kinds.get(kinds.size() - 1), kinds.toString());
      assertEquals(
          "one\ntwo",
          String.join("\n", events.stream().flatMap(event -> event.output().stream()).toList()));
      assertEquals(List.of(), client.running());
    }
  }

  @Test
  void theLogOfARunTellsAllPartsInOrderAndWhatWentWrong() throws Exception {
    var test = ShellTest.in(scratch, "logged", "echo hello\necho yes > results.txt\nexit 3\n");
    try (var client = connect()) {
      var run =
          client.start(
              request(test)
                  .secret("PASSWORD", "hush-hush")
                  .results("results.txt")
                  .runLog("run.log")
                  .detached()
                  .build());
      assertEquals(TestResult.Status.FAILED, run.result().get(60, TimeUnit.SECONDS).status());
    }
    String log = Files.readString(test.workspace().resolve("run.log"));
    String accepted = "INFO    service  the test is accepted";
    String artifact = "INFO    node     artifact execute.sh is on its node";
    String ended = "ERROR   service  the test has ended: failed: ";
    assertInOrder(
        log,
        "INFO    client   asked for test logged",
        accepted,
        artifact,
        "INFO    node     test logged is started, on ",
        ended);
    // Output and results take a shorter way than the word that the test is started.
    assertInOrder(log, accepted, artifact, "INFO    executor hello", ended);
    String results = "INFO    node     results file results.txt has arrived";
    assertInOrder(log, accepted, artifact, results, ended);
    assertTrue(log.contains("variables PASSWORD"), log);
    assertTrue(!log.contains("hush-hush"), log);
  }

  private static void assertInOrder(String log, String... lines) {
    int before = 0;
    for (String line : lines) {
      int at = log.indexOf(line);
      assertTrue(at >= before, line + " in its place in:\n" + log);
      before = at;
    }
  }

  @Test
  void hundredsOfTestsAtOnceOverARestartOfTheServiceEachEndOnce() throws Exception {
    var queued = new CountDownLatch(MANY);
    var ends = new AtomicInteger();
    Consumer<TestEvent> listener =
        event -> {
          if (event instanceof TestEvent.Queued) {
            queued.countDown();
          } else if (event instanceof TestEvent.Ended) {
            ends.incrementAndGet();
          }
        };
    var test = ShellTest.in(scratch, "many", "true\n");
    List<TestRun> runs = new ArrayList<>();
    try (var client = connect()) {
      for (int i = 0; i < MANY; i++) {
        runs.add(
            client.start(
                TestRequest.named("many_" + i)
                    .workspace(test.workspace())
                    .require("(rm-code:NOBODY-HAS-IT;)")
                    .executor("sh", "execute.sh")
                    .build(),
                listener));
      }
      assertTrue(queued.await(60, TimeUnit.SECONDS), "all are accepted");
      farm.restartService();
      assertEquals(MANY, client.running().size());

      runs.forEach(TestRun::cancel);
      for (TestRun run : runs) {
        assertEquals(
            TestResult.Status.STOPPED, run.result().get(60, TimeUnit.SECONDS).status(), run.id());
      }
      assertEquals(MANY, ends.get());
      assertEquals(List.of(), client.running());
    }
  }

  @Test
  void whatTheCallerDoesToTheFutureOrARefusalHurtsNobody() throws Exception {
    var test = ShellTest.in(scratch, "future", "true\n");
    try (var client = connect()) {
      var run = client.start(request(test).build());
      assertTrue(run.result().cancel(true));
      assertTrue(run.result().get(60, TimeUnit.SECONDS).isFinished());

      var refused =
          client
              .start(TestRequest.named("wrong").executor("sh", "none").require("(no such").build())
              .result()
              .get(60, TimeUnit.SECONDS);
      assertEquals(TestResult.Status.REFUSED, refused.status(), refused.details());
    }
  }

  @Test
  void aRunThatIsClosedIsStoppedAndItsProductIsFreeAgain() throws Exception {
    var started = new CountDownLatch(1);
    var test = ShellTest.in(scratch, "closed", "echo here\nexec sleep 600\n");
    try (var client = connect()) {
      TestRun run =
          client.start(
              request(test).build(),
              event -> {
                if (event instanceof TestEvent.Started) {
                  started.countDown();
                }
              });
      assertTrue(started.await(60, TimeUnit.SECONDS), "it runs");
      run.close();
      assertEquals(TestResult.Status.STOPPED, run.result().get(60, TimeUnit.SECONDS).status());
    }
    Patience.untilTrue(
        "all products are free again",
        () -> farm.products().stream().allMatch(p -> p.path("status").asText().equals("free")));
  }

  @Test
  void theEndOfATestOfAnotherProgramIsHeard() throws Exception {
    var started = new CountDownLatch(1);
    Path go = scratch.resolve("go");
    var test =
        ShellTest.in(scratch, "awaited", "while [ ! -e " + go + " ]; do sleep 0.1; done\nexit 3\n");
    try (var client = connect();
        var other = connect()) {
      var run =
          client.start(
              request(test).detached().build(),
              event -> {
                if (event instanceof TestEvent.Started) {
                  started.countDown();
                }
              });
      assertTrue(started.await(60, TimeUnit.SECONDS), "it runs");
      var end = other.whenEnded(test.id());
      Files.writeString(go, "");

      TestResult heard = end.get(60, TimeUnit.SECONDS);

      TestResult own = run.result().get(60, TimeUnit.SECONDS);
      assertEquals(own.status(), heard.status(), heard.details());
      assertEquals(own.details(), heard.details());
      assertEquals(own.fault(), heard.fault());
      assertEquals(List.of(), heard.files());
      assertEquals(heard, other.whenEnded(test.id()).get(60, TimeUnit.SECONDS));
      assertEquals(
          TestResult.Status.REFUSED,
          other.whenEnded("nobody knows it").get(60, TimeUnit.SECONDS).status());
    }
  }

  @Test
  void theTimeoutsOfATestAreToldApart() throws Exception {
    var waits = ShellTest.in(scratch, "waits", "true\n");
    var gated = ShellTest.in(scratch, "gated", "true\n");
    var runs = ShellTest.in(scratch, "runs", "echo begun > results.txt\nexec sleep 600\n");
    var limit = Duration.ofSeconds(2);
    try (var client = connect()) {
      var waiting =
          client.start(
              request(waits).require("(rm-code:NOBODY-HAS-IT;)").waitingTimeout(limit).build());
      var preparing =
          client.start(
              request(gated)
                  .environment("tas.gate.free-disk", "1000000G")
                  .preparationTimeout(limit)
                  .build());
      var executing =
          client.start(request(runs).results("results.txt").executionTimeout(limit).build());

      assertEquals(ErrorCode.WAITING_TIMEOUT, cause(waiting));
      assertEquals(ErrorCode.PREPARATION_TIMEOUT, cause(preparing));
      assertEquals(ErrorCode.EXECUTION_TIMEOUT, cause(executing));
      TestResult executed = executing.result().get();
      assertEquals(
          "its executor was ended after the execution-timeout of 2000 ms", executed.details());
      assertEquals(Optional.of(Fault.TEST), executed.fault());
      assertEquals(List.of(runs.workspace().resolve("results.txt")), executed.files());
      assertEquals(1, executed.attempts());
    }
  }

  private static ErrorCode cause(TestRun run) throws Exception {
    return run.result().get(120, TimeUnit.SECONDS).cause();
  }

  @Test
  void aRequestSaysHowOftenItsTestIsRunAgainAndWhereItsResultsGo() throws Exception {
    var test = ShellTest.in(scratch, "again", "echo yes > results.txt\nexit 3\n");
    Path results = Files.createDirectories(scratch.resolve("elsewhere"));
    try (var client = connect()) {
      var run =
          client.start(
              request(test).results("results.txt").resultsDirectory(results).retries(1).build());

      TestResult result = run.result().get(120, TimeUnit.SECONDS);
      assertEquals(ErrorCode.EXECUTOR_FAILED, result.cause(), result.details());
      assertEquals(2, result.attempts());
      assertEquals(List.of(results.resolve("results.txt")), result.files());
      assertTrue(Files.exists(results.resolve("results.txt")));
    }
  }

  private static TestRequest.Builder request(ShellTest test) {
    return TestRequest.named(test.id())
        .workspace(test.workspace())
        .require("(rm-code:RM-763;)")
        .executor("sh", "execute.sh");
  }

  /** As a reader of the Javadoc copies it. */
  private static String exampleOfTheJavadoc() throws Exception {
    Path file =
        Path.of("")
            .toAbsolutePath()
            .getParent()
            .resolve("tas-client/src/main/java/com/nokia/ci/tas/client/TasClient.java");
    var lines = Files.readAllLines(file);
    int begin = lines.indexOf(" * <pre>{@code");
    int end = lines.indexOf(" * }</pre>");
    return String.join(
        "\n",
        IntStream.range(begin + 1, end)
            .mapToObj(lines::get)
            .map(line -> line.length() > 3 ? line.substring(3) : "")
            .toList());
  }

  /** A service that is slow to answer is waited for. */
  private static TasClient connect() {
    return TasClient.connect(farm.address(), ClientSettings.defaults().speakingInSessionsOnly());
  }
}
