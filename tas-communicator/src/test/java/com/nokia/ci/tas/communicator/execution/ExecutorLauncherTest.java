package com.nokia.ci.tas.communicator.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ByteSize;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SealedValues;
import com.nokia.ci.tas.commons.model.TestExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: each script tells the pids it made, and at the end none of them is alive. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class ExecutorLauncherTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final SealedValues SEALED = SealedValues.of(List.of("not-to-be-read"));

  @TempDir Path directory;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private Workspaces workspaces;
  private ExecutorLauncher launcher;
  private final List<ExecutorLauncher> launchers = new ArrayList<>();

  @BeforeEach
  void launcher() {
    workspaces = new Workspaces(directory.resolve("workspace"), KeepRule.NONE);
    launcher = launcherOf(Duration.ofMillis(200));
  }

  @AfterEach
  void close() throws InterruptedException {
    launcher.endStrays();
    launchers.forEach(ExecutorLauncher::close);
  }

  @Test
  void exitCodeAndOutputOfBothStreamsArrive() throws Exception {
    var executor = run("echo out; echo err >&2; read x || echo nothing to read; exit 3");

    assertEquals(3, executor.exit().get());
    executor.end(LONG);
    assertEquals(List.of("out", "err", "nothing to read"), List.copyOf(lines));
  }

  @Test
  void sealedValuesReachTheExecutorAndNotItsOutput() throws Exception {
    var executor =
        launch(
            "test $CODE = not-to-be-''read && echo got it; printf not-to; echo -be-read=$CODE",
            Map.of("CODE", "not-to-be-read"));

    assertEquals(0, executor.exit().get());
    executor.end(LONG);
    assertEquals(List.of("got it", "***=***"), List.copyOf(lines));
  }

  @Test
  void aSignalIsReportedAsTheShellDoes() throws Exception {
    assertEquals(128 + 9, run("kill -9 $$").exit().get());
  }

  @Test
  void whatAsksForInputFindsItsEndAndDoesNotHang() throws Exception {
    var executor = run("printf 'Continue? '; read answer; echo \"rc $?\"; cat; echo nobody there");

    assertEquals(0, executor.exit().get());
    executor.end(LONG);
    assertEquals(List.of("Continue? rc 1", "nobody there"), List.copyOf(lines));
  }

  @Test
  void nothingOfATerminalCanBeReached() throws Exception {
    var executor = run("if (: < /dev/tty) 2>/dev/null; then echo terminal; else echo none; fi");

    executor.exit().get();
    executor.end(LONG);
    assertEquals(List.of("none"), List.copyOf(lines));
  }

  @Test
  void theLimitsOfTheNodeHoldForTheExecutorAndWhatItStarts() throws Exception {
    var limits =
        new ExecutorLimits(
            Optional.of(new ByteSize(3L << 30)), Optional.of(77L), Optional.of(123L));
    launcher = launcherOf(ExecutorSettings.DEFAULT.with(limits));
    var executor = run("ulimit -v; ulimit -S -t; ulimit -H -t; sh -c 'ulimit -n'");

    assertEquals(0, executor.exit().get());
    executor.end(LONG);
    assertEquals(List.of("3145728", "77", "82", "123"), List.copyOf(lines));
  }

  @Test
  void aTestMayAskForLessThanTheNodeAllowsAndNotForMore() throws Exception {
    var limits = new ExecutorLimits(Optional.empty(), Optional.of(77L), Optional.of(123L));
    launcher = launcherOf(ExecutorSettings.DEFAULT.with(limits));
    var executor =
        launch(
            "ulimit -S -t; ulimit -n; env | grep -c tas.limit",
            Map.of("tas.limit.cpu-time", "5", "tas.limit.open-files", "9000"));

    executor.exit().get();
    executor.end(LONG);
    assertEquals(List.of("5", "123", "0"), List.copyOf(lines));
  }

  @Test
  void anExecutorThatUsesUpItsCpuTimeIsEndedAndToldWhy() throws Exception {
    var executor = launch("while :; do :; done", Map.of("tas.limit.cpu-time", "1"));

    assertEquals(128 + 24, executor.exit().get());
    executor.end(LONG);
    assertEquals("it may use 1 s of CPU time", executor.noteOf(128 + 24));
    assertEquals("", executor.noteOf(1));
  }

  @Test
  void aLimitThatIsNotUnderstoodIsRefused() {
    for (var wish : List.of("tas.limit.memory=lots", "tas.limit.cpu-time=0", "tas.limit.files=1")) {
      int equals = wish.indexOf('=');
      var parameters = Map.of(wish.substring(0, equals), wish.substring(equals + 1));
      var refusal = assertThrows(ExecutionException.class, () -> launch("true", parameters), wish);
      assertTrue(refusal.getMessage().contains(wish.substring(0, equals)), refusal.getMessage());
    }
  }

  @Test
  void wordsOfATestAreNeverReadByTheShellThatSetsLimits() throws Exception {
    var workspace = workspaces.prepare(new RuntimeId(RuntimeId.of("t").test(), "_1"));
    Files.writeString(workspace.directory().resolve("$(touch x);.sh"), "echo \"$1\"; ls");
    var order = order(workspace, "sh", "$(touch x);.sh", Map.of("tas.limit.open-files", "100"));
    var executor = launcher.launch(order, this::take);

    assertEquals(0, executor.exit().get());
    executor.end(LONG);
    assertFalse(Files.exists(workspace.directory().resolve("x")));
  }

  @Test
  void environmentAndWorkingDirectoryAreThoseOfTheRun() throws Exception {
    var executor = run("echo $TAS_TEST_ID; echo $TAS_WORKSPACE; pwd -P; echo \"$LANGUAGE_PACK\"");

    executor.exit().get();
    executor.end(LONG);
    String workspace = workspaces.root().resolve("t_1").toString();
    assertEquals(List.of("t_1", workspace, workspace, "a; rm -rf \"b\""), List.copyOf(lines));
  }

  @Test
  void executorLeadsASessionOfItsOwn() throws Exception {
    var executor = run("echo ready; sleep 300");

    lines.take();
    var entry = new ProcDirectory().entry(executor.pid()).orElseThrow();
    assertEquals(executor.pid(), entry.session());
    executor.end(LONG);
    assertGone(List.of(executor.pid()));
  }

  @Test
  void grandchildrenThatIgnoreThePoliteSignalAreKilled() throws Exception {
    assertTreeIsEnded("trap '' TERM; (trap '' TERM; sleep 300 & echo $!; wait) & echo $!; wait", 2);
  }

  @Test
  void aProcessInASessionOfItsOwnIsEnded() throws Exception {
    assertTreeIsEnded("setsid sh -c 'echo $$; sleep 300 & echo $!; wait' & wait", 2);
  }

  @Test
  void anOrphanIsEnded() throws Exception {
    assertTreeIsEnded("(setsid sh -c 'sleep 300 & echo $!' &); sleep 300", 1);
  }

  @Test
  void anOrphanThatCleanedItsEnvironmentIsEnded() throws Exception {
    assertTreeIsEnded("(setsid env -i sh -c 'sleep 300 & echo $!' &); sleep 300", 1);
  }

  @Test
  void anOrphanThatClosedItsOutputIsEnded() throws Exception {
    assertTreeIsEnded("(setsid sh -c 'echo $$; exec sleep 300 >/dev/null 2>&1' &); sleep 300", 1);
  }

  @Test
  void processesThatKeepForkingAreEnded() throws Exception {
    var executor = run("echo begun; f() { sleep 0.01; (f &) ; }; (f &); (f &); sleep 300");

    lines.take();
    executor.end(LONG);
    assertEquals(0, launcher.endStrays());
  }

  @Test
  void whatAnEndedExecutorLeftIsEnded() throws Exception {
    var executor = run("setsid sleep 300 & echo $!; exit 0");

    long stray = Long.parseLong(lines.take());
    assertEquals(0, executor.exit().get());
    executor.end(LONG);
    assertGone(List.of(stray));
  }

  @Test
  void aPoliteExecutorMayCleanUp() throws Exception {
    launcher = launcherOf(LONG);
    var executor =
        run("trap 'echo cleaned; exit 0' TERM; echo ready; while :; do sleep 0.01; done");

    assertEquals("ready", lines.take());
    executor.end(LONG);
    assertTrue(lines.contains("cleaned"), lines.toString());
  }

  @Test
  void anotherLifeOfTheNodeFindsWhatRuns() throws Exception {
    var executor = run("(setsid sh -c 'echo $$; exec sleep 300' &); echo $$; sleep 300");
    var pids = List.of(Long.parseLong(lines.take()), Long.parseLong(lines.take()));

    assertTrue(launcherOf(Duration.ZERO).endStrays() >= 2);
    assertGone(pids);
    assertEquals(128 + 9, executor.exit().get());
  }

  @Test
  void theExecutorsOfAnotherNodeAreLeftAlone() throws Exception {
    var executor = run("echo ready; sleep 300");
    lines.take();
    var programs = ProgramFinder.of(System.getenv(), Platform.LINUX);

    var other =
        new ExecutorLauncher(
            commandLine(programs),
            programs,
            directory.resolve("workspace2"),
            Platform.LINUX,
            ExecutorSettings.DEFAULT);
    assertEquals(0, other.endStrays());
    assertTrue(ProcessHandle.of(executor.pid()).isPresent());
    executor.end(LONG);
  }

  @Test
  void aFastExecutorLosesNothing() throws Exception {
    var executor = run("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done");

    assertEquals(0, executor.exit().get());
    executor.end(LONG);
    assertEquals(20_000, lines.size());
    assertTrue(lines.contains("line 19999"));
  }

  @Test
  void aParameterThatCannotBeAVariableIsRefused() throws IOException {
    for (var name : List.of("", "A=B", "A B", "TAS_RUN", "tas_workspace")) {
      var parameters = Map.of(name, "x");
      assertThrows(ExecutionException.class, () -> launch("true", parameters), name);
    }
  }

  @Test
  void aScriptThatCannotRunIsToldInItsOutput() throws Exception {
    var workspace = workspaces.prepare(new RuntimeId(RuntimeId.of("t").test(), "_1"));
    Files.writeString(workspace.directory().resolve("run"), "#!/no/such/interpreter\n");
    var executor = launcher.launch(order(workspace, "", "run", Map.of()), this::take);

    assertFalse(executor.exit().get() == 0);
    executor.end(LONG);
    assertTrue(lines.take().contains("run"));
  }

  private void assertTreeIsEnded(String script, int pidsTold) throws Exception {
    var executor = run(script);
    var pids = new ArrayList<Long>();
    for (int i = 0; i < pidsTold; i++) {
      pids.add(Long.parseLong(lines.take()));
    }
    pids.add(executor.pid());
    executor.end(LONG);
    assertGone(pids);
  }

  private static void assertGone(List<Long> pids) {
    for (long pid : pids) {
      assertFalse(
          new ProcDirectory().entry(pid).filter(ProcDirectory.Entry::live).isPresent(),
          "process " + pid + " is alive");
    }
  }

  private RunningExecutor run(String script) throws IOException {
    return launch(script, Map.of("LANGUAGE_PACK", "a; rm -rf \"b\""));
  }

  private RunningExecutor launch(String script, Map<String, String> parameters) throws IOException {
    var workspace = workspaces.prepare(new RuntimeId(RuntimeId.of("t").test(), "_1"));
    Files.writeString(workspace.directory().resolve("run.sh"), script);
    return launcher.launch(order(workspace, "sh", "run.sh", parameters), this::take);
  }

  private static ExecutorOrder order(
      Workspace workspace, String application, String script, Map<String, String> parameters) {
    return new ExecutorOrder(
        new RuntimeId(RuntimeId.of("t").test(), "_1"),
        new TestExecution(application, script, List.of(script), parameters, List.of(), ""),
        List.of(),
        workspace,
        SEALED,
        workspace.directory().resolveSibling("output.log"));
  }

  private CompletableFuture<Void> take(String text) {
    lines.addAll(text.lines().toList());
    return CompletableFuture.<Void>completedFuture(null).orTimeout(1, TimeUnit.MINUTES);
  }

  private ExecutorLauncher launcherOf(Duration politeness) {
    return launcherOf(ExecutorSettings.DEFAULT.with(EndingPatience.politely(politeness)));
  }

  private ExecutorLauncher launcherOf(ExecutorSettings settings) {
    var programs = ProgramFinder.of(System.getenv(), Platform.LINUX);
    var made =
        new ExecutorLauncher(
            commandLine(programs), programs, workspaces.root(), Platform.LINUX, settings);
    launchers.add(made);
    prepare(made);
    return made;
  }

  /** Nothing waits for an executor. */
  void prepare(ExecutorLauncher made) {
    made.close();
  }

  private CommandLine commandLine(ProgramFinder programs) {
    return new CommandLine(programs, Platform.LINUX, ProductArgument.FILE, directory);
  }
}
