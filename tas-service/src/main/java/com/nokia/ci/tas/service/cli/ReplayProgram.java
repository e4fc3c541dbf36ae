package com.nokia.ci.tas.service.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs {@code tas replay}, which the jar of the service does when that is its first argument. */
public final class ReplayProgram {
  /** The first argument that is for this program. */
  public static final String COMMAND = "replay";

  private ReplayProgram() {}

  /**
   * Runs it.
   *
   * @return the exit code for {@link System#exit}
   */
  public static int run(String... arguments) {
    return run(writer(System.out), writer(System.err), arguments);
  }

  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return run(System.getenv(), out, err, arguments);
  }

  static int run(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... arguments) {
    return KeysProgram.execute(new ReplayCommand(environment), out, err, arguments);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
