package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The services of one farm in PostgreSQL, as they show themselves to each other: by the names of
 * connections, so that nothing is kept, and what a service has shown is gone with it. They see each
 * other when they are the same user of the database.
 */
public final class Companions implements AutoCloseable {
  /** How much of a text the others see, in ASCII characters; PostgreSQL keeps 63 in all. */
  public static final int SHOWN = 50;

  private static final int ANSWER_MILLIS = 10_000;
  private static final Executor AT_ONCE = Runnable::run;

  private final Postgres vendor;
  private final String farm;
  private Optional<Connection> open = Optional.empty();

  /** Asks nothing yet. */
  public Companions(PostgresPlace place) {
    vendor = new Postgres(place);
    long name = Journal.checksum(place.farm().getBytes(StandardCharsets.UTF_8));
    farm = String.format(Locale.ROOT, "tas %08x ", name);
  }

  /**
   * Shows the others something from now on, until it is closed.
   *
   * @param text printable ASCII; the others see its first {@link #SHOWN} characters
   * @return what they show, each its own
   * @throws StoreException when the server cannot be asked; the next time may do
   */
  public synchronized List<String> exchange(String text) {
    try {
      var connection = connected();
      show(connection, farm + text.substring(0, Math.min(SHOWN, text.length())));
      return others(connection);
    } catch (SQLException e) {
      close();
      throw vendor.failure("looking for other services of the farm", e);
    }
  }

  private Connection connected() throws SQLException {
    if (open.isEmpty()) {
      var connection = vendor.source().getConnection();
      open = Optional.of(connection);
      connection.setNetworkTimeout(AT_ONCE, ANSWER_MILLIS);
    }
    return open.get();
  }

  private static void show(Connection connection, String name) throws SQLException {
    try (var set = connection.prepareStatement("select set_config('application_name', ?, false)")) {
      set.setString(1, name);
      set.execute();
    }
  }

  private List<String> others(Connection connection) throws SQLException {
    var found = new ArrayList<String>();
    try (var select =
        connection.prepareStatement(
            "select application_name from pg_stat_activity where datname = current_database()"
                + " and pid <> pg_backend_pid() and starts_with(application_name, ?)"
                + " order by application_name")) {
      select.setString(1, farm);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1).substring(farm.length()));
        }
      }
    }
    return List.copyOf(found);
  }

  /** Shows nothing any more. */
  @Override
  public synchronized void close() {
    open.ifPresent(Candidate::abandon);
    open = Optional.empty();
  }
}
