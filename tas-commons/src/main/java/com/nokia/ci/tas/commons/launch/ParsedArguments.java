package com.nokia.ci.tas.commons.launch;

import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a command line said, with the defaults for what it did not. Immutable. */
public final class ParsedArguments {

  /** What the user wants of the program. */
  public enum Wish {
    RUN,
    HELP,
    VERSION
  }

  private final Arguments declared;
  private final Wish wish;
  private final Map<String, String> given;

  ParsedArguments(Arguments declared, Wish wish, Map<String, String> given) {
    this.declared = declared;
    this.wish = wish;
    this.given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  public Wish wish() {
    return wish;
  }

  /** What was given, in that order, without defaults; a flag has an empty value. */
  public Map<String, String> given() {
    return given;
  }

  /** The value given; empty when the option was left out. */
  public Optional<String> given(String name) {
    return Optional.ofNullable(given.get(declared.option(name).name()));
  }

  /** The value given or else the default. */
  public String text(String name) {
    return given.getOrDefault(name, declared.option(name).defaultValue());
  }

  /** Whether a flag was given. */
  public boolean has(String name) {
    return given.containsKey(declared.option(name).name());
  }

  /**
   * The value as a whole number.
   *
   * @throws SettingsException when it is none or lies outside the bounds, both included
   */
  public long number(String name, long smallest, long largest) {
    String text = text(name).strip();
    try {
      long number = Long.parseLong(text);
      if (number < smallest || number > largest) {
        throw new NumberFormatException("out of bounds");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new SettingsException(
          "argument %s=%s is not a whole number between %d and %d"
              .formatted(name, SafeName.shown(text), smallest, largest),
          e);
    }
  }

  /** The value as a port to listen on; 0 lets the system choose a free one. */
  public int port(String name) {
    return (int) number(name, 0, 65_535);
  }

  /** The help of the program. */
  public String help() {
    return declared.help();
  }
}
