package com.nokia.ci.tas.service.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.model.TestExecution;
import com.nokia.ci.tas.commons.model.TestProgress;
import com.nokia.ci.tas.service.farm.Decision;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.farm.Wanted;
import com.nokia.ci.tas.service.loop.Revived;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.MadeUp;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Search;
import com.nokia.ci.tas.service.store.Step;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A farm moves from the file to the server and back, and decides on as if it had stayed. */
final class StoreCopyTest {
  private static final Retention LONG = Retention.of(Duration.ofDays(999), Duration.ofDays(999));
  private static final Instant T0 = Instant.parse("2026-11-20T08:00:00Z");
  private static final Endpoint NODE = new Endpoint("node1.example.org", 27_182);
  private static final ClientId CI = new ClientId(new Endpoint("ci.example.org", 20_001));
  private static final FarmSettings SETTINGS =
      FarmSettings.defaults(new Endpoint("service.example.org", 31_415));

  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  @TempDir private Path directory;

  private final Farm farm = new Farm(SETTINGS);
  private final List<Batch> later = new ArrayList<>();
  private long number;

  private Store embedded(String name) {
    return SqlStores.embedded(directory.resolve(name), LONG);
  }

  private static Store led(PostgresPlace place) {
    try (var candidate = new Candidate(place, LONG)) {
      return candidate.lead();
    }
  }

  /** A farm with a test that runs and one that waits, a checkpoint between, and history. */
  private void fill(Store store) {
    var made = new MadeUp(7);
    keep(store, new Event.NodeRegistered(T0, new NodeDescription(NODE, "rack", "1.0")));
    keep(
        store,
        new Event.ProductReported(
            T0,
            NODE,
            Event.Report.PLUGGED,
            ProductDescription.of(Map.of("imei", "350000000000001", "rm-code", "RM-763"))));
    keep(store, submission("runs"));
    store.checkpoint(number, farm.snapshot().image());
    keep(store, submission("waits"));
    append(
        store,
        new Step(new Event.TimePassed(T0), Decision.ofAll(farm.apply(new Event.TimePassed(T0)))),
        List.of(made.one(EndedTest.class), made.one(EndedTest.class)));
  }

  private void keep(Store store, Event event) {
    append(store, new Step(event, Decision.ofAll(farm.apply(event))), List.of());
  }

  private void append(Store store, Step step, List<EndedTest> ended) {
    number++;
    var batch = new Batch(number, List.of(step));
    store.append(batch, ended);
    later.add(batch);
  }

  private static Event submission(String name) {
    var test =
        TestDescription.named(RuntimeId.of(name))
            .with(new TestExecution("sh", "run.sh", List.of("run.sh"), Map.of(), List.of(), ""))
            .with(TestProgress.NONE.within(Duration.ofHours(1)));
    var demand = ProductDemand.of(Map.of("rm-code", "RM-763"));
    return new Event.TestSubmitted(
        T0, CI, test, new Wanted.Understood(new Requirement(List.of(demand))));
  }

  /** What the farm of a store decides when its node is lost and its tests run out of time. */
  private static List<Decision> decidedNext(Store store) {
    var revived = Revived.of(store.past(), SETTINGS);
    var decisions = new ArrayList<Decision>();
    for (int minutes = 0; minutes < 120; minutes++) {
      var event = new Event.TimePassed(T0.plus(Duration.ofMinutes(minutes)));
      decisions.addAll(Decision.ofAll(revived.farm().apply(event)));
    }
    return decisions;
  }

  @Test
  void aFarmMovesToTheServerAndBackAndDecidesTheSame() throws SQLException {
    var place = SERVER.place();
    List<String> told;
    List<Decision> decided;
    try (var here = embedded("here");
        var there = led(place)) {
      fill(here);
      told = KeptStore.told(here);
      decided = decidedNext(here);
      var rows = StoreCopy.copy(here, there, (table, count) -> {});
      assertEquals(number, rows.get("journal"));
      assertEquals(2, rows.get("ended_test"));
      assertFalse(rows.containsKey("leader"));
    }
    assertFalse(decided.isEmpty());
    try (var there = led(place);
        var back = embedded("back")) {
      assertEquals(told, KeptStore.told(there));
      assertEquals(decided, decidedNext(there));
      StoreCopy.copy(there, back, (table, count) -> {});
    }
    try (var back = embedded("back")) {
      assertEquals(told, KeptStore.told(back));
      assertEquals(decided, decidedNext(back));
      append(back, new Step(new Event.TimePassed(T0), List.of()), List.of());
      assertEquals(2, back.history().find(Search.LATEST).get(0).number());
    }
  }

  @Test
  void aStoreThatIsNotEmptyIsNotWrittenOver() throws SQLException {
    var place = SERVER.place();
    try (var here = embedded("here");
        var there = led(place)) {
      fill(here);
      there.append(later.get(0), List.of());
      var refusal =
          assertThrows(StoreException.class, () -> StoreCopy.copy(here, there, (t, c) -> {}));
      assertTrue(refusal.getMessage().contains("is not empty"), refusal.getMessage());
    }
    try (var there = led(place)) {
      var kept = new ArrayList<Batch>();
      there.past().forEach(kept::add);
      assertEquals(later.subList(0, 1), kept);
    }
  }
}
