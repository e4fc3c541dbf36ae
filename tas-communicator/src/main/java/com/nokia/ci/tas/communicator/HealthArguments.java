package com.nokia.ci.tas.communicator;

import com.nokia.ci.tas.commons.launch.Option;
import com.nokia.ci.tas.commons.launch.ParsedArguments;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.communicator.health.HealthSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The arguments by which the owner of a node has its products tested for their health. */
final class HealthArguments {
  private static final String TEST = "HealthTest";
  private static final String EVERY = "HealthTestEvery";
  private static final String AFTER = "HealthTestAfterFailures";
  private static final String PRODUCTS = "HealthTestProducts";
  private static final String LIMIT = "HealthTestLimit";

  private HealthArguments() {}

  static Option[] options() {
    return new Option[] {
      Option.value(
          TEST,
          "Program with arguments that tests a free product, which it gets like an executor; exit"
              + " code 0: the product is fit."),
      Option.value(EVERY, "How often each product is tested when it is free, such as 30m or 4h."),
      Option.value(
          AFTER, "0", "After so many failed tests in a row a product is tested; 0: not for that."),
      Option.value(PRODUCTS, "IMEIs and RM codes of the products to test, with commas; all else."),
      Option.value(LIMIT, "10m", "How long a health test may take."),
    };
  }

  /**
   * What was said; empty when there is no health test.
   *
   * @throws SettingsException when a value is none, or something is missing
   */
  static Optional<HealthSettings> settings(ParsedArguments parsed) {
    var every = parsed.given(EVERY).map(text -> HealthSettings.time(EVERY, text));
    int after = (int) parsed.number(AFTER, 0, 1_000);
    var test = parsed.given(TEST).map(String::strip).filter(command -> !command.isEmpty());
    if (test.isEmpty() && (every.isPresent() || after > 0)) {
      throw new SettingsException(
          "argument "
              + TEST
              + " is missing; write "
              + TEST
              + "=<program> beside "
              + EVERY
              + " and "
              + AFTER);
    }
    if (test.isPresent() && every.isEmpty() && after == 0) {
      throw new SettingsException(
          "argument " + TEST + " is never used; write " + EVERY + "=4h or " + AFTER + "=3, too");
    }
    var products =
        Arrays.stream(parsed.given(PRODUCTS).orElse("").split(",", -1))
            .map(word -> word.strip().toLowerCase(Locale.ROOT))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toSet());
    var limit = HealthSettings.time(LIMIT, parsed.text(LIMIT));
    return test.map(command -> new HealthSettings(command, products, every, after, limit));
  }
}
