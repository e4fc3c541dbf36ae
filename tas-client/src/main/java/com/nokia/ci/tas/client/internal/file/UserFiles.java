package com.nokia.ci.tas.client.internal.file;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where files of the user lie (XDG Base Directory Specification). */
public final class UserFiles {
  private UserFiles() {}

  /** Settings and profiles. */
  public static Path configuration(Map<String, String> environment) {
    return directory(environment, "XDG_CONFIG_HOME", ".config");
  }

  /** What this program remembers. */
  public static Path state() {
    return directory(System.getenv(), "XDG_STATE_HOME", ".local/state");
  }

  private static Path directory(
      Map<String, String> environment, String variable, String otherwise) {
    return Optional.ofNullable(environment.get(variable))
        .filter(it -> !it.isBlank())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), otherwise))
        .resolve("tas");
  }
}
