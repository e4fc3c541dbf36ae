package com.nokia.ci.tas.service.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.service.store.FencedException;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreContract;
import com.nokia.ci.tas.service.store.StoreException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Of several services on one farm in PostgreSQL one leads, and no other writes. */
@Timeout(120)
final class LeadingTest {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  private static final Retention LONG = Retention.of(Duration.ofDays(999), Duration.ofDays(999));

  private PostgresPlace place;

  @BeforeEach
  void makeDatabase() throws SQLException {
    place = SERVER.place();
  }

  private Store lead(PostgresPlace where) {
    try (var candidate = new Candidate(where, LONG)) {
      return candidate.lead();
    }
  }

  private String refusal(PostgresPlace where) {
    return assertThrows(StoreException.class, () -> lead(where)).getMessage();
  }

  private void execute(String statement) throws SQLException {
    try (var connection = DriverManager.getConnection(place.url());
        var one = connection.createStatement()) {
      one.execute(statement);
    }
  }

  private void awaitSessions(String condition, int count) throws SQLException {
    try (var connection = DriverManager.getConnection(place.url());
        var select =
            connection.prepareStatement(
                "select count(*) from pg_stat_activity where datname = current_database()"
                    + " and application_name = 'test-automation-service' and "
                    + condition)) {
      int found = -1;
      while (found != count) {
        try (var rows = select.executeQuery()) {
          rows.next();
          found = rows.getInt(1);
        }
      }
    }
  }

  @Test
  void aSecondServiceDoesNotLead() {
    try (var first = lead(place)) {
      var refusal = refusal(place);
      assertTrue(refusal.contains("belongs to a service that is running"), refusal);
      first.append(StoreContract.batch(1), List.of());
    }
    lead(place).close();
  }

  @Test
  void farmsShareADatabase() {
    var other = new PostgresPlace(place.url(), "lab_5", Optional.empty());
    try (var first = lead(place);
        var second = lead(other)) {
      first.append(StoreContract.batch(1), List.of());
      second.append(StoreContract.batch(1), List.of());
      second.append(StoreContract.batch(2), List.of());
      assertEquals(1, StoreContract.batches(first.past()).size());
      assertEquals(2, StoreContract.batches(second.past()).size());
    }
  }

  @Test
  void whoWasTakenOverWritesNoMore() throws SQLException {
    try (var first = lead(place)) {
      first.append(StoreContract.batch(1), List.of());
      execute("update lab_4.leader set epoch = epoch + 1");
      assertThrows(FencedException.class, () -> first.append(StoreContract.batch(2), List.of()));
      assertThrows(StoreException.class, () -> first.append(StoreContract.batch(2), List.of()));
    }
    try (var next = lead(place)) {
      assertEquals(List.of(StoreContract.batch(1)), StoreContract.batches(next.past()));
    }
  }

  @Test
  void whoseSessionIsGoneWritesNoMoreAlthoughItLives() throws SQLException {
    try (var first = lead(place)) {
      first.append(StoreContract.batch(1), List.of());
      try (var connection = DriverManager.getConnection(place.url());
          var one = connection.createStatement()) {
        one.execute("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'");
      }
      try (var second = new Candidate(place, LONG);
          var store = second.await().orElseThrow()) {
        store.append(StoreContract.batch(2), List.of());
        var refusal =
            assertThrows(
                StoreException.class, () -> first.append(StoreContract.batch(2), List.of()));
        assertTrue(
            refusal.getMessage().contains("the database server is away"), refusal::getMessage);
        assertEquals(2, StoreContract.batches(store.past()).size());
      }
    }
  }

  @Test
  void aStandByLeadsWhenTheLeaderIsGoneAndHasItsPast() throws Exception {
    var first = lead(place);
    try (var standBy = new Candidate(place, LONG)) {
      var leads = CompletableFuture.supplyAsync(standBy::await);
      awaitSessions("wait_event_type = 'Lock'", 1);
      first.append(StoreContract.batch(1), List.of());
      assertFalse(leads.isDone());
      first.close();
      try (var store = leads.get(60, TimeUnit.SECONDS).orElseThrow()) {
        assertEquals(List.of(StoreContract.batch(1)), StoreContract.batches(store.past()));
        store.append(StoreContract.batch(2), List.of());
      }
    }
  }

  @Test
  void aStandByThatIsClosedStopsWaiting() throws Exception {
    var standBy = new Candidate(place, LONG);
    try (var first = lead(place)) {
      var leads = CompletableFuture.supplyAsync(standBy::await);
      awaitSessions("wait_event_type = 'Lock'", 1);
      standBy.close();
      assertEquals(Optional.empty(), leads.get(60, TimeUnit.SECONDS));
      awaitSessions("wait_event_type = 'Lock'", 0);
      first.append(StoreContract.batch(1), List.of());
    }
  }

  @Test
  void aStandByThatLostTheServerLooksForItAgain() throws Exception {
    var first = lead(place);
    try (var standBy = new Candidate(place, LONG)) {
      var leads = CompletableFuture.supplyAsync(standBy::await);
      awaitSessions("wait_event_type = 'Lock'", 1);
      execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where wait_event_type = 'Lock' and datname = current_database()");
      awaitSessions("wait_event_type = 'Lock'", 1);
      first.close();
      leads.get(60, TimeUnit.SECONDS).orElseThrow().close();
    }
  }

  @Test
  void aServerThatIsNotThereIsTold() {
    var nowhere =
        new PostgresPlace(
            "jdbc:postgresql://127.0.0.1:1/farms?user=tas", "lab_4", Optional.of("s3cret"));
    var refusal = refusal(nowhere);
    assertEquals(
        "the store jdbc:postgresql://127.0.0.1:1/farms, farm lab_4 failed while opening: the"
            + " database server is away; see that it runs and can be reached, and start the service"
            + " again",
        refusal);
    assertFalse(nowhere.toString().contains("s3cret"), nowhere.toString());
  }

  @Test
  void aDatabaseThatIsNotThereIsTold() {
    var url = place.url().replaceFirst("farms_[0-9]+", "farms_none");
    var refusal = refusal(new PostgresPlace(url, "lab_4", Optional.empty()));
    assertTrue(refusal.endsWith("there is no such database; create it, or correct store"), refusal);
  }

  @Test
  void aUserWhoMayNotIsTold() throws SQLException {
    execute("create user visitor_of_" + place.url().replaceFirst(".*farms_([0-9]+).*", "$1"));
    var url =
        place
            .url()
            .replaceFirst(
                "user=postgres",
                "user=visitor_of_" + place.url().replaceFirst(".*farms_([0-9]+).*", "$1"));
    var refusal = refusal(new PostgresPlace(url, "lab_4", Optional.empty()));
    assertTrue(refusal.contains("let the user create a schema in the database"), refusal);
  }

  @Test
  void aPasswordInTheSettingIsRefusedWithoutShowingIt() {
    var refusal =
        assertThrows(
            SettingsException.class,
            () ->
                new PostgresPlace(
                    "jdbc:postgresql://db.example.org/farms?user=tas&password=s3cret",
                    "farm",
                    Optional.empty()));
    assertFalse(refusal.getMessage().contains("s3cret"), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("store-password-file"), refusal::getMessage);
  }
}
