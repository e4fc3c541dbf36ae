package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.Constant;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The program {@code TestAutomationClient.jar}: tests from a shell or a pipeline. */
@Command(
    name = "tas",
    description = "Has tests executed on a farm of products.",
    subcommands = {
      StartCommand.class,
      AttachCommand.class,
      ResultsCommand.class,
      LogsCommand.class,
      StopCommand.class,
      CheckCommand.class,
      WaitCommand.class,
      WhyCommand.class,
      QueueCommand.class,
      ProductsCommand.class,
      NodesCommand.class,
      DisableCommand.class,
      EnableCommand.class,
      DrainCommand.class,
      NoteCommand.class,
      TakeCommand.class,
      ExtendCommand.class,
      GiveBackCommand.class,
      FreeCommand.class,
      PlanCommand.class,
      FarmCommand.class,
      CompletionCommand.class,
      ManualCommand.class
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
    return run(out, err, System.getenv(), arguments);
  }

  /** The same in another environment. */
  static int run(
      PrintWriter out, PrintWriter err, Map<String, String> environment, String... arguments) {
    var line = newLine();
    var errors = new Errors(out, err);
    line.setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((failure, command, parsed) -> errors.tell(failure, arguments))
        .setParameterExceptionHandler(errors::tellUsage);
    if (arguments.length == 0) {
      return line.execute("--help");
    }
    try {
      var elsewhere = new GivenElsewhere(environment, Path.of(""));
      return line.execute(elsewhere.complete(newLine(), arguments));
    } catch (SettingsException e) {
      return errors.tell(e, arguments);
    }
  }

  /** A parser keeps what it has parsed, so each time has one of its own. */
  static CommandLine newLine() {
    return new CommandLine(new TasCommandLine());
  }

  /** What executors print is UTF-8, and so it stays. */
  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  /** The version of this software. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Constant.TEST_AUTOMATION_RELEASE_VERSION};
    }
  }
}
