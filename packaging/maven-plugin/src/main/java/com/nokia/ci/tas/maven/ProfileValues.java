package com.nokia.ci.tas.maven;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a profile says, where the configuration of the goal says nothing.
 *
 * @param profile its name; empty when there is none
 * @param values by names of options
 */
record ProfileValues(String profile, Map<String, List<String>> values) {
  private static final Set<String> TAKEN =
      Set.of(
          "service",
          "farm-key",
          "require",
          "target",
          "executor-application",
          "executor-script",
          "artifact",
          "env",
          "secret-env",
          "results",
          "run-log",
          "timeout",
          "waiting-timeout",
          "preparation-timeout",
          "execution-timeout",
          "priority",
          "project");

  /** Options of the profile that the command line takes and the goal does not. */
  Set<String> passedOver() {
    return values.keySet().stream()
        .filter(it -> !TAKEN.contains(it))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  String text(String own, String option) {
    return own != null && !own.isBlank() ? own : String.join("", all(option));
  }

  List<String> list(List<String> own, String option) {
    return own != null && !own.isEmpty() ? own : all(option);
  }

  /** What the configuration says of one name counts more. */
  Map<String, String> map(Map<String, String> own, String option) {
    var map = new LinkedHashMap<String, String>();
    for (String text : all(option)) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new SettingsException(
            "profile " + profile + ", " + option + ": \"" + text + "\" is not NAME=VALUE");
      }
      map.put(text.substring(0, equals), text.substring(equals + 1));
    }
    if (own != null) {
      map.putAll(own);
    }
    return map;
  }

  /** Zero: nothing is said. */
  long number(long own, String option) {
    if (own != 0 || all(option).isEmpty()) {
      return own;
    }
    String text = text("", option);
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new SettingsException(
          "profile " + profile + ", " + option + ": \"" + text + "\" is no whole number", e);
    }
  }

  private List<String> all(String option) {
    return values.getOrDefault(option, List.of());
  }
}
