package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.Constant;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.model.TasException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The program {@code TestAutomationClient.jar}: tests from a shell or a pipeline. */
@Command(
    name = "tas",
    description = "Has tests executed on a farm of products.",
    subcommands = {
      StartCommand.class,
      StopCommand.class,
      CheckCommand.class,
      WhyCommand.class,
      ProductsCommand.class,
      NodesCommand.class,
      DisableCommand.class,
      EnableCommand.class,
      DrainCommand.class,
      NoteCommand.class,
      FreeCommand.class
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = TasCommandLine.Version.class,
    footer = {"", "\"tas COMMAND --help\" tells more, with an example."})
public final class TasCommandLine {

  private TasCommandLine() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(writer(System.out), writer(System.err), arguments));
  }

  /**
   * Runs one command.
   *
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    var line = new CommandLine(new TasCommandLine());
    line.setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((failure, command, parsed) -> tell(failure, err))
        .setParameterExceptionHandler((failure, given) -> tellUsage(failure, err));
    return line.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
  }

  /** What executors print is UTF-8, and so it stays. */
  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  private static int tell(Exception failure, PrintWriter err) {
    if (failure instanceof SettingsException) {
      err.println("tas: " + failure.getMessage());
      err.flush();
      return ExitCode.WRONG_USAGE.number();
    }
    if (failure instanceof TasException) {
      err.println("tas: " + failure.getMessage());
    } else {
      failure.printStackTrace(err);
    }
    err.flush();
    return ExitCode.INFRASTRUCTURE.number();
  }

  private static int tellUsage(ParameterException failure, PrintWriter err) {
    String name = failure.getCommandLine().getCommandSpec().qualifiedName();
    err.println("tas: " + failure.getMessage());
    err.println("tas: \"" + name + " --help\" tells more");
    err.flush();
    return ExitCode.WRONG_USAGE.number();
  }

  /** The version of this software. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Constant.TEST_AUTOMATION_RELEASE_VERSION};
    }
  }
}
