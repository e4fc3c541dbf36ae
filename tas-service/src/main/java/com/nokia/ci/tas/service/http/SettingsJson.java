package com.nokia.ci.tas.service.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nokia.ci.tas.service.json.FarmJson;
import com.nokia.ci.tas.service.settings.Configuration;
import com.nokia.ci.tas.service.settings.Setting;
import java.util.List;
import java.util.regex.Pattern;

/** The settings in force as JSON: as they are written, but for what may be a secret. */
final class SettingsJson {
  /**
   * Of an address of a database; passwords belong into a file, and some stand there all the same.
   */
  private static final Pattern PASSWORD =
      Pattern.compile("(?i)(password=)[^&]*|(//[^/@:]*:)[^/@]*(?=@)");

  private SettingsJson() {}

  static ObjectNode of(Configuration inForce, List<String> complaints) {
    ObjectNode json = FarmJson.object();
    ArrayNode settings = json.putArray("settings");
    for (var setting : Setting.values()) {
      settings
          .addObject()
          .put("key", setting.key())
          .put("value", open(inForce.text(setting)))
          .put("default", setting.defaultValue())
          .put("comment", String.join(" ", setting.comment()));
    }
    ArrayNode lines = json.putArray("complaints");
    complaints.forEach(line -> lines.add(open(line)));
    return json;
  }

  private static String open(String value) {
    return PASSWORD.matcher(value).replaceAll("$1$2…");
  }
}
