package com.nokia.ci.tas.communicator;

import com.nokia.ci.tas.commons.launch.Option;
import com.nokia.ci.tas.commons.launch.ParsedArguments;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.communicator.gate.Conditions;
import com.nokia.ci.tas.communicator.gate.GateSettings;

/** The arguments that say what an executor waits for before it is started. */
final class GateArguments {
  private static final String DISK = "MinimalFreeDisk";
  private static final String MEMORY = "MinimalFreeMemory";
  private static final String LOAD = "HighestLoad";
  private static final String PROGRAM = "LaunchGate";
  private static final String PROGRAM_LIMIT = "LaunchGateTimeLimit";
  private static final String SPACING = "LaunchSpacing";
  private static final String WAIT = "LaunchWait";

  private GateArguments() {}

  static Option[] options() {
    return new Option[] {
      Option.value(
          DISK, "Free disk beside the workspaces below which no executor is started, such as 5G."),
      Option.value(MEMORY, "Free memory below which no executor is started, such as 1G; on Linux."),
      Option.value(
          LOAD, "Load of the last minute from which on no executor is started; not on Windows."),
      Option.value(
          PROGRAM,
          "Program that is asked before each start of an executor: exit code 0 lets it start, the"
              + " first line it prints says why not."),
      Option.value(PROGRAM_LIMIT, "30", "Seconds that the program may take."),
      Option.value(SPACING, "0", "Seconds from the start of one executor to that of the next."),
      Option.value(
          WAIT,
          "600",
          "Seconds that a test waits for disk, memory, load or the program before it fails."),
    };
  }

  /**
   * What was said.
   *
   * @throws SettingsException when a value is none; the sentence names it
   */
  static GateSettings settings(ParsedArguments parsed) {
    return new GateSettings(
        new Conditions(
            ExecutorArguments.givenSize(parsed, DISK),
            ExecutorArguments.givenSize(parsed, MEMORY),
            parsed.given(LOAD).map(GateArguments::load)),
        parsed.given(PROGRAM),
        ExecutorArguments.seconds(parsed, PROGRAM_LIMIT, 1),
        GateSettings.NONE.pause(),
        ExecutorArguments.seconds(parsed, WAIT, 1),
        ExecutorArguments.seconds(parsed, SPACING, 0));
  }

  private static double load(String text) {
    return Conditions.load(text)
        .orElseThrow(
            () ->
                new SettingsException(
                    "argument "
                        + LOAD
                        + "="
                        + SafeName.shown(text)
                        + " is not a load; write a number, such as 4 or 2.5"));
  }
}
