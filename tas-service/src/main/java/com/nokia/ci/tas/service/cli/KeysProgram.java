package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.commons.Constant;
import com.nokia.ci.tas.commons.model.TasException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/**
 * Runs {@code tas keys}, which the jar of the service does when its first argument is {@code keys}.
 */
public final class KeysProgram {
  static final int DONE = 0;
  static final int CANNOT = 1;
  static final int WRONG_USAGE = 2;

  private KeysProgram() {}

  /**
   * Runs one command.
   *
   * @param arguments those behind {@code keys}
   * @return the exit code for {@link System#exit}
   */
  public static int run(String... arguments) {
    return run(writer(System.out), writer(System.err), arguments);
  }

  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return execute(new KeysCommand(), out, err, arguments);
  }

  /** Runs any command of the farm's admin, with the same exit codes and sentences. */
  static int execute(Object command, PrintWriter out, PrintWriter err, String... arguments) {
    var line = new CommandLine(command);
    line.setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((failure, failed, parsed) -> tell(failure, err))
        .setParameterExceptionHandler((failure, given) -> tellUsage(failure, err));
    return line.execute(arguments);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static int tell(Exception failure, PrintWriter err) {
    if (failure instanceof TasException) {
      err.println("tas: " + failure.getMessage());
    } else {
      failure.printStackTrace(err);
    }
    err.flush();
    return CANNOT;
  }

  private static int tellUsage(ParameterException failure, PrintWriter err) {
    String name = failure.getCommandLine().getCommandSpec().qualifiedName();
    err.println("tas: " + failure.getMessage());
    err.println("tas: \"" + name + " --help\" tells more");
    err.flush();
    return WRONG_USAGE;
  }

  /** The version of this software. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Constant.TEST_AUTOMATION_RELEASE_VERSION};
    }
  }
}
