package com.nokia.ci.tas.service.replay;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.service.farm.Decision;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Checkpoint;
import com.nokia.ci.tas.service.store.Past;
import com.nokia.ci.tas.service.store.Step;
import java.util.List;
import java.util.Optional;

/** Decides a history once more and compares. */
public final class Replay {
  private final Farm farm;
  private long batches;
  private long events;
  private long decisions;
  private Optional<Difference> difference = Optional.empty();

  private Replay(Farm farm) {
    this.farm = farm;
  }

  /**
   * What came of it.
   *
   * @param batches how many there were, up to the difference if there is one
   * @param events in them
   * @param decisions made on them
   * @param difference the first, if there is any
   */
  public record Outcome(
      long batches, long events, long decisions, Optional<Difference> difference) {}

  /**
   * One event upon which something else was decided.
   *
   * @param batch that it is in
   * @param number of the event, from 1 in this history
   * @param kept what was decided then
   * @param now what is decided now
   */
  public record Difference(
      long batch, long number, Event event, List<Decision> kept, List<Decision> now) {}

  /**
   * Decides a history once more.
   *
   * @throws com.nokia.ci.tas.service.store.StoreException when it cannot be read
   */
  public static Outcome of(Past past) {
    var replay = new Replay(begin(past.checkpoint()));
    past.forEach(replay::apply);
    return new Outcome(replay.batches, replay.events, replay.decisions, replay.difference);
  }

  /** A farm that nobody has told its settings hears of them in its first event. */
  static Farm begin(Optional<Checkpoint> checkpoint) {
    return checkpoint
        .map(it -> Farm.restored(it.image()))
        .orElseGet(() -> new Farm(FarmSettings.defaults(Endpoint.UNKNOWN)));
  }

  private void apply(Batch batch) {
    if (difference.isPresent()) {
      return;
    }
    batches++;
    for (var step : batch.steps()) {
      events++;
      var now = decide(step);
      decisions += now.size();
      if (!now.equals(step.decisions())) {
        difference =
            Optional.of(
                new Difference(batch.number(), events, step.event(), step.decisions(), now));
        return;
      }
    }
  }

  private List<Decision> decide(Step step) {
    return Decision.ofAll(farm.apply(step.event()));
  }
}
