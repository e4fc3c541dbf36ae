package com.nokia.ci.tas.service.store;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a store has kept: a checkpoint, and what happened behind it. It may be much, so that batches
 * are handed on one by one.
 */
public interface Past {

  /** Where it begins; empty: at the very beginning of the farm. */
  Optional<Checkpoint> checkpoint();

  /**
   * Hands on the batches behind the checkpoint, without a gap, in order.
   *
   * @throws StoreException when one is missing or damaged
   */
  void forEach(Consumer<Batch> taker);
}
