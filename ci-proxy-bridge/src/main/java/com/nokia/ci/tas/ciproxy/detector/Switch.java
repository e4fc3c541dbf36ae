package com.nokia.ci.tas.ciproxy.detector;

import com.nokia.ci.tas.commons.launch.ParsedArguments;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.util.Locale;
import java.util.Optional;

/** An argument that says {@code on} or {@code off}. */
public final class Switch {
  private Switch() {}

  /**
   * What an argument says, or its default.
   *
   * @throws SettingsException when it says neither
   */
  public static boolean isOn(ParsedArguments arguments, String name) {
    return isOn(name, arguments.text(name));
  }

  /** What an argument says; empty when it was left out. */
  public static Optional<Boolean> given(ParsedArguments arguments, String name) {
    return arguments.given(name).map(it -> isOn(name, it));
  }

  private static boolean isOn(String name, String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw new SettingsException(
              "argument %s=%s is neither on nor off".formatted(name, SafeName.shown(word)));
    };
  }
}
