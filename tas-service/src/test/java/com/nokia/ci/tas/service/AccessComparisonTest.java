package com.nokia.ci.tas.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.service.access.Keys;
import com.nokia.ci.tas.service.access.keys.FarmKeys;
import com.nokia.ci.tas.service.access.store.AccessFile;
import com.nokia.ci.tas.service.store.sql.Companions;
import com.nokia.ci.tas.service.store.sql.PostgresPlace;
import com.nokia.ci.tas.service.store.sql.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The services on one store say so when they do not let the same people and keys in. */
@Timeout(120)
final class AccessComparisonTest {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  @TempDir Path scratch;
  private PostgresPlace place;
  private Path first;
  private Path second;

  @BeforeEach
  void makeStores() throws IOException, SQLException {
    place = SERVER.place();
    first = Files.createDirectory(scratch.resolve("first"));
    second = Files.createDirectory(scratch.resolve("second"));
  }

  private static AccessComparison begin(PostgresPlace where, Path store, String host) {
    return AccessComparison.begin(new Companions(where), store, new Endpoint(host, 31_415));
  }

  /** Each has seen what the other shows. */
  private static void look(AccessComparison one, AccessComparison other) {
    one.look();
    other.look();
    one.look();
  }

  @Test
  void servicesThatLetOthersInSayWhichFileOfWhichServiceDiffers() {
    AccessFile.in(first).change(book -> Keys.BOOK);
    FarmKeys.in(first, InstantSource.system()).create("lab 4", List.of("localhost"));

    try (var leader = begin(place, first, "a.test");
        var standby = begin(place, second, "b.test")) {
      leader.lead();
      look(leader, standby);

      assertEquals(
          List.of(
              "the stand-by b.test:31415 knows other people, projects or keys than this service: make"
                  + " its access.json the same as "
                  + first.resolve("access.json"),
              "the stand-by b.test:31415 has another authority than this service, so that key files"
                  + " are good for one of the two alone: make its keys the same as "
                  + first.resolve("keys")),
          leader.complaints());
      assertEquals(
          List.of(
              "the service that leads, a.test:31415, knows other people, projects or keys than this"
                  + " service: make its access.json the same as "
                  + second.resolve("access.json"),
              "the service that leads, a.test:31415, has another authority than this service, so that"
                  + " key files are good for one of the two alone: make its keys the same as "
                  + second.resolve("keys")),
          standby.complaints());
    }
  }

  @Test
  void theComplaintIsOverWhenTheFilesAreTheSame() throws IOException {
    AccessFile.in(first).change(book -> Keys.BOOK);
    FarmKeys.in(first, InstantSource.system()).create("lab 4", List.of("localhost"));

    try (var leader = begin(place, first, "a.test");
        var standby = begin(place, second, "b.test")) {
      look(leader, standby);
      FileUtils.copyDirectory(first.toFile(), second.toFile());
      look(leader, standby);

      assertEquals(List.of(), leader.complaints());
      assertEquals(List.of(), standby.complaints());
    }
  }

  @Test
  void aServiceOfAnotherFarmAndOneThatIsGoneAreNotCompared() {
    var elsewhere = new PostgresPlace(place.url(), "lab_5", Optional.empty());
    AccessFile.in(first).change(book -> Keys.BOOK);

    try (var leader = begin(place, first, "a.test")) {
      begin(place, second, "gone.test").close();
      try (var other = begin(elsewhere, second, "b.test")) {
        look(leader, other);

        assertEquals(List.of(), other.complaints());
      }
      while (!leader.complaints().isEmpty()) {
        leader.look(); // the server takes a moment to see that a connection is gone
      }
    }
  }
}
