package com.nokia.ci.tas.client.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.client.FakePeer;
import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestPackageDescription;
import com.nokia.ci.tas.commons.model.TestStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as a shell sees them: what they print and their exit codes. */
final class TasCommandLineTest {
  private static final RuntimeId ID = RuntimeId.of("nightly");

  @TempDir Path workspace;

  private final FakePeer service = new FakePeer();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void closeAll() {
    service.close();
  }

  @Test
  void startShowsTheOutputAndEndsWithTheTest() throws Exception {
    var code = start();
    TestOperation start = service.hearFirst(TestOperation.Kind.START);
    assertEquals("python3 -u", start.test().execution().application());
    assertEquals(List.of("execute.py"), start.test().execution().artifacts());
    assertEquals(Map.of("LANG", "C"), start.test().execution().parameters());
    assertEquals("(rm-code:RM-763;)", start.test().demand().expression());
    assertEquals(5000, start.test().progress().timeout().toMillis());

    tell(start, TestStatus.PENDING, "");
    service.update(
        start.sender(),
        started(start.test()).with(started(start.test()).progress().reserving(List.of(product()))));
    service.say(start.sender(), ID, "line 1\nline 2");
    service.put(start.sender(), ID, "results.zip", "the results");
    tell(start, TestStatus.FINISHED, "");

    assertEquals(0, code.get(60, TimeUnit.SECONDS));
    assertEquals("line 1\nline 2\n", out.toString());
    assertEquals(
        "tas: test nightly is accepted and waits for its products\n"
            + "tas: test nightly is started on RM-763 1 main free\n"
            + "tas: test nightly has finished; results: "
            + workspace.resolve("results.zip")
            + "\ntas: verdict PASS: the executor ended with 0\n",
        err.toString());
    assertEquals("the results", Files.readString(workspace.resolve("results.zip")));
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, FAILED, exit code 7, 1",
    "UNKNOWN, FAILED, the id is taken, 3",
    "PENDING, STOPPED, stopped by its issuer, 4",
    "PENDING, FAILED, stopped by 10.0.0.7:1, 4"
  })
  void startSaysHowTheTestEnded(TestStatus first, TestStatus last, String reason, int expected)
      throws Exception {
    var code = start();
    TestOperation start = service.hearFirst(TestOperation.Kind.START);
    tell(start, first, "");
    tell(start, last, reason);

    assertEquals(expected, code.get(60, TimeUnit.SECONDS));
    assertTrue(err.toString().contains(": " + reason + "\n"), err.toString());
    assertTrue(
        err.toString().lines().reduce((a, b) -> b).orElse("").startsWith("tas: verdict "),
        err.toString());
  }

  @ParameterizedTest
  @CsvSource({"TEST, 1", "REQUESTER, 1", "ARTIFACT, 1", "PRODUCT, 5", "NODE, 5", "FARM, 5"})
  void whoseFaultAFailureIsDecidesTheExitCode(Fault fault, int expected) throws Exception {
    var code = start();
    TestOperation start = service.hearFirst(TestOperation.Kind.START);
    tell(start, TestStatus.PENDING, "");
    TestDescription failed = start.test().with(TestStatus.FAILED, "broken");
    service.update(start.sender(), failed.with(failed.progress().blaming(fault)));

    assertEquals(expected, code.get(60, TimeUnit.SECONDS));
  }

  @Test
  void startWithoutAServiceIsAnInfrastructureFailure() throws Exception {
    service.close();

    assertEquals(5, start().get(60, TimeUnit.SECONDS));
    assertTrue(err.toString().contains("nothing listens there"), err.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--id x",
        "--service nowhere --id x",
        "--service host:0 --id x",
        "--service host:abc --id x",
        "--service host:1 --id x",
        "--service host:1 --id x --executor-script missing.py",
        "--service host:1 --id x --executor-application ls --target car",
        "--service host:1 --id x --executor-application ls --timeout soon",
        "--service host:1 --id x --executor-application ls --priority high",
        "--service host:1 --id x --executor-application ls --priority 1001",
        "--service host:1 --id x --executor-application ls --nonsense"
      })
  void wrongUsageIsOneSentenceAndAHint(String arguments) {
    assertEquals(2, run(("start " + arguments).strip().split(" ")));
    assertEquals(2, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().endsWith("tas: \"tas start --help\" tells more\n"), err.toString());
  }

  @Test
  void aListOfAServiceThatIsNotThereSaysWhatToSee() {
    String nobody = service.endpoint().toString();
    service.close();

    assertEquals(5, run("nodes", "--service", nobody));
    assertEquals(
        "tas: the service "
            + nobody
            + " does not answer: nothing listens there; see whether it runs, and whether that is its"
            + " address\n",
        err.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "strat --service h:1|there is no command tas strat; did you mean start?",
        "start --service h:1 --id x --timeot 5|tas start has no option --timeot; did you mean"
            + " --timeout?",
        "start --id x|this is missing: --service HOST:PORT",
        "start --service h --id x|--service: \"h\" is not an address of the form host:port",
        "start --service h:1 --id x --timeout soon|--timeout: \"soon\" is no whole number",
        "start --service h:1 --id x --env A|--env: \"A\" is not NAME=VALUE",
        "start --service h:1 --id x --executor-script none.sh|correct its name, or say with"
            + " --workspace where it is",
        "start --service h:1 --id x --executor-application ls --retries -1|--retries is -1; give a"
            + " number between 0 and 100",
        "start --service h:1 --id x --executor-application ls --results-dir /dev/null/x|the"
            + " directory for results, /dev/null/x, cannot be made (",
        "stop --service h:1|Say which test, by its id, such as nightly_7",
        "results --service h:1|Say which test, by its id, such as nightly_7",
        "stop --service h:1 a/b|test id \"a/b\" contains the character /; leave it out",
        "stop --service h:1 a --id b|Two tests are named, a and b; this command is about one",
        "stop --service h:1 a b|tas stop does not take \"b\"; leave it out",
        "logs --service h:1 a --level loud|\"loud\" is no level; give error, warning, info or debug",
        "plan run --service h:1|this is missing: FILE"
      })
  void wrongUsageNamesTheThingTheValueAndTheRemedy(String arguments, String sentence) {
    assertEquals(2, run(arguments.split(" ")));

    assertTrue(err.toString().startsWith("tas: "), err.toString());
    assertTrue(err.toString().contains(sentence), err.toString());
  }

  @Test
  void aWrongOptionInAPlanIsNamedWithItsItemAndTheNearestOne() throws Exception {
    Path plan =
        Files.writeString(
            workspace.resolve("release.yaml"),
            "{plan: p, items: [{name: smoke, test: {executor-aplication: sh}}]}");

    assertEquals(2, run("plan", "run", "--service", "h:1", plan.toString()));

    String sentence =
        "item smoke: test has no option --executor-aplication; did you mean --executor-application?";
    assertTrue(err.toString().contains(sentence), err.toString());
  }

  @Test
  void secretVariablesAreMarkedAndComeFromTheOptionOrTheEnvironment() throws Exception {
    var code = start("--secret-env", "LAB_PIN=4711", "--secret-env", "PATH");
    TestOperation start = service.hearFirst(TestOperation.Kind.START);
    tell(start, TestStatus.FAILED, "enough");

    assertEquals(3, code.get(60, TimeUnit.SECONDS));
    assertEquals(Set.of("LAB_PIN", "PATH"), start.test().execution().secretParameters());
    assertEquals(
        Map.of("LANG", "C", "LAB_PIN", "4711", "PATH", System.getenv("PATH")),
        start.test().execution().parameters());
    assertFalse(start.toString().contains("4711"), start.toString());
  }

  @Test
  void priorityOfATestGoesToTheService() throws Exception {
    var code = start("--priority", "-7");
    TestOperation start = service.hearFirst(TestOperation.Kind.START);
    tell(start, TestStatus.FAILED, "enough");

    assertEquals(3, code.get(60, TimeUnit.SECONDS));
    assertEquals(-7, start.test().demand().priority());
  }

  @Test
  void packagesOfATestAreNamedAndWhatItsPartsSayAndSendIsTheirOwn() throws Exception {
    Files.writeString(workspace.resolve("ui@2.zip"), "ui");
    Files.writeString(workspace.resolve("modem.zip"), "modem");
    var code =
        start(
            "--package",
            "ui=ui@2.zip",
            "--package",
            "modem=modem.zip@(rm-code:RM-980;)",
            "--distribution",
            "balanced");
    TestOperation start = service.hearFirst(TestOperation.Kind.START);
    assertEquals(
        List.of(
            new TestPackageDescription("ui", "", List.of("ui@2.zip")),
            new TestPackageDescription("modem", "(rm-code:RM-980;)", List.of("modem.zip"))),
        start.test().execution().packages());
    assertEquals("balanced", start.test().demand().distribution());

    tell(start, TestStatus.PENDING, "");
    for (int part = 1; part <= 2; part++) {
      var id = RuntimeId.part(start.test().id().test(), part);
      var secret = product().with(Map.of("sim1-pin1", "471" + part));
      var test = started(start.test()).with(id);
      service.update(start.sender(), test.with(test.progress().reserving(List.of(secret))));
      service.put(start.sender(), id, "results_" + part + ".zip", "results " + part);
    }
    service.say(start.sender(), RuntimeId.part(start.test().id().test(), 1), "pin 4711\nand more");
    service.update(
        start.sender(),
        start
            .test()
            .with(RuntimeId.part(start.test().id().test(), 1))
            .with(TestStatus.FINISHED, ""));
    tell(start, TestStatus.FINISHED, "of 2 sub-tests _1 and _2 finished");

    assertEquals(0, code.get(60, TimeUnit.SECONDS));
    assertEquals("nightly_1: pin ***\nnightly_1: and more\n", out.toString());
    assertTrue(err.toString().contains("tas: test nightly_2 is started on "), err.toString());
    assertEquals("results 1", Files.readString(workspace.resolve("results_1.zip")));
    assertEquals("results 2", Files.readString(workspace.resolve("results_2.zip")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"=a.zip", " ", "ui=missing.zip"})
  void aPackageWithoutANameOrItsFileIsWrongUsage(String option) throws Exception {
    assertEquals(2, start("--package", option).get(60, TimeUnit.SECONDS));
    assertTrue(service.hasHeardNothing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO_SUCH_VARIABLE", "=x", "A B=x"})
  void secretVariableWithoutAValueOrNameIsWrongUsage(String option) throws Exception {
    assertEquals(2, start("--secret-env", option).get(60, TimeUnit.SECONDS));
    assertTrue(err.toString().startsWith("tas: --secret-env "), err.toString());
  }

  @Test
  void farmKeyThatIsNoneIsWrongUsage() throws Exception {
    Path file = Files.writeString(workspace.resolve("farm.key"), "nothing of use");

    assertEquals(2, start("--farm-key", file.toString()).get(60, TimeUnit.SECONDS));
    assertTrue(err.toString().contains("farm.key"), err.toString());
    assertTrue(service.hasHeardNothing());
  }

  @Test
  void badIdIsRefused() throws Exception {
    Files.writeString(workspace.resolve("execute.py"), "print()");
    int code =
        run(
            "start",
            "--service",
            service.endpoint().toString(),
            "--id",
            "../x",
            "--executor-application",
            "true");

    assertEquals(3, code);
    assertTrue(err.toString().contains("test id \"../x\" contains"), err.toString());
  }

  @Test
  void stopIsForATestOfAnybody() throws Exception {
    var code = runLater("stop", "--service", service.endpoint().toString(), "--id", "nightly");
    TestOperation stop = service.hearFirst(TestOperation.Kind.STOP);
    assertEquals(ID, stop.test().id());
    tell(stop, TestStatus.FAILED, "stopped by 127.0.0.1:1");

    assertEquals(0, code.get(60, TimeUnit.SECONDS));
    assertEquals("tas: test nightly is stopped\n", err.toString());
  }

  @Test
  void stopOfAnUnknownTestSaysSo() throws Exception {
    var code = runLater("stop", "--service", service.endpoint().toString(), "--id", "nightly");
    answerUnknown(service.hearFirst(TestOperation.Kind.STOP));

    assertEquals(3, code.get(60, TimeUnit.SECONDS));
    assertEquals("tas: test nightly is not known here\n", err.toString());
  }

  @ParameterizedTest
  @CsvSource({"PENDING, waiting for RM-763, pending", "STARTED, attempt 2, started"})
  void checkSaysHowFarATestIs(TestStatus status, String details, String word) throws Exception {
    var code = runLater("check", "--service", service.endpoint().toString(), "--id", "nightly");
    tell(service.hearFirst(TestOperation.Kind.CHECK), status, details);

    assertEquals(0, code.get(60, TimeUnit.SECONDS));
    assertEquals("test nightly is " + word + ": " + details + "\n", out.toString());
  }

  @Test
  void checkOfAnUnknownTestSaysSo() throws Exception {
    var code = runLater("check", "--service", service.endpoint().toString(), "--id", "nightly");
    answerUnknown(service.hearFirst(TestOperation.Kind.CHECK));

    assertEquals(3, code.get(60, TimeUnit.SECONDS));
    assertEquals("test nightly is not known here\n", out.toString());
  }

  @Test
  void everyCommandHasHelpWithAnExampleAndItsExitCodes() {
    var commands = new ArrayList<>(TasCommandLine.newLine().getSubcommands().keySet());
    commands.add("plan run");
    for (String command : commands) {
      out.getBuffer().setLength(0);
      assertEquals(0, run((command + " --help").split(" ")), command);
      assertTrue(
          out.toString().matches("(?s).*Examples?:\\R  .*tas " + command + "\\b.*"),
          out.toString());
      assertTrue(out.toString().contains("Exit codes: "), out.toString());
    }
  }

  @Test
  void theManualHasAPageForEachCommandWithItsOptionsAndNothingThatIsNoMacro() throws Exception {
    Path manual = workspace.resolve("man");

    assertEquals(0, run("manual", "--directory", manual.toString()), err.toString());

    for (var command : TasCommandLine.newLine().getSubcommands().entrySet()) {
      String page = Files.readString(manual.resolve("tas-" + command.getKey() + ".1"));
      for (var option : command.getValue().getCommandSpec().options()) {
        assertTrue(page.contains(option.longestName().replace("-", "\\-")), page);
      }
      assertTrue(
          page.lines()
              .filter(line -> line.startsWith(".") || line.startsWith("'"))
              .allMatch(line -> line.matches("\\.(TH|SH|B|TP|nf|fi)( .*)?")),
          page);
    }
  }

  @Test
  void completionKnowsEveryCommand() {
    assertEquals(0, run("completion"));
    for (String command : TasCommandLine.newLine().getSubcommands().keySet()) {
      assertTrue(out.toString().contains(command), command);
    }
  }

  @Test
  void withoutACommandThereIsHelp() {
    assertEquals(0, run());
    assertTrue(out.toString().startsWith("Usage: tas"), out.toString());
  }

  private CompletableFuture<Integer> start(String... further) throws java.io.IOException {
    Files.writeString(workspace.resolve("execute.py"), "print()");
    return runLater(Stream.concat(usual(), Stream.of(further)).toArray(String[]::new));
  }

  private Stream<String> usual() {
    return Stream.of(
        "start",
        "--service",
        service.endpoint().toString(),
        "--id",
        "nightly",
        "--workspace",
        workspace.toString(),
        "--executor-application",
        "python3 -u",
        "--executor-script",
        "execute.py",
        "--results",
        "results.zip",
        "--require",
        "(rm-code:RM-763;)",
        "--timeout",
        "5000",
        "--env",
        "LANG=C",
        "--client-hostname",
        "127.0.0.1");
  }

  private CompletableFuture<Integer> runLater(String... arguments) {
    return CompletableFuture.supplyAsync(() -> run(arguments));
  }

  private int run(String... arguments) {
    return TasCommandLine.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  private void tell(TestOperation asked, TestStatus status, String details) {
    service.update(asked.sender(), asked.test().with(status, details));
  }

  private void answerUnknown(TestOperation asked) {
    service.tell(
        asked.sender(),
        new TestOperation(
            service.endpoint(),
            asked.sender(),
            TestOperation.Kind.STOP,
            asked.test().with(TestStatus.FAILED, "test nightly is not known here")));
  }

  private static TestDescription started(TestDescription test) {
    return test.with(TestStatus.STARTED, "");
  }

  private static ProductDescription product() {
    return ProductDescription.of(Map.of("imei", "1", "rm-code", "RM-763"));
  }
}
