package com.nokia.ci.tas.commons.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a program says when it is not to run; how it runs is seen with the real programs. */
final class DaemonTest {
  private static final Arguments ARGUMENTS =
      Arguments.of("Program.jar", "Does one thing.").with(Option.value("Port", "1", "Port."));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void helpGoesToStandardOutputWithCodeZero() {
    assertEquals(0, run("--help"));
    assertEquals(ARGUMENTS.help(), out.toString(StandardCharsets.UTF_8));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theVersionIsOneLine() {
    assertEquals(0, run("--version"));
    assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("Program.jar "));
    assertEquals(1, out.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void aWrongArgumentIsOneSentenceOnStandardErrorWithCodeTwo() {
    assertEquals(2, run("Prot=1"));
    assertEquals(
        "Program.jar: argument \"Prot\" is not known; did you mean Port?\n",
        err.toString(StandardCharsets.UTF_8));
    assertEquals("", out.toString(StandardCharsets.UTF_8));
  }

  private int run(String... args) {
    return new Daemon(
            ARGUMENTS,
            (arguments, end) -> {
              throw new AssertionError("the program is not to start");
            })
        .run(
            DaemonTest.class,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            args);
  }
}
