package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.store.FencedException;
import com.nokia.ci.tas.service.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL: the store of a farm whose history, or whose stand-by, is elsewhere. One service
 * leads; what another one that led before still writes is not taken.
 */
final class Postgres implements Vendor {
  private static final int CONNECT_SECONDS = 10;

  private final PostgresPlace where;
  private final PGSimpleDataSource source = new PGSimpleDataSource();
  private Optional<Long> epoch = Optional.empty();

  Postgres(PostgresPlace where) {
    this.where = where;
    try {
      source.setURL(where.url());
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "store is no address that is understood; write"
              + " jdbc:postgresql://host:5432/database?user=name",
          e);
    }
    where.password().ifPresent(source::setPassword);
    source.setCurrentSchema(where.farm());
    source.setApplicationName("test-automation-service");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
  }

  String farm() {
    return where.farm();
  }

  @Override
  public String place() {
    return "the store " + where.shown();
  }

  @Override
  public String folder() {
    return "postgresql";
  }

  @Override
  public Map<String, String> words() {
    return Map.of("number", "bigint", "bytes", "bytea");
  }

  @Override
  public DataSource source() {
    return source;
  }

  /** From now on only this service writes; in a transaction of its own. */
  void take(Connection connection) throws SQLException {
    try (var update = connection.createStatement();
        var rows =
            update.executeQuery(
                "update leader set epoch = epoch + 1, since = now() where id = 1"
                    + " returning epoch")) {
      rows.next();
      epoch = Optional.of(rows.getLong(1));
    }
    connection.commit();
  }

  /** Whoever wants to take over waits until the transaction that asks here is through. */
  @Override
  public void guard(Connection connection) throws SQLException {
    try (var select = connection.createStatement();
        var rows = select.executeQuery("select epoch from leader where id = 1 for share")) {
      if (!rows.next() || !epoch.equals(Optional.of(rows.getLong(1)))) {
        throw new FencedException(
            place() + " was taken over by another service; this one must end");
      }
    }
  }

  @Override
  public StoreException failure(String doing, SQLException cause) {
    String state = Optional.ofNullable(cause.getSQLState()).orElse("");
    return new StoreException(
        place() + " failed while " + doing + ": " + remedy(state, cause), cause);
  }

  private static String remedy(String state, SQLException cause) {
    if (state.startsWith("08") || state.startsWith("57P")) {
      return "the database server is away; see that it runs and can be reached, and start the"
          + " service again";
    }
    if (state.startsWith("28")) {
      return "the database refuses the user or the password; check the user in store, and"
          + " store-password-file or TAS_STORE_PASSWORD";
    }
    return switch (state) {
      case "3D000" -> "there is no such database; create it, or correct store";
      case "42501" -> "the user may not do this; let the user create a schema in the database";
      case "53100" -> "the disk of the database is full; make room and start the service again";
      case "53300" -> "the database has no connection left; raise its max_connections";
      case "25006" -> "the database is read-only; let store name the server that is written to";
      default -> firstLine(cause) + "; see the log of the database";
    };
  }

  private static String firstLine(SQLException cause) {
    return Optional.ofNullable(cause.getMessage())
        .flatMap(message -> message.lines().findFirst())
        .orElse("it does not say why");
  }

  /** An index finds every three characters, where the database has that extension. */
  @Override
  public void textAdded(Connection connection, long from, long to) {
    // The index is kept by the database.
  }

  @Override
  public void textDropped(Connection connection, long number) {
    // The index is kept by the database.
  }

  /** A rare part is looked for by itself: the planner would go through the newest for it. */
  @Override
  public TextSearch textSearch(String part, TextSample sample) {
    String clause =
        sample.isCommon(part)
            ? "ended_test.id ilike ?"
            : "ended_test.number = any(array(select number from ended_test where id ilike ?))";
    return TextSearch.ofTests(clause, Vendor.having(part));
  }
}
