package com.nokia.ci.tas.service.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Runs {@code tas store}, which the jar of the service does when that is its first argument. */
public final class StoreProgram {
  /** The first argument that is for this program. */
  public static final String COMMAND = "store";

  private StoreProgram() {}

  /**
   * Runs it.
   *
   * @return the exit code for {@link System#exit}
   */
  public static int run(String... arguments) {
    return run(System.getenv(), writer(System.out), writer(System.err), arguments);
  }

  static int run(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... arguments) {
    var command = CommandSpec.forAnnotatedObject(new StoreCommand());
    command.addSubcommand(null, new CommandLine(new CopyStoreCommand(environment)));
    return KeysProgram.execute(command, out, err, arguments);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
