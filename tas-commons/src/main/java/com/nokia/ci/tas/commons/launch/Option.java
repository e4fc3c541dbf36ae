package com.nokia.ci.tas.commons.launch;

import java.util.Objects;

/**
 * One thing a program can be told on its command line.
 *
 * @param kind how it is written
 * @param name {@code TestAutomationServicePortNumber}, or {@code --keep-workspaces-of-all-tests}
 *     with its dashes
 * @param defaultValue what holds when it is not given; empty: nothing
 * @param help one sentence for a person, without the default
 * @param mayBeEmpty whether {@code Name=} with nothing behind it says something
 */
public record Option(Kind kind, String name, String defaultValue, String help, boolean mayBeEmpty) {

  /** How an option is written. */
  public enum Kind {
    /** {@code Name=value} or {@code --name=value}. */
    VALUE,
    /** {@code --name} alone. */
    FLAG
  }

  public Option {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(defaultValue, "defaultValue");
    Objects.requireNonNull(help, "help");
    if (name.isBlank() || name.indexOf('=') >= 0) {
      throw new IllegalArgumentException("\"" + name + "\" cannot be the name of an option");
    }
  }

  /** An option that carries a value, with a default. */
  public static Option value(String name, String defaultValue, String help) {
    return new Option(Kind.VALUE, name, defaultValue, help, false);
  }

  /** An option that carries a value and has no default. */
  public static Option value(String name, String help) {
    return value(name, "", help);
  }

  /** An option that is there or not. */
  public static Option flag(String name, String help) {
    return new Option(Kind.FLAG, name, "", help, false);
  }

  /** The same, and {@code Name=} with nothing behind it is understood. */
  public Option orEmpty() {
    return new Option(kind, name, defaultValue, help, true);
  }

  String usage() {
    return kind == Kind.FLAG ? name : name + "=" + (defaultValue.isEmpty() ? "…" : defaultValue);
  }
}
