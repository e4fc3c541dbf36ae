package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nokia.ci.tas.commons.MailServer;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pipeline gets from the command line: verdicts, reports, profiles, several targets. */
@Order(3) // one of the longest
class PipelineTest {
  private static final String IMEI_A = "004402136230483";
  private static final String IMEI_B = "004402136230491";

  @TempDir static Path scratch;
  private static LocalFarm farm;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.start(scratch, "test-minimal-execution-time=1000");
    Path products =
        Files.writeString(
            scratch.resolve("products.txt"),
            "imei:%s;rm-code:RM-763;device-group:n900;device-name:red;device-id:7;%n"
                    .formatted(IMEI_A)
                + "imei:%s;rm-code:RM-980;device-group:n900;device-name:blue;device-id:8;%n"
                    .formatted(IMEI_B));
    farm.addNode("node", products, 2);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  @Test
  void reportsInTheResultsDecideTheVerdictAndBecomeOneReport() throws Exception {
    var test =
        ShellTest.in(
            scratch,
            "judged",
            "cat > TEST-a.xml <<'END'\n"
                + "<testsuite name='a'><testcase name='good'/><testcase name='bad'>"
                + "<failure message='1 &lt; 2'/></testcase></testsuite>\n"
                + "END\n"
                + "printf '1..1\\nok 1 - boots\\n' > b.tap\n"
                + "tar cf results.tar TEST-a.xml b.tap\n");
    Path junit = scratch.resolve("judged.xml");
    Path results = scratch.resolve("judged-results");

    try (var client =
        test.start(
            farm,
            "--results",
            "results.tar",
            "--results-dir",
            results.toString(),
            "--junit",
            junit.toString(),
            "--judge",
            "--require",
            "rm-code:RM-763;")) {
      assertEquals(1, client.exitCode(), client.text());
      client.untilPrinted("verdict FAIL: 1 of 3 cases failed (code 101, fault of: test)");
    }
    assertTrue(Files.exists(results.resolve("results.tar")), "results are in their directory");
    String report = Files.readString(junit);
    assertTrue(report.contains("<failure message=\"1 &lt; 2\">"), report);
    assertTrue(report.contains("name=\"boots\""), report);
  }

  @Test
  void aProfileIsAllThatAUserNamesAndATestThatDidNotPassIsTriedAgain() throws Exception {
    Path home = Files.createDirectories(scratch.resolve("user"));
    Files.createDirectories(home.resolve("work"));
    Files.writeString(
        home.resolve("work/run.sh"),
        "[ \"$TAS_TEST_ID\" = tried-2 ] && echo second try || exit 3\n");
    Files.createDirectories(home.resolve("tas"));
    Files.writeString(home.resolve("tas/settings"), "service=" + farm.address() + "\n");
    Files.writeString(
        home.resolve("tas/profiles.yaml"),
        """
        phone:
          require: "rm-code:RM-763;"
          executor-application: sh
          executor-script: run.sh
          workspace: work
          retries: 1
        """);

    try (var client = client(home, "start", "--id", "tried", "--profile", "phone", "--json")) {
      assertEquals(0, client.exitCode(), client.text());
      var verdicts =
          client.lines().stream()
              .filter(line -> line.contains("\"event\":\"verdict\""))
              .map(PipelineTest::json)
              .toList();
      assertEquals(1, verdicts.size(), client.text());
      assertEquals("tried-2", verdicts.get(0).path("test").asText());
      assertEquals("PASS", verdicts.get(0).path("verdict").asText());
      assertTrue(client.text().contains("\"text\":\"second try\""), client.text());
    }
    try (var client = client(home, "start", "--id", "x", "--profile", "phoen")) {
      assertEquals(2, client.exitCode(), client.text());
      client.untilPrinted("there is no profile \"phoen\"; did you mean phone?");
    }
  }

  @Test
  void eachTimeoutHasASentenceAndACodeOfItsOwn() throws Exception {
    var whole = ShellTest.in(scratch, "whole", "exec sleep 600\n");
    try (var client = whole.start(farm, "--timeout", "20000", "--require", "rm-code:RM-980;")) {
      eachPartOfATestHasItsLimit();
      client.untilPrinted("(code 103, fault of: test)");
      assertEquals(1, client.exitCode(), client.text());
    }
  }

  private static void eachPartOfATestHasItsLimit() throws Exception {
    var waits = ShellTest.in(scratch, "waits", "true\n");
    try (var client =
        waits.start(farm, "--waiting-timeout", "1500", "--require", "rm-code:NOBODY-HAS-IT;")) {
      client.untilPrinted("(code 301, fault of: farm)");
      assertEquals(5, client.exitCode(), client.text());
    }
    var gated = ShellTest.in(scratch, "gated", "true\n");
    try (var client =
        gated.start(
            farm,
            "--preparation-timeout",
            "1500",
            "--env",
            "tas.gate.free-disk=1000000G",
            "--require",
            "rm-code:RM-763;")) {
      client.untilPrinted("(code 205, ");
      assertTrue(client.exitCode() != 0, client.text());
    }
    var runs = ShellTest.in(scratch, "runs", "exec sleep 600\n");
    try (var client =
        runs.start(farm, "--execution-timeout", "1500", "--require", "rm-code:RM-763;")) {
      client.untilPrinted("its executor was ended after the execution-timeout of 1500 ms");
      client.untilPrinted("(code 105, fault of: test)");
      assertEquals(1, client.exitCode(), client.text());
    }
  }

  @Test
  void theSameTestRunsOnEveryKindOfProductAndOneReportTellsOfAll() throws Exception {
    var bodies = new LinkedBlockingQueue<String>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/in",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    var test = ShellTest.in(scratch, "everywhere", "echo \"on $1\"\n");
    Path tree = scratch.resolve("tree");

    try (var client =
        test.start(
            farm,
            "--each-kind",
            "rm-code",
            "--publish",
            "directory=" + tree,
            "--publish",
            "webhook=http://127.0.0.1:" + server.getAddress().getPort() + "/in",
            "--require",
            "device-group:n900;")) {
      assertEquals(0, client.exitCode(), client.text());
      client.untilPrinted("everywhere-rm-763: on main:");
      client.untilPrinted("everywhere-rm-980: on main:");
      assertEquals(2, client.lines().stream().filter(it -> it.contains("verdict PASS")).count());
    } finally {
      server.stop(0);
    }
    JsonNode told = json(bodies.poll(60, TimeUnit.SECONDS));
    assertEquals(2, told.path("tests").size(), told.toString());
    assertEquals("PASS", told.path("verdict").asText());
    try (Stream<Path> all = Files.walk(tree)) {
      assertEquals(1, all.filter(it -> it.endsWith("report.html")).count(), "one report");
    }
  }

  @Test
  void aChangedVerdictIsMailedUploadedAndPublishedByOthersWhateverBecomesOfOne() throws Exception {
    var forms = new LinkedBlockingQueue<String>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/qa",
        exchange -> {
          forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    var test =
        ShellTest.in(
            scratch,
            "published_7",
            "echo \"<testsuite name='s'><testcase name='hot &amp; cold'>"
                + "<failure message='no tone'/></testcase></testsuite>\" > report.xml\n");
    Path page = scratch.resolve("published/page.html");
    Path home = Files.createDirectories(scratch.resolve("publishing-user"));
    var arguments =
        new ArrayList<>(List.of("start", "--service", farm.address(), "--publish-when", "change"));
    arguments.addAll(
        test.arguments("--results", "report.xml", "--require", "rm-code:RM-763;", "--judge"));
    arguments.addAll(List.of("--publishers", publisherOfOthers().toString()));
    arguments.addAll(List.of("--publish", "note=" + scratch.resolve("published/note")));
    arguments.addAll(List.of("--publish", "html=" + page));
    arguments.addAll(List.of("--publish-option", "mail.from=farm@example.org"));
    arguments.addAll(List.of("--publish-option", "upload.hwproduct=RM-763"));
    String web = "http://127.0.0.1:" + server.getAddress().getPort() + "/qa";
    arguments.addAll(List.of("--publish", "upload=" + web));
    String nobody = "http://127.0.0.1:" + Program.freePort() + "/nobody";
    arguments.addAll(List.of("--publish", "webhook=" + nobody));
    try (var mails = new MailServer()) {
      arguments.addAll(List.of("--publish", "mail=anna@example.org"));
      arguments.addAll(List.of("--publish-option", "mail.smtp=" + mails.address()));
      try (var client = client(home, arguments.toArray(String[]::new))) {
        client.untilPrinted("verdict FAIL: 1 of 1 cases failed (code 101, fault of: test)");
        client.untilPrinted("publisher webhook failed, the verdict stays as it is: ");
        assertEquals(1, client.exitCode(), client.text());
      }
      String mail = mails.next();
      assertTrue(mail.contains("Subject: published: FAIL"), mail);
      assertTrue(mail.contains("FAIL  published_7: 1 of 1 cases failed (code 101)"), mail);
      assertTrue(mail.contains("filename=report.html"), mail);
      assertTrue(mail.contains("filename=report.xml"), mail);
      arguments.set(arguments.indexOf("published_7"), "published_8");
      try (var again = client(home, arguments.toArray(String[]::new))) {
        assertEquals(1, again.exitCode(), again.text());
      }
      assertTrue(mails.hasNone(), "the verdict is what it was");
    } finally {
      server.stop(0);
    }
    assertEquals("FAIL", Files.readString(scratch.resolve("published/note")));
    String form = forms.poll(60, TimeUnit.SECONDS);
    assertTrue(form.contains("name=\"hwproduct\"\r\n\r\nRM-763\r\n"), form);
    assertTrue(form.contains("name=\"verdict\"\r\n\r\nFAIL\r\n"), form);
    assertTrue(form.contains("name=\"report.1\"; filename=\"junit.xml\""), form);
    assertTrue(form.contains("name=\"attachment.1\"; filename=\"report.xml\""), form);
    String html = Files.readString(page);
    assertTrue(html.contains("<td>hot &amp; cold</td>"), html);
    assertTrue(html.contains("<td class=\"fail\">FAIL</td>"), html);
  }

  @Test
  void onFailureNothingIsPublishedOfATestThatPassed() throws Exception {
    Path page = scratch.resolve("failures.html");
    String[] options = {
      "--require",
      "rm-code:RM-763;",
      "--results",
      "report.xml",
      "--judge",
      "--publish-when",
      "failure",
      "--publish",
      "html=" + page
    };
    String report =
        "echo \"<testsuite name='s'><testcase name='c'>%s</testcase></testsuite>\" > %s\n";
    var good = ShellTest.in(scratch, "good_9", String.format(report, "", "report.xml"));
    try (var client = good.start(farm, options)) {
      assertEquals(0, client.exitCode(), client.text());
    }
    assertFalse(Files.exists(page), "of a test that passed");

    var bad = ShellTest.in(scratch, "bad_9", String.format(report, "<failure/>", "report.xml"));
    try (var client = bad.start(farm, options)) {
      assertEquals(1, client.exitCode(), client.text());
    }
    assertTrue(Files.readString(page).contains("bad_9"), "of a test that failed");
  }

  /** A jar with a publisher that writes the verdict into a file. */
  private static Path publisherOfOthers() throws Exception {
    Path directory = Files.createDirectories(scratch.resolve("publisher"));
    Path source =
        Files.writeString(
            directory.resolve("Note.java"),
            """
            import com.nokia.ci.tas.client.publish.*;
            import java.nio.file.*;
            import java.util.List;

            public final class Note implements Publisher {
              @Override public String name() { return "note"; }
              @Override public String target() { return "a file"; }
              @Override public List<Link> publish(Report report, Wish wish) throws java.io.IOException {
                Files.createDirectories(Path.of(wish.target()).getParent());
                Files.writeString(Path.of(wish.target()), report.verdict().name());
                return List.of();
              }
            }
            """);
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
                source.toString());
    assertEquals(0, code, "the publisher compiles");
    Path jar = directory.resolve("note.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("Note.class"));
      Files.copy(directory.resolve("Note.class"), out);
      out.putNextEntry(new JarEntry("META-INF/services/com.nokia.ci.tas.client.publish.Publisher"));
      out.write("Note\n".getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  @Test
  void aTestIsRoutedByGroupNameAndIdOfItsDevice() throws Exception {
    var routed = ShellTest.in(scratch, "routed", "echo \"got $1\"\n");
    try (var client =
        routed.start(farm, "--require", "device-group:N900;device-name:blue;device-id:8;")) {
      assertEquals(0, client.exitCode(), client.text());
      client.untilPrinted(IMEI_B + ".xml");
    }
    var test = ShellTest.in(scratch, "routed-here", "echo \"got $1\"\n");
    try (var client = test.start(farm, "--product", IMEI_A)) {
      assertEquals(0, client.exitCode(), client.text());
      client.untilPrinted(IMEI_A + ".xml");
    }
  }

  @Test
  void whoWaitsForATestOfAnotherProcessHearsHowItEnded() throws Exception {
    Path gate = scratch.resolve("gate");
    var test =
        ShellTest.in(
            scratch, "awaited", "echo begun; while [ ! -e '" + gate + "' ]; do sleep 0.1; done\n");

    try (var client = test.start(farm, "--require", "rm-code:RM-763;")) {
      client.untilPrinted("begun");
      try (var queue = farm.client("queue");
          var settings = farm.client("farm")) {
        assertEquals(0, queue.exitCode(), queue.text());
        assertEquals(0, settings.exitCode(), settings.text());
        settings.untilPrinted("test-minimal-execution-time");
      }
      try (var waiting = farm.client("wait", "--id", "awaited")) {
        Files.createFile(gate);
        assertEquals(0, waiting.exitCode(), waiting.text());
        waiting.untilPrinted("test awaited is finished");
      }
      assertEquals(0, client.exitCode(), client.text());
    }
    try (var waiting = farm.client("wait", "--id", "nobody-knows-it")) {
      assertEquals(3, waiting.exitCode(), waiting.text());
    }
  }

  @Test
  void whoWaitsIsToldItsPlaceAndWhenItIsExpectedToStart() throws Exception {
    var brief = ShellTest.in(scratch, "waiting_1", "true\n");
    try (var teaches = brief.start(farm, "--require", "rm-code:RM-980;")) {
      assertEquals(0, teaches.exitCode(), teaches.text());
    }
    Path gate = scratch.resolve("estimate-gate");
    var holds =
        ShellTest.in(
            scratch, "holding", "echo begun; while [ ! -e '" + gate + "' ]; do sleep 0.1; done\n");
    var waits = ShellTest.in(scratch, "waiting_2", "true\n");
    try (var holder = holds.start(farm, "--require", "rm-code:RM-980;")) {
      holder.untilPrinted("begun");
      try (var waiter = waits.start(farm, "--require", "rm-code:RM-980;")) {
        waiter.untilPrinted("test waiting_2 waits: place 1 of 1, expected to start ");
        Files.createFile(gate);
        assertEquals(0, waiter.exitCode(), waiter.text());
      }
      assertEquals(0, holder.exitCode(), holder.text());
    }
  }

  @Test
  void aProductTakenInHandIsGivenToNoTestUntilItIsGivenBack() throws Exception {
    order("take", "--product", IMEI_B, "--for", "2h", "--why", "a look");
    Patience.untilTrue("the product is in hand", () -> !status().equals("free"));
    order("extend", "--product", IMEI_B, "--for", "3h", "--why", "more");
    order("give-back", "--product", IMEI_B);
    Patience.untilTrue("the product is free again", () -> status().equals("free"));
  }

  private static String status() throws Exception {
    return farm.product(IMEI_B).orElseThrow().path("status").asText();
  }

  @Test
  void aProductThatIsFreedLeavesItsRunWhichIsTriedAgain() throws Exception {
    Path first = scratch.resolve("first-run");
    var test =
        ShellTest.in(
            scratch,
            "freed",
            "[ -e '"
                + first
                + "' ] && echo again && exit 0\n"
                + ": > '"
                + first
                + "'; echo begun; exec sleep 600\n");
    try (var client = test.start(farm, "--product", IMEI_B)) {
      client.untilPrinted("begun");
      order("free", "--product", IMEI_B, "--why", "forgotten since Friday");
      client.untilPrinted("again");
      assertEquals(0, client.exitCode(), client.text());
    }
    JsonNode attempts = json(farm.get("/api/v1/tests/freed/attempts").body()).path("attempts");
    assertEquals(2, attempts.size(), attempts.toString());
    assertTrue(attempts.get(0).toString().contains("forgotten since Friday"), attempts.toString());
    try (var stranger = farm.client("free", "--product", IMEI_B, "--why", "mine")) {
      assertEquals(3, stranger.exitCode(), stranger.text());
      stranger.untilPrinted("the service does not know you: give --farm-key");
    }
  }

  @Test
  void whatIsNotedOnAProductIsListedUntilItIsTakenBack() throws Exception {
    order("note", "--product", IMEI_A, "--why", "cable replaced in May");
    Patience.untilTrue("it is noted", () -> note().equals("cable replaced in May"));
    try (var products = farm.client("products")) {
      assertEquals(0, products.exitCode(), products.text());
      products.untilPrinted("cable replaced in May");
    }
    order("note", "--product", IMEI_A);
    Patience.untilTrue("it is taken back", () -> note().isEmpty());
  }

  private static String note() throws Exception {
    return farm.product(IMEI_A).orElseThrow().path("health").path("note").path("text").asText();
  }

  /** As a person on the machine of the service, who may read its files. */
  private static void order(String command, String... arguments) throws Exception {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--directory", farm.serviceHome().toString()));
    try (var ordered = farm.client(command, all.toArray(String[]::new))) {
      assertEquals(0, ordered.exitCode(), ordered.text());
    }
  }

  private static Program client(Path home, String... arguments) throws Exception {
    return Program.ofJar(
        Program.CLIENT,
        home,
        Map.of("XDG_CONFIG_HOME", home.toString(), "XDG_STATE_HOME", home.toString()),
        arguments);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (Exception e) {
      throw new AssertionError(text, e);
    }
  }
}
