package com.nokia.ci.tas.communicator.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ByteSize;
import com.nokia.ci.tas.communicator.Until;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real shells that wait, and what becomes of them. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class WaitingShellsTest {
  private static final Map<String, String> NO_VARIABLES = Map.of();

  @TempDir Path directory;
  private WaitingShells shells;

  @BeforeEach
  void start() {
    shells = WaitingShells.start(enclosure(), new ProcDirectory());
  }

  @AfterEach
  void close() {
    shells.close();
  }

  @Test
  void theShellThatWaitedIsTheExecutor() throws Exception {
    var before = pids();
    var executor = become("exec sleep 300", NO_VARIABLES);

    assertTrue(before.contains(executor.pid()));
    var entry = new ProcDirectory().entry(executor.pid()).orElseThrow();
    assertEquals(executor.pid(), entry.session());
    Until.isSo("it sleeps", () -> command(executor.pid()).startsWith("sleep"));
    executor.destroyForcibly();
    assertEquals(128 + 9, executor.waitFor());
  }

  @Test
  void everyByteOfWordsAndVariablesArrives() throws Exception {
    var all = new StringBuilder();
    for (char c = 1; c < 0x500; c++) {
      all.append(c);
    }
    all.append("\uD83D\uDE00 $(touch x) `touch x` ' \" \\ ${HOME} ; & | > x < * ? ~ # !");
    var executor =
        become(
            "printf %s \"$1\" > word; printf %s \"$VALUE\" > variable; echo $#",
            Map.of("VALUE", all.toString()), all.toString(), "", "-n", ".", ":");

    assertEquals("5", said(executor));
    assertEquals(all.toString(), Files.readString(directory.resolve("word")));
    assertEquals(all.toString(), Files.readString(directory.resolve("variable")));
    assertFalse(Files.exists(directory.resolve("x")));
  }

  @Test
  void nothingOfTheShellIsLeftInTheSurroundings() throws Exception {
    var bare = new ProcessBuilder("/usr/bin/env").directory(directory.toFile()).start();
    var expected = List.of(said(bare).split("\n"));
    var executor =
        shells
            .become(
                new ExecutorStart(
                    List.of("/usr/bin/env"), Map.of("A", "1"), directory, ExecutorLimits.NONE))
            .orElseThrow()
            .process();

    var variables = List.of(said(executor).split("\n"));
    assertTrue(variables.contains("A=1"));
    assertTrue(variables.contains("PWD=" + directory), variables.toString());
    for (String variable : variables) {
      assertTrue(
          expected.contains(variable) || variable.startsWith("PWD=") || variable.equals("A=1"),
          variable);
    }
  }

  @Test
  void itHoldsItsThreeStreamsAlone() throws Exception {
    var executor = become("exec sleep 300", NO_VARIABLES);
    Until.isSo("it sleeps", () -> command(executor.pid()).startsWith("sleep"));

    try (var open = Files.list(Path.of("/proc/" + executor.pid() + "/fd"))) {
      assertEquals(
          List.of("0", "1", "2"), open.map(it -> it.getFileName().toString()).sorted().toList());
    }
    executor.destroyForcibly();
  }

  @Test
  void whatCannotStartSaysSoWithItsExitCode() throws Exception {
    var nowhere =
        new ExecutorStart(
            List.of("/bin/true"), Map.of(), directory.resolve("none"), ExecutorLimits.NONE);

    assertEquals(126, shells.become(nowhere).orElseThrow().process().waitFor());
  }

  @Test
  void theInputIsAtItsEnd() throws Exception {
    assertEquals("end", said(become("read x || echo end", NO_VARIABLES)));
  }

  @Test
  void limitsHold() throws Exception {
    var limits =
        new ExecutorLimits(
            Optional.of(new ByteSize(3L << 30)), Optional.of(77L), Optional.of(123L));
    var line = List.of("/bin/sh", "-c", "ulimit -v; ulimit -n; ulimit -S -t; ulimit -H -t");
    var executor =
        shells
            .become(new ExecutorStart(line, NO_VARIABLES, directory, limits))
            .orElseThrow()
            .process();

    assertEquals("3145728\n123\n77\n82", said(executor));
  }

  @Test
  void whatAShellCannotBeToldIsNotStarted() {
    for (var variables :
        List.of(
            Map.of("A", "zero\0byte"),
            Map.of("a.b", "1"),
            Map.of("A;touch x;B", "1"),
            Map.of("1A", "1"),
            Map.of("OPTIND", "many"),
            Map.of("LC_ALL", "C"),
            Map.of("IFS", "/"),
            Map.of("LONG", "x".repeat(40_000)))) {
      var start =
          new ExecutorStart(List.of("/bin/true"), variables, directory, ExecutorLimits.NONE);
      assertEquals(Optional.empty(), shells.become(start), variables.toString());
    }
    assertEquals(4, pids().size());
  }

  @Test
  void shellsThatDiedArePassedOverAndReplaced() throws Exception {
    for (var shell : shells.waiting()) {
      shell.destroyForcibly();
      shell.onExit().get();
    }
    var start = new ExecutorStart(List.of("/bin/true"), Map.of(), directory, ExecutorLimits.NONE);

    assertEquals(Optional.empty(), shells.become(start));
    shells.fillSoon();
    Until.isSo("four wait again", () -> pids().size() == 4);
    assertEquals(0, shells.become(start).orElseThrow().process().waitFor());
  }

  @Test
  void theyEndWithWhomTheyWaitFor() throws Exception {
    var waiting = shells.waiting();
    assertEquals(4, waiting.size());

    shells.close();

    for (var shell : waiting) {
      shell.onExit().get();
    }
    assertEquals(
        Optional.empty(),
        shells.become(
            new ExecutorStart(List.of("/bin/true"), Map.of(), directory, ExecutorLimits.NONE)));
  }

  @Test
  void aShellWhoseNodeDiesStartsNothingAndEnds() throws Exception {
    var line = enclosure().waitingShell().orElseThrow();
    var words =
        ShellWords.of(
                new ExecutorStart(
                    List.of("/usr/bin/touch", "x"), Map.of(), directory, ExecutorLimits.NONE))
            .orElseThrow();
    // The input ends as it does when a process dies: after nothing, or within the words.
    for (int told : List.of(0, 1, words.length / 2, words.length - 20, words.length - 2)) {
      var shell = new ProcessBuilder(line).redirectErrorStream(true).start();
      try (var input = shell.getOutputStream()) {
        input.write(words, 0, told);
      }
      shell.waitFor();
      assertFalse(Files.exists(directory.resolve("x")), "after " + told + " bytes");
    }
  }

  @Test
  void theyHoldNoFileAndNoDirectory() throws Exception {
    for (long pid : pids()) {
      assertEquals(Path.of("/"), Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")));
      try (var open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
        for (var file : open.toList()) {
          assertTrue(Files.readSymbolicLink(file).toString().startsWith("pipe:"), file.toString());
        }
      }
    }
  }

  private Process become(String script, Map<String, String> variables, String... arguments) {
    var line = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
    line.addAll(List.of(arguments));
    return shells
        .become(new ExecutorStart(line, variables, directory, ExecutorLimits.NONE))
        .orElseThrow()
        .process();
  }

  private List<Long> pids() {
    return shells.waiting().stream().map(ProcessHandle::pid).toList();
  }

  private Enclosure enclosure() {
    return new Enclosure(
        Platform.LINUX, ProgramFinder.of(System.getenv(), Platform.LINUX), directory);
  }

  private static String command(long pid) throws Exception {
    return Files.readString(Path.of("/proc/" + pid + "/cmdline"), UTF_8);
  }

  private static String said(Process process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    process.waitFor();
    return text;
  }
}
