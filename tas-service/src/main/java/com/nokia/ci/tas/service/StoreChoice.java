package com.nokia.ci.tas.service;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.settings.Configuration;
import com.nokia.ci.tas.service.settings.Setting;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.sql.Candidate;
import com.nokia.ci.tas.service.store.sql.Companions;
import com.nokia.ci.tas.service.store.sql.PostgresPlace;
import com.nokia.ci.tas.service.store.sql.SqlStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Which store the settings ask for. */
final class StoreChoice {
  private static final String PASSWORD = "TAS_STORE_PASSWORD";

  private final Optional<PostgresPlace> server;
  private final Retention retention;

  private StoreChoice(Optional<PostgresPlace> server, Retention retention) {
    this.server = server;
    this.retention = retention;
  }

  /**
   * What the settings say; retentions follow their edits.
   *
   * @param directory where relative files are
   * @param environment of the process
   * @throws SettingsException when they cannot be used
   */
  static StoreChoice of(
      Supplier<Configuration> settings, Path directory, Map<String, String> environment) {
    var now = settings.get();
    String url = now.text(Setting.STORE);
    Optional<PostgresPlace> server =
        url.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new PostgresPlace(
                    url, now.text(Setting.FARM_NAME), password(now, directory, environment)));
    return new StoreChoice(
        server,
        new Retention(
            () -> settings.get().time(Setting.JOURNAL_RETENTION),
            () -> settings.get().time(Setting.HISTORY_RETENTION)));
  }

  /**
   * Opens the store.
   *
   * @param directory of the service, which no other service has; for the embedded store
   * @throws com.nokia.ci.tas.service.store.StoreException when it cannot be opened
   */
  Store open(Path directory) {
    if (server.isEmpty()) {
      return SqlStores.embedded(directory, retention);
    }
    try (var candidate = new Candidate(server.get(), retention)) {
      return candidate.lead();
    }
  }

  /**
   * A service that waits until it leads.
   *
   * @throws SettingsException when the store is not one that services share
   */
  Candidate candidate() {
    return new Candidate(
        server.orElseThrow(
            () ->
                new SettingsException(
                    "a stand-by needs a store that it shares with the service that leads; set"
                        + " store=jdbc:postgresql://host:5432/database?user=name for both")),
        retention);
  }

  /** The other services on the store; empty where only one can have it. */
  Optional<Companions> companions() {
    return server.map(Companions::new);
  }

  private static Optional<String> password(
      Configuration settings, Path directory, Map<String, String> environment) {
    String file = settings.text(Setting.STORE_PASSWORD_FILE);
    if (file.isEmpty()) {
      return Optional.ofNullable(environment.get(PASSWORD));
    }
    try {
      return Files.readString(directory.resolve(file)).lines().findFirst().map(String::strip);
    } catch (IOException e) {
      throw new SettingsException(
          "store-password-file=%s cannot be read: %s".formatted(file, e), e);
    }
  }
}
