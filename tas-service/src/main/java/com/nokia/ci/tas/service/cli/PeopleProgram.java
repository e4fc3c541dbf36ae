package com.nokia.ci.tas.service.cli;

import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Runs {@code tas users} and {@code tas projects}, which the jar of the service does when its first
 * argument is {@code users} or {@code projects}.
 */
public final class PeopleProgram {
  private static final String USERS = "users";
  private static final String PROJECTS = "projects";

  /** The first arguments that are for this program. */
  public static final Set<String> COMMANDS = Set.of(USERS, PROJECTS);

  private PeopleProgram() {}

  /**
   * Runs one command.
   *
   * @param command one of {@link #COMMANDS}
   * @param arguments those behind it
   * @return the exit code for {@link System#exit}
   */
  public static int run(String command, String... arguments) {
    var input =
        new SecretInput(
            new InputStreamReader(System.in, Charset.defaultCharset()),
            Optional.ofNullable(System.console()),
            System.getenv());
    return run(writer(System.out), writer(System.err), input, command, arguments);
  }

  static int run(
      PrintWriter out, PrintWriter err, SecretInput input, String command, String... arguments) {
    Object commands = command.equals(USERS) ? new UsersCommand(input) : new ProjectsCommand(input);
    return KeysProgram.execute(commands, out, err, arguments);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
