package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a test is run, apart from what it is. */
final class RunOptions {
  private static final int MOST_RETRIES = 100;

  @Option(
      names = "--results-dir",
      paramLabel = "DIR",
      description = "Directory that gets the results in place of the workspace.")
  private Optional<Path> resultsDirectory = Optional.empty();

  @Option(
      names = "--retries",
      paramLabel = "N",
      description = {
        "Starts a test again, as ID-2, ID-3 and so on, that has not passed; not one that was",
        "refused or stopped (default: ${DEFAULT-VALUE}). The farm's own retries come before."
      })
  private int retries;

  @Option(
      names = "--each-kind",
      paramLabel = "NAME",
      description = {
        "Runs the test once for each value that this attribute has among the products that fit",
        "--require, side by side, for example rm-code; ids and results directories get the value."
      })
  private String eachKind = "";

  @Option(
      names = "--judge",
      description = {
        "The exit code is 0 with verdict PASS only: reports in the results count, not just the",
        "exit code of the executor."
      })
  private boolean judge;

  @Option(
      names = "--detach",
      description = {
        "Returns when a node has all files of the test, which goes on; \"tas attach\" follows it and",
        "\"tas results\" gets its results, as long as its node keeps them."
      })
  private boolean detach;

  @Mixin private VoiceOption speaking = new VoiceOption();

  Optional<Path> resultsDirectory() {
    return resultsDirectory;
  }

  /**
   * How often a test is started again.
   *
   * @throws SettingsException when that is no such number
   */
  int retries() {
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new SettingsException(
          "--retries is " + retries + "; give a number between 0 and " + MOST_RETRIES);
    }
    return retries;
  }

  String eachKind() {
    return eachKind.strip();
  }

  boolean isJudging() {
    return judge;
  }

  boolean isDetaching() {
    return detach;
  }

  VoiceOption speaking() {
    return speaking;
  }
}
