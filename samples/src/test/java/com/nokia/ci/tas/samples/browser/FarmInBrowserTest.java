package com.nokia.ci.tas.samples.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import com.nokia.ci.tas.samples.farm.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people do with the pages of a farm, in a real browser, on a farm of real processes. Keeps
 * pictures of what it saw in {@code samples/target/screenshots}.
 */
@Order(4) // one of the longest
class FarmInBrowserTest {
  private static final Path SHOTS = Program.ROOT.resolve("samples/target/screenshots");
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
  private static final String PASSWORD = "four words of mine";
  private static final int PRODUCTS = 5;

  /** In milliseconds; below an hour, pages tell seconds. */
  private static final String FIFTY_MINUTES = "3000000";

  private static final int DESK = 1_280;
  private static final int PHONE = 390;

  @TempDir static Path scratch;
  private static SeenFarm seen;
  private static LocalFarm farm;
  private static Chromium browser;
  private static List<String> imeis;
  private static Path gate;
  private static Program running;
  private static Program plan;
  private static String node;

  @BeforeAll
  @Timeout(600)
  static void startFarm() throws Exception {
    seen = SeenFarm.start(scratch, PRODUCTS);
    farm = seen.farm();
    browser = seen.browser();
    try {
      admin("users", "add", "bert", "--role", "operate", "--password-env", "PASSWORD_OF_BERT");
      imeis = farm.products().stream().map(it -> it.path("imei").asText()).sorted().toList();
      node = farm.products().get(0).path("node").asText();
      gate = scratch.resolve("gate");
      plan = planned();
      ended("smoke_1", "echo fine\n", 0);
      ended("smoke_2", "echo broken; exit 3\n", 1);
      running = gated("nightly_1", 0);
      running.untilPrinted("at work");
      gated("nightly_2", 0);
      Patience.untilTrue(
          "nightly_2 waits", () -> farm.get("/api/v1/queue").body().contains("nightly_2"));
    } catch (Exception | Error e) {
      endFarm();
      throw e;
    }
  }

  @AfterAll
  static void endFarm() {
    Closing.all(
        () -> {
          if (gate != null && Files.notExists(gate)) {
            Files.createFile(gate);
          }
        },
        plan,
        seen);
  }

  /** A run of a plan with a step that is left out. */
  private static Program planned() throws Exception {
    Path home = Files.createDirectory(scratch.resolve("plan"));
    Files.writeString(home.resolve("say.sh"), "echo good\n");
    Files.writeString(
        home.resolve("weekly.yaml"),
        """
        plan: weekly
        defaults: {executor-application: sh, executor-script: say.sh, require: "%s"}
        items:
          - {name: smoke, test: {}}
          - {name: calls, after: smoke, test: {}}
          - {name: alarm, after: calls, when: failed, test: {}}
        """
            .formatted(product(4)));
    var state = scratch.resolve("state").toString();
    return Program.ofJar(
        Program.CLIENT,
        home,
        Map.of("XDG_STATE_HOME", state, "XDG_CONFIG_HOME", state),
        "plan",
        "run",
        "--service",
        farm.address(),
        "--run",
        "weekly-1",
        "weekly.yaml");
  }

  private static void ended(String id, String script, int code) throws Exception {
    seen.ended(id, script, product(0), code);
  }

  private static String product(int number) {
    return "imei:" + imeis.get(number) + ";";
  }

  /** A test that runs on a product until the gate is open. */
  private static Program gated(String id, int product) throws Exception {
    return started(
        id, "echo at work; while [ ! -e '" + gate + "' ]; do sleep 0.1; done\n", product);
  }

  private static Program started(String id, String script, int product) throws Exception {
    return seen.started(id, script, product(product), "--timeout", FIFTY_MINUTES);
  }

  private static void admin(String... arguments) throws Exception {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--port", String.valueOf(farm.port()), "--directory", farm.serviceHome().toString()));
    try (var program =
        Program.ofJar(
            Program.SERVICE,
            Files.createTempDirectory(scratch, "admin"),
            Map.of("PASSWORD_OF_BERT", PASSWORD),
            all.toArray(String[]::new))) {
      assertEquals(0, program.exitCode(), program.text());
    }
  }

  @BeforeEach
  void lookAtAnUsualScreen() throws Exception {
    browser.screen(DESK, "light");
  }

  private static void open(String path) throws Exception {
    seen.open(path);
  }

  /** As the form has it done; whoever is logged in already stays so. */
  private static void logIn() throws Exception {
    open("/login");
    if (browser.ask("document.querySelector('a[href=\"/account\"]') === null").asBoolean()) {
      // The service looks for new people every now and then.
      Patience.untilTrue(
          "bert may log in",
          () -> {
            open("/login");
            browser.type("#name", "bert");
            browser.type("#password", PASSWORD);
            browser.follow("main button[type=submit]");
            return browser.ask("location.pathname === '/'").asBoolean();
          });
    }
    browser.awaitText(".who", "bert");
  }

  // ---- looking

  @Test
  void aVisitorSeesTheFarmAndWhatChangesIsThereWithoutReloading() throws Exception {
    open("/");
    browser.awaitText("#running", "nightly_1");
    browser.awaitText("#waiting", "nightly_2");
    browser.awaitText("#waiting [data-label=Place]", "1");
    browser.await(
        "its priority is told",
        "/^-?[0-9]+$/.test(document.querySelector('#waiting [data-label=Priority]').innerText)");
    browser.await("its age is counted", "document.querySelector('#waiting [data-since]')");
    browser.awaitText("#waiting .sentence", imeis.get(0));
    browser.await("how far it is", "document.querySelector('#running progress')");
    browser.awaitText("#running [data-label='At most']", "min");
    browser.awaitText("#nodes", SeenFarm.NODE);
    browser.awaitText("#ended", "smoke_2");
    browser.awaitText("#ended", "by the test");
    browser.ask("window.isSamePage = true");

    try (var client = started("seen_at_once", "echo seen\n", 4)) {
      browser.awaitText("#ended", "seen_at_once");
      assertEquals(0, client.exitCode(), client.text());
    }

    assertTrue(browser.ask("window.isSamePage === true").asBoolean(), "it was not reloaded");
  }

  @Test
  void whatIsLookedForStandsInTheAddress() throws Exception {
    open("/");
    browser.type("#q", imeis.get(2));
    browser.enter();

    assertTrue(browser.ask("location.search.includes('q=" + imeis.get(2) + "')").asBoolean());
    browser.awaitText("#nodes", imeis.get(2));
    assertFalse(text("#nodes").contains(imeis.get(1)));
    browser.awaitText("#running", "No running test has");

    browser.follow(".counts div:nth-child(3) a");
    assertEquals("busy", browser.ask("document.getElementById('status').value").asText());
    browser.awaitText("#nodes", imeis.get(0));
    assertFalse(text("#nodes").contains(imeis.get(1)));
  }

  private static String text(String selector) throws Exception {
    return browser.ask("document.querySelector('" + selector + "').innerText").asText();
  }

  @Test
  void aWaitingTestTellsWhoHasWhatItWaitsForAndWhatWouldStartIt() throws Exception {
    open("/tests/nightly_2");
    browser.awaitText("#why", "Place 1 of 1 in the queue");
    browser.awaitText("#why tbody tr", imeis.get(0));
    browser.awaitText("#why tbody tr", "nightly_1");
    browser.awaitText("#why ul", "instead of imei:" + imeis.get(0));
  }

  @Test
  void aPlanShowsItsStepsAndIsReachedFromItsTests() throws Exception {
    assertEquals(0, plan.exitCode(), plan.text());
    open("/tests/weekly-1-calls");
    browser.follow("#test a[href='/plans/weekly-1']");
    browser.awaitText(".lead", "2 of 2 tests that were started have ended: 2 finished.");
    browser.awaitText("#steps tbody tr:nth-child(2)", "weekly-1-calls");
    browser.awaitText("#steps tbody tr:nth-child(3)", "not started");
    look("plan");
  }

  @Test
  void aTestTellsWhatItSpentItsTimeWith() throws Exception {
    open("/");
    browser.follow("#ended a[href='/tests/smoke_2']");

    browser.awaitText("h1", "failed");
    browser.awaitText("#timeline figcaption", "waiting for");
    browser.awaitText("#test", "the test");
    assertTrue(
        browser
            .ask("document.querySelector('#timeline svg').getAttribute('aria-label')")
            .asText()
            .contains("running for"));
  }

  @Test
  void aTestShowsEachOfItsAttemptsAndWhyTheyFailed() throws Exception {
    open("/tests/smoke_2");

    browser.awaitText(".lead", "exit code 3");
    assertEquals(4, browser.ask("document.querySelectorAll('#attempts tbody tr').length").asInt());
    browser.awaitText("#attempts tbody tr:last-child", "exit code 3");
    browser.awaitText("#timeline figcaption", "In 4 attempts");
  }

  @Test
  void theLogOfATestIsThereWithItsLevelsAndGrowsWhileItRuns() throws Exception {
    open("/tests/smoke_2");
    browser.awaitText("#lines", "broken");

    Path more = scratch.resolve("more");
    try (var client =
        started(
            "talks",
            "echo first; echo DEBUG a detail; while [ ! -e '"
                + more
                + "' ]; do sleep 0.1; done; echo ERROR second\n",
            4)) {
      client.untilPrinted("first");
      open("/tests/talks");
      browser.awaitText("#lines", "first");
      assertFalse(text("#lines").contains("a detail"), "details are on demand");
      browser.ask(
          "document.getElementById('show').value = 'debug';"
              + "document.getElementById('show').dispatchEvent(new Event('change'))");
      browser.awaitText("#lines", "a detail");

      Files.createFile(more);
      browser.awaitText("#lines .error", "second");
      assertEquals(0, client.exitCode(), client.text());
    }
  }

  @Test
  void theLogIsSavedAsAFileWithDetailsAndAll() throws Exception {
    try (var client = started("saved", "echo first; echo DEBUG a detail; echo last\n", 4)) {
      assertEquals(0, client.exitCode(), client.text());
    }
    Path downloads = Files.createDirectories(scratch.resolve("downloads"));
    browser.downloadInto(downloads);
    open("/tests/saved");
    browser.awaitText("#log-state", "3 lines in all.");

    browser.click("#save");

    Path file = downloads.resolve("saved.log");
    Patience.untilTrue(
        "the file is there",
        () -> Files.exists(file) && Files.readString(file).equals("first\nDEBUG a detail\nlast\n"));
  }

  @Test
  void whatIsLeftOfAReservationIsCountedDown() throws Exception {
    open("/");
    browser.awaitText("#nodes", "attempt 1, at most");
    isCountedDown("#nodes [data-until]");
    open("/tests/nightly_1");
    isCountedDown("#test .facts [data-until]");
  }

  /** By the page itself, which gets nothing new any more. */
  private static void isCountedDown(String time) throws Exception {
    browser.ask(
        "window.fetch = () => new Promise(() => {});"
            + " window.before = document.querySelector('%s').textContent".formatted(time));
    browser.await(
        "less than before is left",
        "document.querySelector('%s').textContent !== before".formatted(time));
  }

  @Test
  void historyIsFilteredByItsForm() throws Exception {
    open("/history");
    browser.awaitText("#ended", "smoke_1");
    browser.awaitText("#ended", "smoke_2");

    browser.ask("document.getElementById('verdict').value = 'failed'");
    browser.follow("#find button");

    browser.awaitText("#ended", "smoke_2");
    assertFalse(text("#ended").contains("smoke_1"));
    assertTrue(browser.ask("location.search.includes('verdict=failed')").asBoolean());
    String table =
        browser
            .ask("fetch(document.querySelector('#ended a[href*=csv]').href).then(it => it.text())")
            .asText();
    assertTrue(table.contains("smoke_2") && !table.contains("smoke_1"), table);

    open("/history");
    browser.type("#f-ID", "MOKE_1");
    browser.follow("#find button");
    browser.awaitText("#ended", "smoke_1");
    assertFalse(text("#ended").contains("smoke_2"), "a part of the id is enough");
  }

  @Test
  void theChartsTellInWordsAndNumbersWhatTheyShow() throws Exception {
    open("/statistics");

    String use = label("#use svg[role=img]");
    String days = label("#days svg[role=img]");
    assertTrue(use.startsWith("Products in use on") && use.contains("of " + PRODUCTS), use);
    assertTrue(days.contains("passed") && days.contains(" failed"), days);
    assertTrue(browser.ask("document.querySelectorAll('#days rect.passed').length").asInt() >= 1);
    assertTrue(browser.ask("document.querySelectorAll('#days rect.failed').length").asInt() >= 1);
    browser.awaitText("#causes", "test");
    browser.awaitText("#wanted", imeis.get(0));
    assertTrue(
        browser
            .ask("/now count as well: [1-9]/.test(document.querySelector('#use').innerText)")
            .asBoolean(),
        text("#use"));
    browser.click("#days summary");
    browser.awaitText("#days table", "Passed");
  }

  @Test
  void anyPeriodIsCountedAndEachDayIsKeptOnDisk() throws Exception {
    var today = LocalDate.now(ZoneId.systemDefault());
    open("/statistics?from=" + today.minusDays(40) + "&to=" + today.minusDays(30));
    assertTrue(label("#days svg[role=img]").contains("0 passed"), label("#days svg[role=img]"));
    open("/statistics?from=" + today.minusDays(40) + "&to=" + today.plusDays(1));
    browser.awaitText("#causes", "test");

    Patience.untilTrue(
        "a test that ended stands in the record of its day",
        () -> written("statistics", ".jsonl").contains("smoke_1"));
    Patience.untilTrue(
        "the log of the day tells of them", () -> written("logs", ".log").contains("smoke_2"));
  }

  private static String label(String selector) throws Exception {
    return browser
        .ask("document.querySelector('" + selector + "').getAttribute('aria-label')")
        .asText();
  }

  @Test
  void severalFarmsStandOnOnePageAndAreSearchedTogether() throws Exception {
    Path settings = farm.serviceHome().resolve("configuration.dat");
    Files.writeString(
        settings,
        Files.readString(settings)
            .replaceFirst(
                "(?m)^other-services=.*$",
                "other-services=" + farm.address() + ", localhost:" + Program.freePort()));
    Patience.untilTrue(
        "both farms are shown, and one of them answers",
        () -> {
          open("/farms?q=smoke_1");
          String farms = text("#farms");
          return farms.contains("unreachable")
              && farms.contains(farm.address())
              && farms.contains("of " + PRODUCTS);
        });
    browser.awaitText("#found", "smoke_1");
    look("farms");
  }

  // ---- doing

  @Test
  void aPersonLogsInAndTakesAProductInHandNotesAndGivesBack() throws Exception {
    logIn();
    String imei = imeis.get(1);
    open("/products/" + imei);
    browser.follow("#acts a[href$='/take']");
    browser.awaitText("h1", "Take product " + imei);
    browser.type("#reason", "a look at its camera");
    browser.follow("form.sheet button[type=submit]");
    browser.awaitText("main", "a look at its camera");

    browser.follow("#acts a[href$='/note']");
    browser.type("#reason", "its cable is loose");
    browser.follow("form.sheet button[type=submit]");
    browser.awaitText("main", "its cable is loose");

    browser.follow("#acts a[href$='/extend']");
    browser.await("it asks for how long", "document.getElementById('hours')");
    browser.ask("document.getElementById('hours').value = '24'");
    browser.follow("form.sheet button[type=submit]");
    browser.awaitText("h1", imei);
    Patience.untilTrue(
        "it is kept for a day from now",
        () ->
            farm.product(imei).orElseThrow().path("health").path("taken").path("until").asLong()
                > System.currentTimeMillis() + Duration.ofHours(20).toMillis());

    browser.await(
        "it can be given back", "document.querySelector('#acts a[href$=\"/give-back\"]')");
    browser.follow("#acts a[href$='/give-back']");
    browser.follow("form.sheet button[type=submit]");
    browser.await("it can be taken", "document.querySelector('#acts a[href$=\"/take\"]')");
  }

  @Test
  void aPersonDisablesANodeAndEnablesItAgain() throws Exception {
    logIn();
    open("/nodes/" + node);
    browser.follow("#acts a[href$='/drain']");
    browser.type("#reason", "new disks");
    browser.follow("form.sheet button[type=submit]");
    browser.awaitText("main", "new disks");
    browser.await("it can be enabled", "document.querySelector('#acts a[href$=\"/enable\"]')");
    browser.follow("#acts a[href$='/enable']");
    browser.follow("form.sheet button[type=submit]");
    browser.await(
        "it is not drained", "!document.querySelector('h1').innerText.includes('drained')");
  }

  @Test
  void aPersonStopsATestAfterBeingAskedOnce() throws Exception {
    logIn();
    try (var client = gated("to_be_stopped", 2)) {
      client.untilPrinted("at work");
      open("/tests/to_be_stopped");
      browser.follow("#acts a[href$='/stop']");
      browser.awaitText("h1", "Stop test to_be_stopped?");
      browser.type("#reason", "seen enough");
      browser.follow("form.sheet button[type=submit]");
      browser.awaitText("h1", "stopped");

      assertEquals(4, client.exitCode(), client.text());
      client.untilPrinted("stopped by bert: seen enough");
    }
    Patience.untilTrue("the audit log tells of it", () -> audited().contains("to_be_stopped"));
  }

  @Test
  void aPersonGivesAWaitingTestAnotherPriority() throws Exception {
    logIn();
    open("/tests/nightly_2");
    browser.follow("#acts a[href$='/priority']");
    browser.ask("document.getElementById('priority').value = ''");
    browser.type("#priority", "7");
    browser.follow("form.sheet button[type=submit]");
    browser.awaitText("h1", "nightly_2");
    browser.await(
        "its priority is 7",
        "[...document.querySelectorAll('#test .facts div')]"
            + ".some(it => it.innerText.replace(/\\s+/g, ' ') === 'priority 7')");
    Patience.untilTrue("the audit log tells of it", () -> audited().contains("nightly_2: 7"));
  }

  @Test
  void whoRunsATestAgainThatNeedsItsFilesIsToldTheCommand() throws Exception {
    logIn();
    open("/tests/smoke_1");
    browser.follow("#acts a[href$='/run-again']");
    browser.awaitText("h1", "Run test smoke_1 again?");
    browser.awaitText(".notice", "it needs the file run.sh, and only its client has that");
    browser.awaitText("form.sheet button[type=submit]", "Show the command");
    browser.type("#timeout", "7");
    browser.follow("form.sheet button[type=submit]");
    browser.awaitText("h1", "Run it where its files are");
    browser.awaitText(".command", "--timeout 420000");
    browser.awaitText(".command", "./tas start --service");
    browser.awaitText(".command", "run.sh");
  }

  @Test
  void aDownloadThatIsRefusedIsAPageThatSaysWhy() throws Exception {
    logIn();
    open("/tests/smoke_1/results");
    browser.awaitText("h1", "This is not done");
    browser.awaitText("main", "It asked for none.");
  }

  @Test
  void aPersonFreesAProductWithAReason() throws Exception {
    logIn();
    try (var client = gated("to_be_freed", 3)) {
      client.untilPrinted("at work");
      open("/products/" + imeis.get(3));
      browser.follow("#acts a[href$='/free']");
      browser.type("#reason", "needed at once");
      browser.follow("form.sheet button[type=submit]");
      browser.awaitText("h1", imeis.get(3));
      client.kill();
    }
    Patience.untilTrue("the audit log tells of it", () -> audited().contains("needed at once"));
  }

  private static String audited() throws IOException {
    return written("logs", ".jsonl");
  }

  /** What stands in the files of a directory of the service whose names end like this. */
  private static String written(String directory, String end) throws IOException {
    var text = new StringBuilder();
    try (var files = Files.list(farm.serviceHome().resolve(directory))) {
      for (Path file : files.filter(it -> it.toString().endsWith(end)).toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }

  // ---- for everybody

  @Test
  @Timeout(600)
  void everyPageIsThereForEverybodyInTheLightInTheDarkAndOnAPhone() throws Exception {
    open("/login");
    look("login");
    logIn();
    var pages =
        Map.ofEntries(
            Map.entry("farm", "/"),
            Map.entry("test-running", "/tests/nightly_1"),
            Map.entry("test-failed", "/tests/smoke_2"),
            Map.entry("product", "/products/" + imeis.get(0)),
            Map.entry("node", "/nodes/" + node),
            Map.entry("history", "/history"),
            Map.entry("statistics", "/statistics"),
            Map.entry("act", "/products/" + imeis.get(1) + "/disable"),
            Map.entry("account", "/account"),
            Map.entry("not-here", "/tests/nobody"),
            Map.entry("test-waiting", "/tests/nightly_2"));
    for (var page : pages.entrySet()) {
      open(page.getValue());
      look(page.getKey());
    }
  }

  @Test
  void theKeyboardAloneLeadsToTheContentAndToATest() throws Exception {
    open("/");
    browser.press("Tab");
    assertEquals("#content", focused("href"), "the first stop leads past the head of the page");
    browser.press("Enter");
    for (int stop = 0; stop < 60 && !"/tests/nightly_1".equals(focused("href")); stop++) {
      browser.press("Tab");
      assertTrue(
          browser.ask("document.activeElement.matches(':focus-visible')").asBoolean(),
          "one sees where one is");
    }
    browser.enter();
    browser.awaitText("h1", "nightly_1");
  }

  private static String focused(String attribute) throws Exception {
    return browser.ask("document.activeElement.getAttribute('" + attribute + "')").asText();
  }

  @Test
  void aTestThatNeedsNoFilesIsRunAgainWithChangesAndItsResultsAreDownloaded() throws Exception {
    try (var client =
        farm.client(
            "start",
            "--id",
            "alone",
            "--workspace",
            Files.createTempDirectory(scratch, "alone").toString(),
            "--executor-application",
            "sh -c \"echo selftest; printf passed > r.txt\"",
            "--results",
            "r.txt",
            "--require",
            product(4))) {
      assertEquals(0, client.exitCode(), client.text());
    }
    logIn();
    open("/tests/alone");
    browser.follow("#acts a[href$='/run-again']");
    browser.type("#id", "once_more");
    browser.type("#timeout", "7");
    browser.follow("form.sheet button[type=submit]");
    browser.awaitText("#ended", "once_more");

    open("/tests/once_more");
    browser.awaitText("h1", "finished");
    browser.awaitText("#lines", "selftest");
    browser.awaitText("#log-state", "1 line in all.");
    browser.awaitText("#description", "7 min");
    assertEquals(
        "passed",
        browser
            .ask(
                "fetch(document.querySelector('#results a').getAttribute('href'))"
                    + ".then(it => it.text())")
            .asText());
  }

  @Test
  void aProductAndANodeTellHowTheirTestsEndedAndThoseOfTheirPeers() throws Exception {
    open("/products/" + imeis.get(0));
    browser.awaitText("main", "smoke_2");
    browser.awaitText("main", "peers");
    browser.awaitText("main", "in use over the last week");
    open("/nodes/" + node);
    browser.awaitText("#record", "smoke_2");
    browser.awaitText("#machine", "memory");
  }

  /** Checks a page and keeps pictures of it. */
  private static void look(String name) throws Exception {
    assertEquals(
        "",
        browser
            .ask(
                "performance.getEntriesByType('resource').map(it => it.name)"
                    + ".filter(it => !it.startsWith(location.origin + '/')).join()")
            .asText(),
        name + " asks no other host");
    // A page that nobody looks at does not change under the checker.
    browser.ask("Object.defineProperty(document, 'hidden', {value: true})");
    browser.ask(axe());
    browser.screen(DESK, "light");
    assertEquals("", violations("{}"), name + " in the light");
    browser.shoot(SHOTS.resolve(name + "-light.png"));
    browser.screen(DESK, "dark");
    assertEquals(
        "",
        violations("{runOnly: {type: 'rule', values: ['color-contrast']}}"),
        name + " in the dark");
    browser.shoot(SHOTS.resolve(name + "-dark.png"));
    browser.screen(PHONE, "dark");
    assertEquals("", violations("{}"), name + " on a phone");
    assertTrue(
        browser
            .ask("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            .asBoolean(),
        name + " is not wider than a phone");
    browser.shoot(SHOTS.resolve(name + "-phone.png"));
    browser.screen(DESK, "light");
  }

  private static String violations(String options) throws Exception {
    return browser
        .ask(
            "axe.run(document, "
                + options
                + ").then(r => r.violations.map(v => v.id + ' at ' + v.nodes.map(n =>"
                + " n.target.join(' ')).join(', ')).join('; '))")
        .asText();
  }

  private static String axe() throws IOException {
    try (InputStream in = FarmInBrowserTest.class.getResourceAsStream(AXE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "; 0";
    }
  }
}
