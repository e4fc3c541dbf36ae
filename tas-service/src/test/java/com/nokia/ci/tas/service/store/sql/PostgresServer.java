package com.nokia.ci.tas.service.store.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real server on a free port, for a class of tests; each asks for a database of its own. One that
 * cannot be started fails the tests.
 */
public final class PostgresServer implements BeforeAllCallback, AfterAllCallback {
  /**
   * Where its programs are, for all servers of this Java machine: the library unpacks them once,
   * wherever it is asked to, and a server that runs still loads parts of them.
   */
  private static final Path PROGRAMS = untilTheEnd();

  private final AtomicInteger databases = new AtomicInteger();
  private Optional<EmbeddedPostgres> server = Optional.empty();
  private Optional<Path> directory = Optional.empty();

  private static Path untilTheEnd() {
    try {
      var directory = Files.createTempDirectory("postgres-programs");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> FileUtils.deleteQuietly(directory.toFile())));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    var place = Files.createTempDirectory("postgres");
    directory = Optional.of(place);
    server =
        Optional.of(
            EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setDataDirectory(place.resolve("data"))
                .setOverrideWorkingDirectory(PROGRAMS.toFile())
                .start());
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (server.isPresent()) {
      server.get().close();
    }
    if (directory.isPresent()) {
      FileUtils.deleteDirectory(directory.get().toFile());
    }
  }

  /** An empty database. */
  public PostgresPlace place() throws SQLException {
    String name = "farms_" + databases.incrementAndGet();
    execute("create database " + name);
    return new PostgresPlace(
        server.orElseThrow().getJdbcUrl("postgres", name), "lab_4", Optional.empty());
  }

  /** From now on a new user has to say its password; every other still need not. */
  public void addUser(String user, String password) throws IOException, SQLException {
    execute("create role " + user + " superuser login password '" + password + "'");
    var rules = directory.orElseThrow().resolve("data").resolve("pg_hba.conf");
    Files.writeString(rules, "host all " + user + " all scram-sha-256\n" + Files.readString(rules));
    execute("select pg_reload_conf()");
  }

  /** Has the server do something. */
  public void execute(String statement) throws SQLException {
    try (var connection = server.orElseThrow().getPostgresDatabase().getConnection();
        var one = connection.createStatement()) {
      one.execute(statement);
    }
  }

  /** Waits until somebody waits for a lock that another one has. */
  public void awaitLocked() throws SQLException {
    try (var connection = server.orElseThrow().getPostgresDatabase().getConnection();
        var select =
            connection.prepareStatement(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock'")) {
      int waiting = 0;
      while (waiting == 0) {
        try (var rows = select.executeQuery()) {
          rows.next();
          waiting = rows.getInt(1);
        }
      }
    }
  }
}
