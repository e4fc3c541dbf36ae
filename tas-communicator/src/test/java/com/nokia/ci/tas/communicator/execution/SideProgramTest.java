package com.nokia.ci.tas.communicator.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.communicator.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class SideProgramTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final RuntimeId RUN = RuntimeId.of("t");

  @TempDir Path directory;
  private Workspaces workspaces;
  private Workspace workspace;

  @BeforeEach
  void workspace() {
    workspaces = new Workspaces(directory.resolve("workspace"), KeepRule.NONE);
    workspace = workspaces.prepare(RUN);
  }

  @Test
  void exitCodeZeroIsYes() throws Exception {
    var answer = program("test $TAS_TEST_ID = t && test \"$PWD\" = \"$TAS_WORKSPACE\"", LONG);

    assertEquals(Optional.empty(), answer.ask(RUN, workspace).get());
  }

  @Test
  void anotherExitCodeIsNoAndTheFirstLineSaysWhy() throws Exception {
    assertEquals(
        Optional.of("waiting for sh: the flash station is busy"),
        program("echo the flash station is busy; echo more; exit 1", LONG)
            .ask(RUN, workspace)
            .get());
    assertEquals(
        Optional.of("waiting for sh: it ends with exit code 7"),
        program("exit 7", LONG).ask(RUN, workspace).get());
  }

  @Test
  void aProgramThatDoesNotAnswerIsEndedWithAllItStarted() throws Exception {
    // A busy machine may not even have started it within the first of these limits.
    var pid = Optional.<Long>empty();
    for (long seconds = 1; pid.isEmpty(); seconds *= 4) {
      assertEquals(
          Optional.of("waiting for sh, which did not answer within " + seconds + " s"),
          program(
                  "setsid sh -c 'echo $$ > pid.new; mv pid.new pid; exec sleep 300' & wait",
                  Duration.ofSeconds(seconds))
              .ask(RUN, workspace)
              .get());
      if (Files.exists(file("pid"))) {
        pid = Optional.of(Long.parseLong(Until.text(file("pid"))));
      }
    }
    assertFalse(isAlive(pid.get()));
  }

  @Test
  void aProgramThatIsNotWantedAnyMoreIsEnded() throws Exception {
    var program = program("echo $$ > pid.new; mv pid.new pid; exec sleep 300", LONG);
    var answer = program.ask(RUN, workspace);
    long pid = Long.parseLong(Until.text(file("pid")));

    assertTrue(answer.cancel(false));
    ProcessHandle.of(pid).ifPresent(it -> it.onExit().orTimeout(50, TimeUnit.SECONDS).join());
    assertFalse(isAlive(pid));
  }

  @Test
  void aProgramThatIsNotThereIsRefusedWithTheSettingThatNamesIt() {
    var refusal =
        assertThrows(
            SettingsException.class, () -> named("no-such-program-anywhere --quietly", LONG));
    assertTrue(
        refusal.getMessage().contains("LaunchGate=no-such-program-anywhere"), refusal.getMessage());
  }

  private SideProgram program(String script, Duration limit) throws IOException {
    Path file = Files.writeString(directory.resolve("gate.sh"), script);
    return named("sh \"" + file + "\"", limit);
  }

  private SideProgram named(String command, Duration limit) {
    var programs = ProgramFinder.of(System.getenv(), Platform.LINUX);
    return SideProgram.named("LaunchGate", command, programs, workspaces.root(), limit);
  }

  private Path file(String name) {
    return workspace.directory().resolve(name);
  }

  private static boolean isAlive(long pid) {
    return new ProcDirectory().entry(pid).filter(ProcDirectory.Entry::live).isPresent();
  }
}
