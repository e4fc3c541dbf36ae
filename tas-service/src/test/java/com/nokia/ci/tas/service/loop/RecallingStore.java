package com.nokia.ci.tas.service.loop;

import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmImage;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Checkpoint;
import com.nokia.ci.tas.service.store.History;
import com.nokia.ci.tas.service.store.Past;
import com.nokia.ci.tas.service.store.Store;
import com.nokia.ci.tas.service.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A store in memory that several loops may have, one after the other; can be told to fail. */
final class RecallingStore implements Store {
  private final List<Batch> batches = new ArrayList<>();
  private final List<EndedTest> ended = new ArrayList<>();
  private Optional<Checkpoint> checkpoint = Optional.empty();
  private Consumer<Batch> before = batch -> {};

  /** Calls this ahead of each batch, on the thread that writes it; it may throw. */
  synchronized void before(Consumer<Batch> call) {
    before = call;
  }

  synchronized void failFromNowOn() {
    before =
        batch -> {
          throw new StoreException("the disk is full; make room");
        };
  }

  synchronized List<Batch> batches() {
    return List.copyOf(batches);
  }

  synchronized Optional<Checkpoint> checkpoint() {
    return checkpoint;
  }

  @Override
  public synchronized Past past() {
    return past(checkpoint);
  }

  @Override
  public synchronized Past wholePast() {
    return past(Optional.empty());
  }

  private Past past(Optional<Checkpoint> from) {
    long begin = from.map(Checkpoint::batch).orElse(0L);
    var behind = batches.stream().filter(batch -> batch.number() > begin).toList();
    return new Past() {
      @Override
      public Optional<Checkpoint> checkpoint() {
        return from;
      }

      @Override
      public void forEach(Consumer<Batch> taker) {
        behind.forEach(taker);
      }
    };
  }

  @Override
  public synchronized void append(Batch batch, List<EndedTest> tests) {
    before.accept(batch);
    if (batch.number() != batches.size() + 1) {
      throw new IllegalArgumentException("batch " + batch.number() + " leaves a gap");
    }
    batches.add(batch);
    ended.addAll(tests);
  }

  @Override
  public synchronized void checkpoint(long batch, FarmImage image) {
    checkpoint = Optional.of(new Checkpoint(batch, image));
  }

  @Override
  public History history() {
    throw new UnsupportedOperationException("nobody asks a loop for history");
  }

  @Override
  public void close() {
    // Whoever comes next recalls all of it.
  }
}
