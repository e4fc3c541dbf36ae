package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service that wants to lead a farm in PostgreSQL. Who leads holds a lock that belongs to its
 * connection: the server lets go of it when the connection is gone, however that came, and wakes
 * the next that waits.
 */
public final class Candidate implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Candidate.class);

  /** How the server finds out that the machine of a leader is gone: within eleven seconds. */
  private static final String WATCHED =
      "set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3;"
          + " set tcp_user_timeout = 11000";

  /** Who waits hears so often that the server is still there; it is woken at once all the same. */
  private static final String SIGN_OF_LIFE = "set lock_timeout = 20000";

  private static final String NO_SIGN_OF_LIFE = "set lock_timeout = 0";
  private static final String STILL_LOCKED = "55P03";
  private static final int ANSWER_MILLIS = 30_000;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Executor AT_ONCE = Runnable::run;

  /** Tells our locks from those of other programs. */
  private static final long OURS = 0x74_61_73L << Integer.SIZE;

  private final Postgres vendor;
  private final Retention retention;
  private final long key;
  private Optional<Connection> waiting = Optional.empty();
  private boolean isClosed;

  /** Asks nothing yet. */
  public Candidate(PostgresPlace place, Retention retention) {
    this.vendor = new Postgres(place);
    this.retention = retention;
    this.key = OURS | Journal.checksum(place.farm().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Leads at once.
   *
   * @throws StoreException when another service leads, or the store cannot be opened
   */
  public Store lead() {
    var connection = connected();
    try (var ask = connection.createStatement();
        var answer = ask.executeQuery("select pg_try_advisory_lock(" + key + ")")) {
      answer.next();
      if (!answer.getBoolean(1)) {
        throw new StoreException(
            vendor.place()
                + " belongs to a service that is running; end it, start this one with"
                + " TestAutomationServiceStandby=true, or give it another farm-name");
      }
    } catch (SQLException e) {
      abandon(connection);
      throw vendor.failure("opening", e);
    } catch (StoreException e) {
      abandon(connection);
      throw e;
    }
    return opened(connection);
  }

  /**
   * Waits until no other service leads, then leads. A server that goes away meanwhile is looked for
   * again.
   *
   * @return empty: closed while it waited
   * @throws StoreException when the server cannot be reached in the beginning, or the store cannot
   *     be opened although this service leads
   */
  public Optional<Store> await() {
    var connection = Optional.of(connected());
    while (connection.isEmpty() || !isLocked(connection.get())) {
      if (!rested()) {
        return Optional.empty();
      }
      connection = reconnected();
    }
    return Optional.of(opened(connection.get()));
  }

  /** Ends the wait. A store that was opened stays open. */
  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
      waiting.ifPresent(Candidate::abandon);
      notifyAll();
    }
  }

  private Optional<Connection> reconnected() {
    try {
      return Optional.of(connected());
    } catch (StoreException e) {
      LOG.atWarn().addKeyValue("error", e.getMessage()).log("the stand-by still waits");
      return Optional.empty();
    }
  }

  private Connection connected() {
    try {
      var connection = vendor.source().getConnection();
      try (var set = connection.createStatement()) {
        set.execute(WATCHED);
        connection.setNetworkTimeout(AT_ONCE, ANSWER_MILLIS);
      } catch (SQLException e) {
        abandon(connection);
        throw e;
      }
      return connection;
    } catch (SQLException e) {
      throw vendor.failure("opening", e);
    }
  }

  /** Waits for the lock; false when the connection is lost, or was given up. */
  private boolean isLocked(Connection connection) {
    try (var ask = entered(connection).createStatement()) {
      ask.execute(SIGN_OF_LIFE);
      boolean isLocked = false;
      while (!isLocked) {
        try {
          ask.execute("select pg_advisory_lock(" + key + ")");
          isLocked = true;
        } catch (SQLException e) {
          if (!STILL_LOCKED.equals(e.getSQLState())) {
            throw e;
          }
        }
      }
      ask.execute(NO_SIGN_OF_LIFE);
      return left();
    } catch (SQLException e) {
      abandon(connection);
      if (left()) {
        LOG.atWarn().addKeyValue("error", e.getMessage()).log("the stand-by lost its store");
      }
      return false;
    }
  }

  private synchronized Connection entered(Connection connection) throws SQLException {
    waiting = Optional.of(connection);
    if (isClosed) {
      throw new SQLException("closed");
    }
    return connection;
  }

  /** Whether it still wants to lead. */
  private synchronized boolean left() {
    waiting = Optional.empty();
    return !isClosed;
  }

  /** Waits a little; whether it still wants to lead then. */
  private synchronized boolean rested() {
    long end = System.nanoTime() + PAUSE.toNanos();
    try {
      for (long left = PAUSE.toNanos(); left > 0 && !isClosed; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      isClosed = true;
    }
    return !isClosed;
  }

  private Store opened(Connection connection) {
    try {
      new Migrations(vendor, Flyway.configure().defaultSchema(vendor.farm()).createSchemas(true))
          .run();
      connection.setAutoCommit(false);
      vendor.take(connection);
      return new SqlStore(vendor, connection, retention);
    } catch (SQLException e) {
      abandon(connection);
      throw vendor.failure("opening", e);
    } catch (StoreException e) {
      abandon(connection);
      throw e;
    }
  }

  static void abandon(Connection connection) {
    try {
      connection.abort(AT_ONCE);
    } catch (SQLException e) {
      LOG.atDebug().setCause(e).log("a connection could not be given up");
    }
  }
}
