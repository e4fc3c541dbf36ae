package com.nokia.ci.tas.service.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Step;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.sql.Candidate;
import com.nokia.ci.tas.service.store.sql.PostgresPlace;
import com.nokia.ci.tas.service.store.sql.PostgresServer;
import com.nokia.ci.tas.service.store.sql.SqlStores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Stores on a server that asks for a password are replayed, and moved. */
final class PostgresReplayTest {
  private static final Retention LONG = Retention.of(Duration.ofDays(999), Duration.ofDays(999));
  private static final String USER = "asker";
  private static final String PASSWORD = "open sesame";
  private static final Map<String, String> KNOWN = Map.of("TAS_STORE_PASSWORD", PASSWORD);
  private static final int CANNOT = 1;
  private static final int WRONG_USAGE = 2;

  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private static PostgresPlace database;
  private static String address;

  private PostgresPlace place;

  @BeforeAll
  static void askForPassword() throws IOException, SQLException {
    SERVER.addUser(USER, PASSWORD);
    database = SERVER.place();
    address = database.url().replace("user=postgres", "user=" + USER);
  }

  /** Each test has a farm of its own. */
  @BeforeEach
  void nameFarm(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    place = new PostgresPlace(database.url(), name, Optional.empty());
  }

  private void fill(Store store) {
    for (int i = 1; i <= 3; i++) {
      var event = new Event.TimePassed(Instant.EPOCH.plusSeconds(i));
      store.append(new Batch(i, List.of(new Step(event, List.of()))), List.of());
    }
  }

  private Store led() {
    try (var candidate = new Candidate(place, LONG)) {
      return candidate.lead();
    }
  }

  private int replay(Map<String, String> environment, String... more) {
    var arguments = new ArrayList<>(List.of(address, "--farm-name", place.farm()));
    arguments.addAll(List.of(more));
    return ReplayProgram.run(
        environment, new PrintWriter(out, true), new PrintWriter(err, true), strings(arguments));
  }

  private int store(String... arguments) {
    return StoreProgram.run(
        KNOWN, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private static String[] strings(List<String> all) {
    return all.toArray(String[]::new);
  }

  @Test
  void theEnvironmentOrAFileHasThePassword() throws IOException {
    try (var store = led()) {
      fill(store);
    }
    assertEquals(0, replay(KNOWN), err::toString);
    var file = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    assertEquals(0, replay(Map.of(), "--store-password-file", file.toString()), err::toString);
    String same = "3 batches, 3 events, 0 decisions, all the same";
    assertEquals(List.of(same, same), out.toString().lines().toList());
  }

  @Test
  void aWrongPasswordIsToldInOneSentence() {
    assertEquals(CANNOT, replay(Map.of("TAS_STORE_PASSWORD", "wrong")));
    assertTrue(err.toString().contains("refuses the user or the password"), err::toString);
    assertEquals(CANNOT, replay(Map.of(), "--store-password-file", "nowhere"));
    assertTrue(err.toString().contains("--store-password-file=nowhere cannot be read"));
  }

  @Test
  void theCommandMovesAStoreToTheServer() {
    var here = directory.resolve("31415");
    try (var store = SqlStores.embedded(here, LONG)) {
      fill(store);
    }
    assertEquals(
        0, store("copy", here.toString(), address, "--farm-name", place.farm()), err::toString);
    assertTrue(out.toString().contains("journal: 3 rows"), out::toString);
    assertEquals(0, replay(KNOWN), err::toString);
  }

  @Test
  void aStoreThatAServiceHasIsNotMoved() {
    var here = directory.resolve("31415");
    try (var service = led()) {
      fill(service);
      assertEquals(CANNOT, store("copy", address, here.toString(), "--farm-name", place.farm()));
    }
    assertTrue(err.toString().contains("belongs to a service that is running"), err::toString);
  }

  @Test
  void whatIsNotThereIsNotMoved() {
    assertEquals(
        CANNOT,
        store("copy", directory.resolve("none").toString(), address, "--farm-name", "lab_9"));
    assertTrue(err.toString().contains("there is no store in"), err::toString);
    assertEquals(WRONG_USAGE, store());
  }
}
