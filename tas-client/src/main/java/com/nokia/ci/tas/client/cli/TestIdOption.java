package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.TestId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which test a command is about: its id behind the command, or as an option. */
final class TestIdOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "Name of the test, such as nightly_7.")
  private String named = "";

  @Option(names = "--id", paramLabel = "ID", description = "The same as an option.")
  private String option = "";

  /**
   * The id of the test.
   *
   * @throws ParameterException when there is none, there are two, or it is none of a test
   */
  String text() {
    if (!named.isEmpty() && !option.isEmpty() && !named.equals(option)) {
      throw new ParameterException(
          spec.commandLine(),
          "Two tests are named, " + named + " and " + option + "; this command is about one");
    }
    String id = named.isEmpty() ? option : named;
    if (id.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Say which test, by its id, such as nightly_7");
    }
    SafeName.complaint("test id", id)
        .ifPresent(
            sentence -> {
              throw new ParameterException(spec.commandLine(), sentence);
            });
    return id;
  }

  TestId id() {
    return new TestId(text());
  }
}
