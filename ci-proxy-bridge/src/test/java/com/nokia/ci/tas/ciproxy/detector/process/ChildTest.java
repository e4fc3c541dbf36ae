package com.nokia.ci.tas.ciproxy.detector.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Programs that detectors run. */
final class ChildTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void whatAProgramPrintsIsReadToItsEnd() throws Exception {
    assertEquals("one\n\ntwo é\n", Child.output(shell("printf 'one\\n\\ntwo é'"), PATIENCE));
  }

  @Test
  void aProgramThatFailsSaysWhyInASentence() {
    assertEquals(
        "/bin/sh ended with exit code 3: no device found",
        complaint(shell("echo first >&2; echo no device found >&2; exit 3"), PATIENCE));
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    String complaint = complaint(List.of("/no/such/program"), PATIENCE);
    assertTrue(complaint.startsWith("/no/such/program cannot be started: "), complaint);
  }

  @Test
  void aProgramThatSaysNothingIsEndedInTime() {
    assertEquals("/bin/sh says nothing for 0 s", complaint(shell("exec sleep 1000"), SHORT));
  }

  @Test
  void aProgramThatPrintsWithoutEndIsEnded() {
    String line = complaint(shell("exec tr '\\0' x < /dev/zero"), PATIENCE);
    assertEquals("/bin/sh prints a line of more than 1048576 bytes", line);
    String lines =
        complaint(shell("while :; do echo 0123456789012345678901234567; done"), PATIENCE);
    assertEquals("/bin/sh prints more than 1048576 bytes", lines);
  }

  @Test
  void whatItStartedEndsWithItThoughItIgnoresTheRequest() throws Exception {
    var child = Child.start(shell("trap '' TERM; sleep 1000 & echo $!; wait"));
    Optional<String> number = child.nextLine(PATIENCE);
    ProcessHandle grandchild = ProcessHandle.of(Long.parseLong(number.orElseThrow())).orElseThrow();
    child.close();
    grandchild.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertFalse(grandchild.isAlive());
  }

  @Test
  void theStandardInputOfAProgramEndsNotBeforeItsOwnerEndsIt() throws Exception {
    try (var child = Child.start(shell("echo up; exec cat"))) {
      assertEquals(Optional.of("up"), child.nextLine(PATIENCE));
      assertThrows(IOException.class, () -> child.awaitSuccess(SHORT));
    }
  }

  private static List<String> shell(String script) {
    return List.of("/bin/sh", "-c", script);
  }

  private static String complaint(List<String> command, Duration limit) {
    return assertThrows(IOException.class, () -> Child.output(command, limit)).getMessage();
  }
}
