package com.nokia.ci.tas.service.cli;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.store.sql.PostgresPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a store in PostgreSQL is reached. */
final class DatabaseOption {
  private static final String PASSWORD = "TAS_STORE_PASSWORD";

  private final Map<String, String> environment;

  @Option(
      names = "--farm-name",
      paramLabel = "NAME",
      description = "The farm-name in a database (default: ${DEFAULT-VALUE}).")
  private String farm = "farm";

  @Option(
      names = "--store-password-file",
      paramLabel = "FILE",
      description = {
        "The file whose first line is the password of the database; without it",
        "TAS_STORE_PASSWORD in the environment has it, or none is needed."
      })
  private Optional<Path> passwordFile = Optional.empty();

  DatabaseOption(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Whether a store is named by the address of a database, not by its directory. */
  static boolean isDatabase(String store) {
    return store.startsWith("jdbc:");
  }

  /**
   * The place that an address names.
   *
   * @throws SettingsException when it names none, or the password cannot be read
   */
  PostgresPlace place(String address) {
    return new PostgresPlace(address, farm, password());
  }

  private Optional<String> password() {
    if (passwordFile.isEmpty()) {
      return Optional.ofNullable(environment.get(PASSWORD));
    }
    try {
      return Files.readString(passwordFile.get()).lines().findFirst().map(String::strip);
    } catch (IOException e) {
      throw new SettingsException(
          "--store-password-file=%s cannot be read: %s".formatted(passwordFile.get(), e), e);
    }
  }
}
