package com.nokia.ci.tas.communicator;

import com.nokia.ci.tas.commons.launch.Option;
import com.nokia.ci.tas.commons.launch.ParsedArguments;
import com.nokia.ci.tas.commons.model.ByteSize;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.communicator.execution.EndingPatience;
import com.nokia.ci.tas.communicator.execution.ExecutorLimits;
import com.nokia.ci.tas.communicator.execution.ExecutorSettings;
import com.nokia.ci.tas.communicator.execution.OutputBounds;
import java.time.Duration;
import java.util.Optional;

/** The arguments that say how executors are treated. */
final class ExecutorArguments {
  private static final String POLITENESS = "StopPoliteness";
  private static final String PATIENCE = "StopPatience";
  private static final String OUTPUT = "OutputLimit";
  private static final String MEMORY = "MemoryLimit";
  private static final String CPU_TIME = "CpuTimeLimit";
  private static final String OPEN_FILES = "OpenFilesLimit";
  private static final int MOST_SECONDS = 86_400;
  private static final int MOST_NUMBER = 999_999_999;

  private ExecutorArguments() {}

  static Option[] options() {
    return new Option[] {
      Option.value(
          POLITENESS,
          "3",
          "Seconds that the processes of a test may take to end when they are told to; then they"
              + " are killed."),
      Option.value(
          PATIENCE,
          "10",
          "Seconds that killed processes are waited for, before the log says that they cannot be"
              + " ended."),
      Option.value(
          OUTPUT,
          "512M",
          "How much output of a test is kept; of what comes then only the end. K, M and G are"
              + " understood."),
      Option.value(MEMORY, "Address space of each process of a test, such as 4G; not on Windows."),
      Option.value(
          CPU_TIME, "Seconds of CPU time of each process of a test, such as 3600; not on Windows."),
      Option.value(
          OPEN_FILES, "Open files of each process of a test, such as 1024; not on Windows."),
    };
  }

  /**
   * What was said.
   *
   * @throws SettingsException when a value is none; the sentence names it
   */
  static ExecutorSettings settings(ParsedArguments parsed) {
    return new ExecutorSettings(
        new EndingPatience(seconds(parsed, POLITENESS, 0), seconds(parsed, PATIENCE, 1)),
        new OutputBounds(size(parsed, OUTPUT).bytes(), OutputBounds.DEFAULT.unshown()),
        new ExecutorLimits(
            givenSize(parsed, MEMORY),
            parsed.given(CPU_TIME).map(text -> parsed.number(CPU_TIME, 1, MOST_NUMBER)),
            parsed.given(OPEN_FILES).map(text -> parsed.number(OPEN_FILES, 1, MOST_NUMBER))));
  }

  /** A time in seconds. */
  static Duration seconds(ParsedArguments parsed, String name, long smallest) {
    return Duration.ofSeconds(parsed.number(name, smallest, MOST_SECONDS));
  }

  /** A size that was given, if it was. */
  static Optional<ByteSize> givenSize(ParsedArguments parsed, String name) {
    return parsed.given(name).map(text -> size(parsed, name));
  }

  private static ByteSize size(ParsedArguments parsed, String name) {
    String text = parsed.text(name);
    return ByteSize.of(text)
        .orElseThrow(
            () ->
                new SettingsException(
                    "argument "
                        + name
                        + "="
                        + SafeName.shown(text)
                        + " is not a size; write a number with K, M or G, such as 2G"));
  }
}
