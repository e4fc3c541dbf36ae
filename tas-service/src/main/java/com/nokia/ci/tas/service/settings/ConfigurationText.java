package com.nokia.ci.tas.service.settings;

import com.nokia.ci.tas.commons.launch.SettingsText;

/** The {@code configuration.dat} that a service writes when it finds none. */
final class ConfigurationText {
  private ConfigurationText() {}

  /** Every setting with its default, the eleven of the guide first. */
  static SettingsText generated() {
    var text = new SettingsText();
    text.heading("All configuration settings supported by the Test Automation Service");
    for (var setting : Setting.values()) {
      if (setting == Setting.FIRST_ADDITION) {
        text.heading("Further settings of this Test Automation Service");
      }
      text.setting(setting.key(), setting.defaultValue(), String.join("\n", setting.comment()));
    }
    return text;
  }
}
