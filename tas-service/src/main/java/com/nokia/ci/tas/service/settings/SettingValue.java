package com.nokia.ci.tas.service.settings;

import com.nokia.ci.tas.commons.model.AccessRole;
import java.util.Optional;

/** What may stand behind the equals sign of a setting. */
final class SettingValue {
  /** Ten years: far enough, and sums of times never overflow. */
  private static final long LONGEST_TIME = 315_360_000_000L;

  private static final long LARGEST_COUNT = 1_000_000;
  private static final long MOST_DAYS = 3_650;

  /** The word for no role at all. */
  private static final String NONE = "none";

  private SettingValue() {}

  /** What is wrong with a value, as a sentence without its subject; empty when it can be used. */
  static Optional<String> complaint(Setting setting, String value) {
    return switch (setting.kind()) {
      case TIME -> outside(value, 0, LONGEST_TIME, "milliseconds");
      case SOME_TIME -> outside(value, 1, LONGEST_TIME, "milliseconds");
      case COUNT -> outside(value, 0, LARGEST_COUNT, "a number");
      case DAYS -> outside(value, 1, MOST_DAYS, "days");
      case SWITCH -> outside(value, 0, Integer.MAX_VALUE, "1 for on or 0 for off");
      case NETWORKS -> noNetworks(value);
      case ANONYMOUS_ROLE ->
          value.equals(NONE) || AccessRole.of(value).equals(Optional.of(AccessRole.VIEW))
              ? Optional.empty()
              : Optional.of("is neither view nor " + NONE);
      case TEXT ->
          value.chars().anyMatch(Character::isISOControl)
              ? Optional.of("has a control character in it")
              : Optional.empty();
    };
  }

  /** The number in a value that has no complaint. */
  static long number(String value) {
    return Long.parseLong(value);
  }

  private static Optional<String> outside(String value, long least, long most, String what) {
    long number;
    try {
      number = Long.parseLong(value);
    } catch (NumberFormatException e) {
      return Optional.of("is not a whole number; write " + what + " and nothing else");
    }
    if (number < 0) {
      return Optional.of("is negative");
    }
    if (number < least) {
      return Optional.of("is less than " + least);
    }
    return number > most ? Optional.of("is more than " + most) : Optional.empty();
  }

  private static Optional<String> noNetworks(String value) {
    try {
      NetworkList.parse(value);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
  }
}
