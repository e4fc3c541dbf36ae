package com.nokia.ci.tas.service.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What people call a key. */
final class Labels {
  private static final int LONGEST = 100;

  private Labels() {}

  static String checked(String label, CommandSpec spec) {
    if (label.length() > LONGEST || label.codePoints().anyMatch(Character::isISOControl)) {
      throw new ParameterException(
          spec.commandLine(), "--label takes one line of at most " + LONGEST + " characters");
    }
    return label.strip();
  }
}
