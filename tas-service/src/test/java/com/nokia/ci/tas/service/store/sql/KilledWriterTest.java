package com.nokia.ci.tas.service.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whatever was acknowledged is there after the writer was killed in the middle of its work. */
final class KilledWriterTest {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  private static final Retention LONG = Retention.of(Duration.ofDays(999), Duration.ofDays(999));
  private static final List<Integer> NUMBERS = List.of(1, 173, 50, 321);

  @Test
  void everyBatchThatSqliteAcknowledgedOutlivesTheWriter(@TempDir Path directory)
      throws IOException, InterruptedException {
    for (int numbers : NUMBERS) {
      long last = WriterProcess.start(directory.toString()).killedAfter(numbers);
      try (var store = SqlStores.embedded(directory, LONG)) {
        assertHolds(store, last);
      }
    }
  }

  @Test
  void everyBatchThatPostgresAcknowledgedOutlivesTheWriter()
      throws IOException, InterruptedException, SQLException {
    var place = SERVER.place();
    for (int numbers : NUMBERS) {
      long last = WriterProcess.start(place.url(), place.farm()).killedAfter(numbers);
      try (var candidate = new Candidate(place, LONG);
          var store = candidate.await().orElseThrow()) {
        assertHolds(store, last);
      }
    }
  }

  /** One batch more may be there: it was kept, and its writer killed before it could say so. */
  private static void assertHolds(Store store, long last) {
    List<Batch> kept = StoreContract.batches(store.wholePast());
    assertTrue(
        kept.size() == last || kept.size() == last + 1,
        () -> kept.size() + " kept, " + last + " acknowledged");
    assertEquals(
        LongStream.rangeClosed(1, kept.size()).mapToObj(StoreContract::batch).toList(), kept);
    var past = store.past();
    long from = past.checkpoint().map(it -> it.batch()).orElse(0L);
    assertEquals(kept.size() - from, StoreContract.batches(past).size());
    assertTrue(from <= last, () -> "a checkpoint behind batch " + from + ", acknowledged " + last);
  }
}
