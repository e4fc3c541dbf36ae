package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.Reader;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command gets a secret from: never from its arguments, which other users of the machine
 * can see. A terminal is asked twice and shows nothing; else it is the first line of the standard
 * input, or a variable of the environment.
 */
final class SecretInput {
  private final Reader input;
  private final Optional<Console> console;
  private final Map<String, String> environment;

  SecretInput(Reader input, Optional<Console> console, Map<String, String> environment) {
    this.input = input;
    this.console = console;
    this.environment = environment;
  }

  /**
   * Gets the secret.
   *
   * @param what what it is, as it stands in a question: {@code password of anna}
   * @param variable of the environment; empty: it is asked for
   * @throws SettingsException when there is none
   */
  String read(String what, Optional<String> variable) {
    if (variable.isPresent()) {
      return Optional.ofNullable(environment.get(variable.get()))
          .orElseThrow(
              () ->
                  new SettingsException(
                      "the environment has no variable " + variable.get() + "; export it first"));
    }
    return console.isPresent() ? asked(what, console.get()) : line(what);
  }

  private static String asked(String what, Console console) {
    String first = typed(console, what);
    if (!first.equals(typed(console, "the same again"))) {
      throw new SettingsException("the two were not the same; nothing is changed");
    }
    return first;
  }

  private static String typed(Console console, String what) {
    char[] typed = console.readPassword("%s: ", what);
    if (typed == null) {
      throw new SettingsException("nothing was typed; nothing is changed");
    }
    return new String(typed);
  }

  private String line(String what) {
    try {
      String line = new BufferedReader(input).readLine();
      if (line == null || line.isEmpty()) {
        throw new SettingsException(
            what + " is missing: write it to the standard input, in one line");
      }
      return line;
    } catch (IOException e) {
      throw new SettingsException("the standard input cannot be read: " + e, e);
    }
  }
}
