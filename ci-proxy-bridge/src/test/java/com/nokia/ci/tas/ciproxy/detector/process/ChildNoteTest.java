package com.nokia.ci.tas.ciproxy.detector.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real programs whose owner is gone, and others whose numbers stand in an old note. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class ChildNoteTest {
  @TempDir Path directory;
  private Process program;

  @AfterEach
  void end() {
    Optional.ofNullable(program).ifPresent(Process::destroyForcibly);
  }

  @Test
  void aProgramThatWasLeftIsEndedThoughItDoesNotListen() throws Exception {
    start("trap '' TERM; echo ready; while :; do sleep 1; done");
    note().runs(program.toHandle());

    note().endLeft();

    program.onExit().get();
    assertFalse(Files.exists(file()));
  }

  @Test
  void whatABridgeWithoutAPortOfItsOwnLeftIsEndedWhenThatBridgeIsGone() throws Exception {
    var bridge = new ProcessBuilder("/bin/sh", "-c", "exec sleep 300").start();
    try {
      start("trap '' TERM; echo ready; while :; do sleep 1; done");
      Path left = directory.resolve("note-of-" + bridge.pid() + ".pid");
      new ChildNote(left).runs(program.toHandle());
      Files.writeString(directory.resolve("note-of-nobody.pid"), "x");

      ChildNote.ofThisProcess(directory, "note-of-");
      assertTrue(program.isAlive(), "its bridge runs");

      bridge.destroyForcibly().waitFor();
      ChildNote.ofThisProcess(directory, "note-of-");

      program.onExit().get();
      assertFalse(Files.exists(left));
      assertTrue(Files.exists(directory.resolve("note-of-nobody.pid")), "it is no note");
    } finally {
      bridge.destroyForcibly();
    }
  }

  @Test
  void aProcessThatGotItsNumberLaterIsLeftAlone() throws Exception {
    start("echo ready; exec sleep 300");
    Files.writeString(
        file(), program.pid() + " " + Instant.parse("2020-01-01T00:00:00Z").toEpochMilli() + "\n");

    note().endLeft();

    assertTrue(program.isAlive());
    assertFalse(Files.exists(file()));
  }

  @Test
  void whatIsNoNoteEndsNothing() throws Exception {
    start("echo ready; exec sleep 300");
    for (String text :
        List.of("", "x", program.pid() + "", program.pid() + " now", "-1 5", "1 2 3")) {
      Files.writeString(file(), text);
      note().endLeft();
      assertTrue(program.isAlive(), text);
    }
  }

  @Test
  void theNoteGoesWithItsProgram() throws Exception {
    try (var child = Child.start(List.of("/bin/sh", "-c", "echo $$; cat"), Optional.of(note()))) {
      assertEquals(
          Files.readString(file()).split(" ", -1)[0],
          child.nextLine(Duration.ofSeconds(60)).orElseThrow());
    }
    assertFalse(Files.exists(file()));
  }

  private void start(String script) throws IOException {
    program = new ProcessBuilder("/bin/sh", "-c", script).start();
    try (BufferedReader said = program.inputReader()) {
      assertEquals("ready", said.readLine());
    }
  }

  private ChildNote note() {
    return new ChildNote(file());
  }

  private Path file() {
    return directory.resolve("command.pid");
  }
}
