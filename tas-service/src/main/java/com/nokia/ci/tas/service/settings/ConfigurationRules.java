package com.nokia.ci.tas.service.settings;

import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How file and arguments become the settings in force: the arguments win. */
final class ConfigurationRules {
  private final Map<Setting, String> arguments;

  private ConfigurationRules(Map<Setting, String> arguments) {
    this.arguments = arguments;
  }

  /**
   * What came of a file.
   *
   * @param configuration in force from now on
   * @param overruled one sentence for each value of the file that an argument beats
   */
  record Outcome(Configuration configuration, List<String> overruled) {}

  /**
   * The rules of a program that was started with these arguments.
   *
   * @throws SettingsException when one of them is no setting or cannot be its value
   */
  static ConfigurationRules of(Map<String, String> arguments) {
    var values = new EnumMap<Setting, String>(Setting.class);
    arguments.forEach(
        (key, value) -> {
          complaint(key, value)
              .ifPresent(
                  complaint -> {
                    throw new SettingsException("argument " + key + "=" + value + " " + complaint);
                  });
          Setting.of(key).ifPresent(setting -> values.put(setting, value.strip()));
        });
    return new ConfigurationRules(values);
  }

  /** What is wrong with a line of the file, as a sentence without its subject. */
  static Optional<String> complaint(String key, String value) {
    Optional<Setting> setting = Setting.of(key);
    if (setting.isPresent()) {
      return SettingValue.complaint(setting.get(), value.strip());
    }
    List<String> known = Arrays.stream(Setting.values()).map(Setting::key).toList();
    return Optional.of(
        "is no setting"
            + NearestName.of(key, known).map(it -> "; did you mean " + it + "?").orElse(""));
  }

  /** Applies the good lines of a file. */
  Outcome apply(Map<String, String> fileValues) {
    var values = new EnumMap<Setting, String>(Setting.class);
    var overruled = new ArrayList<String>();
    fileValues.forEach((key, value) -> Setting.of(key).ifPresent(it -> values.put(it, value)));
    arguments.forEach(
        (setting, argument) -> {
          String inFile = values.put(setting, argument);
          if (inFile != null && !inFile.equals(argument)) {
            overruled.add(
                "argument %s=%s is in force, %s=%s of the file is not"
                    .formatted(setting.key(), argument, setting.key(), inFile));
          }
        });
    return new Outcome(new Configuration(values), overruled);
  }
}
