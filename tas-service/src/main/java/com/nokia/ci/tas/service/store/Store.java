package com.nokia.ci.tas.service.store;

import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.FarmImage;
import java.util.List;

/**
 * Keeps a farm beyond the life of its service: a journal of batches, checkpoints that shorten the
 * way back, and the history of ended tests.
 *
 * <p>One service at a time has a store. What is durable is always a prefix of what was appended.
 * Journal and checkpoints hold secrets (PIN codes of products, secret parameters); history holds
 * none.
 *
 * <p>Every method throws {@link StoreException} when the store cannot be read or written. After
 * that it is not to be used any more.
 */
public interface Store extends AutoCloseable {

  /** From the last checkpoint on: all it takes to go on. Read at start. */
  Past past();

  /** From the oldest checkpoint that is kept, or from the very beginning: for a replay. */
  Past wholePast();

  /**
   * Makes a batch durable, and the tests that ended in it part of history, all or nothing. Durable
   * when it returns. For one thread at a time.
   *
   * @param ended in the order in which they ended
   * @throws FencedException when another service has taken the store over
   * @throws IllegalArgumentException when the number does not follow that of the batch before
   */
  void append(Batch batch, List<EndedTest> ended);

  /**
   * Keeps an image of the farm, from which the next service starts. Counts when it is complete. May
   * be called on any thread while batches are appended, which then wait for no more than a part of
   * it. Afterwards drops what nobody needs any more: journal, checkpoints and history beyond their
   * retention, which is counted back from the time of the image.
   *
   * @param batch number of the last batch that is in the image
   */
  void checkpoint(long batch, FarmImage image);

  /** What is known of tests that ended; for any thread, until the store is closed. */
  History history();

  /** Lets go of the store. What was appended stays. */
  @Override
  void close();
}
