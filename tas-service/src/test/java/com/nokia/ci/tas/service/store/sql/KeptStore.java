package com.nokia.ci.tas.service.store.sql;

import com.nokia.ci.tas.service.farm.Decision;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.FarmImage;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.MadeUp;
import com.nokia.ci.tas.service.store.Past;
import com.nokia.ci.tas.service.store.Retention;
import com.nokia.ci.tas.service.store.Search;
import com.nokia.ci.tas.service.store.Step;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreContract;
import com.nokia.ci.tas.service.store.json.RecordCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the store that is kept among the resources, and tells in JSON what is in it. Run once for
 * each format, by the last program that writes it: {@code main} with the directory of the resource.
 */
final class KeptStore {
  private static final Retention LONG = Retention.of(Duration.ofDays(999), Duration.ofDays(999));

  private KeptStore() {}

  /** Writes {@code farm.db} and {@code told.jsonl} into a directory. */
  public static void main(String[] args) throws IOException {
    var directory = Path.of(args[0]);
    try (var store = open(directory)) {
      fill(store);
      Files.write(directory.resolve("told.jsonl"), told(store));
    }
  }

  static Store open(Path directory) {
    return SqlStores.embedded(directory, LONG);
  }

  /** Something of everything. */
  private static void fill(Store store) {
    var made = new MadeUp(2026);
    var steps = new ArrayList<Step>();
    for (var event : MadeUp.cases(Event.class)) {
      steps.add(new Step((Event) made.one(event), List.of()));
    }
    for (var decision : MadeUp.cases(Decision.class)) {
      steps.add(
          new Step(new Event.TimePassed(Instant.EPOCH), List.of((Decision) made.one(decision))));
    }
    store.append(new Batch(1, steps), List.of(made.one(EndedTest.class)));
    store.checkpoint(1, StoreContract.image(7, Instant.EPOCH));
    store.append(
        new Batch(2, List.of(new Step(new Event.TimePassed(Instant.EPOCH), List.of()))), List.of());
  }

  /** Everything that is in a store, a line of JSON each. */
  static List<String> told(Store store) {
    var lines = new ArrayList<String>();
    var steps = RecordCodec.text(Step.class);
    Past whole = store.wholePast();
    whole.forEach(batch -> batch.steps().forEach(step -> lines.add(steps.textOf(step))));
    Optional<FarmImage> image = store.past().checkpoint().map(it -> it.image());
    image.ifPresent(it -> lines.add(RecordCodec.text(FarmImage.class).textOf(it)));
    for (History.Entry entry : store.history().find(Search.LATEST)) {
      lines.add(RecordCodec.text(EndedTest.class).textOf(entry.test()));
    }
    return lines;
  }
}
