package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where in PostgreSQL a farm is kept.
 *
 * @param url {@code jdbc:postgresql:…} with what the driver takes, the user included, the password
 *     not
 * @param farm name of the schema, so that several farms share a database
 * @param password empty: the server asks for none, or the driver finds it in a password file
 */
public record PostgresPlace(String url, String farm, Optional<String> password) {
  private static final String PREFIX = "jdbc:postgresql:";
  private static final Pattern FARM = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  public PostgresPlace {
    Objects.requireNonNull(password, "password");
    if (!url.startsWith(PREFIX)) {
      throw new SettingsException(
          "store is none that is known; leave it empty, or write"
              + " jdbc:postgresql://host:5432/database?user=name");
    }
    if (url.toLowerCase(Locale.ROOT).contains("password=")) {
      throw new SettingsException(
          "store holds a password, which others could read there; put it into a file and name that"
              + " as store-password-file");
    }
    if (!FARM.matcher(farm).matches() || farm.startsWith("pg_")) {
      throw new SettingsException(
          "farm-name=%s cannot be the name of a schema; use letters a to z, digits and underscores"
              .formatted(com.nokia.ci.tas.commons.model.SafeName.shown(farm)));
    }
  }

  /** For a person: without what the driver is told beyond the place, and without the password. */
  String shown() {
    int query = url.indexOf('?');
    return (query < 0 ? url : url.substring(0, query)) + ", farm " + farm;
  }

  @Override
  public String toString() {
    return shown();
  }
}
