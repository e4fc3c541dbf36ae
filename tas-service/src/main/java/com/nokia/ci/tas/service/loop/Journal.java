package com.nokia.ci.tas.service.loop;

import com.nokia.ci.tas.service.farm.Decision;
import com.nokia.ci.tas.service.farm.Effect;
import com.nokia.ci.tas.service.farm.EndedTest;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Step;
import com.nokia.ci.tas.service.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what the loop has applied: gathers steps and makes them durable, always as many as there
 * are, so that what is durable is a prefix of what was applied. For one thread.
 *
 * <p>A step that nobody outside can know of, such as a heartbeat, may wait for the next that must
 * be durable, so that a farm in which nothing happens does not write several times a second.
 */
final class Journal {
  /** How long a step that nobody knows of may wait. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** More steps than this do not wait. */
  private static final int MOST_STEPS = 10_000;

  private final Store store;
  private long number;
  private List<Step> steps = new ArrayList<>();
  private List<EndedTest> ended = new ArrayList<>();
  private boolean binds;
  private long waitsSince;

  /**
   * @param number of the last batch that the store has
   */
  Journal(Store store, long number) {
    this.store = store;
    this.number = number;
  }

  /** An event was applied with these effects. */
  void add(Event event, List<Effect> effects) {
    if (steps.isEmpty()) {
      waitsSince = System.nanoTime();
    }
    steps.add(new Step(event, Decision.ofAll(effects)));
    for (var effect : effects) {
      if (effect instanceof Effect.RecordEnded record) {
        ended.add(record.test());
      }
    }
    binds |= !isPassing(event, effects);
  }

  /** Whether nobody is told of an event, and nothing is lost but a little time when it is. */
  private static boolean isPassing(Event event, List<Effect> effects) {
    boolean isSignOfLife =
        event instanceof Event.NodeSeen
            || event instanceof Event.NodeAnswered
            || event instanceof Event.ClientSeen
            || event instanceof Event.ClientRegistered
            || event instanceof Event.OrderDelivered
            || event instanceof Event.EndDelivered
            || event instanceof Event.TimePassed;
    boolean isRepeated = event instanceof Event.ProductReported && effects.isEmpty();
    return isRepeated || (isSignOfLife && effects.stream().allMatch(Journal::isQuestion));
  }

  private static boolean isQuestion(Effect effect) {
    return effect instanceof Effect.ProbeNode || effect instanceof Effect.ProbeClient;
  }

  /** How many nanoseconds what waits may wait on; negative when it may not. */
  long patience() {
    if (steps.isEmpty()) {
      return Long.MAX_VALUE;
    }
    boolean isFull = binds || steps.size() >= MOST_STEPS;
    return isFull ? -1 : waitsSince + PATIENCE.toNanos() - System.nanoTime();
  }

  /**
   * Makes durable what waits.
   *
   * @return how many steps that were
   */
  int write() {
    int written = steps.size();
    if (written > 0) {
      store.append(new Batch(number + 1, steps), ended);
      number++;
      steps = new ArrayList<>();
      ended = new ArrayList<>();
      binds = false;
    }
    return written;
  }

  /** Number of the last batch that is durable. */
  long number() {
    return number;
  }
}
