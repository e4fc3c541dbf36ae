package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.model.TasException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.ParameterException;

/**
 * Tells why a command did nothing: to people as a sentence on the standard error, to programs as an
 * object on the standard output beside it.
 */
final class Errors {
  private final PrintWriter out;
  private final PrintWriter err;

  Errors(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Tells of what a command has thrown.
   *
   * @param arguments of the command
   * @return the exit code
   */
  int tell(Exception failure, String... arguments) {
    String sentence = failure.getMessage();
    if (failure instanceof TasException) {
      err.println("tas: " + sentence);
    } else {
      failure.printStackTrace(err);
      sentence = "this is an error of tas itself: " + failure;
    }
    return told(code(failure), sentence, arguments);
  }

  private static ExitCode code(Exception failure) {
    if (failure instanceof CommandRefusal refusal) {
      return refusal.code();
    }
    return failure instanceof SettingsException ? ExitCode.WRONG_USAGE : ExitCode.INFRASTRUCTURE;
  }

  /** Tells that arguments make no sense. */
  int tellUsage(ParameterException failure, String... arguments) {
    String name = failure.getCommandLine().getCommandSpec().qualifiedName();
    String sentence = UsageSentence.of(failure);
    err.println("tas: " + sentence);
    err.println("tas: \"" + name + " --help\" tells more");
    return told(ExitCode.WRONG_USAGE, sentence, arguments);
  }

  private int told(ExitCode code, String sentence, String... arguments) {
    err.flush();
    if (JsonOption.isAmong(List.of(arguments))) {
      JsonOption.printError(out, code.number(), sentence);
    }
    return code.number();
  }
}
