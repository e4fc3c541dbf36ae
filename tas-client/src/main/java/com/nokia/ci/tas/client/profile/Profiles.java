package com.nokia.ci.tas.client.profile;

import com.nokia.ci.tas.client.internal.file.UserFiles;
import com.nokia.ci.tas.client.internal.file.YamlFile;
import com.nokia.ci.tas.commons.model.NearestName;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named defaults of tests, so that who starts one names a profile and nothing else: those of the
 * project, in {@code .tas/profiles.yaml} of the current directory or the nearest above, count more
 * than those of the user, in {@code profiles.yaml} of the user's configuration.
 */
public final class Profiles {
  private final Map<String, Map<String, List<String>>> all = new LinkedHashMap<>();

  private Profiles() {}

  /**
   * All that there are.
   *
   * @param here where those of a project are looked for, upwards
   * @param environment may name the user's configuration, {@code XDG_CONFIG_HOME}
   * @throws SettingsException when a file cannot be read or is no map of profiles
   */
  public static Profiles visibleFrom(Path here, Map<String, String> environment) {
    var profiles = new Profiles();
    profiles.read(UserFiles.configuration(environment).resolve("profiles.yaml"));
    for (Path above = here.toAbsolutePath(); above != null; above = above.getParent()) {
      Path file = above.resolve(".tas").resolve("profiles.yaml");
      if (Files.exists(file)) {
        profiles.read(file);
        break;
      }
    }
    return profiles;
  }

  private void read(Path file) {
    if (Files.exists(file)) {
      YamlFile.read(file)
          .forEach(
              (name, values) -> {
                String where = file + ", profile " + SafeName.shown(name);
                all.put(name, YamlFile.options(where, YamlFile.map(where, values)));
              });
    }
  }

  /**
   * What a profile says, by names of the options of {@code tas start} without dashes in front.
   *
   * @throws SettingsException when there is none of that name
   */
  public Map<String, List<String>> values(String name) {
    if (!all.containsKey(name)) {
      throw new SettingsException(
          "there is no profile \""
              + SafeName.shown(name)
              + "\""
              + NearestName.suggestion(name, all.keySet())
              + (all.isEmpty()
                  ? "; write it into .tas/profiles.yaml"
                  : " (there are " + String.join(", ", all.keySet()) + ")"));
    }
    return all.get(name);
  }
}
