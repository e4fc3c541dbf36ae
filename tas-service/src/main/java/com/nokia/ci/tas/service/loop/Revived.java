package com.nokia.ci.tas.service.loop;

import com.nokia.ci.tas.service.farm.Decision;
import com.nokia.ci.tas.service.farm.Event;
import com.nokia.ci.tas.service.farm.Farm;
import com.nokia.ci.tas.service.farm.FarmSettings;
import com.nokia.ci.tas.service.store.Batch;
import com.nokia.ci.tas.service.store.Checkpoint;
import com.nokia.ci.tas.service.store.Past;
import com.nokia.ci.tas.service.store.Step;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A farm as its store has kept it: the last checkpoint, and what happened behind it applied once
 * more by the same rules.
 *
 * @param farm for one thread
 * @param batch number of the last batch that is in it; 0: none is
 * @param steps how many events are behind the last checkpoint
 * @param at time of the last event that is in it; nothing happens before that any more
 */
public record Revived(Farm farm, long batch, long steps, Instant at) {
  private static final Logger LOG = LoggerFactory.getLogger(Revived.class);

  /** A farm without a past. */
  public static Revived fresh(FarmSettings settings) {
    return new Revived(new Farm(settings), 0, 0, Instant.EPOCH);
  }

  /**
   * Brings a farm back. Rules that have changed since may decide otherwise than was decided; what
   * follows from their decisions counts then, and the difference is logged.
   *
   * @param settings of a farm that has no past
   * @throws com.nokia.ci.tas.service.store.StoreException when the past cannot be read
   */
  public static Revived of(Past past, FarmSettings settings) {
    var checkpoint = past.checkpoint();
    var again = new Again(checkpoint, settings);
    past.forEach(again::apply);
    var snapshot = again.farm.snapshot();
    if (again.batch > 0) {
      LOG.atInfo()
          .addKeyValue("batch", again.batch)
          .addKeyValue("applied", again.steps)
          .addKeyValue("waiting", snapshot.waitingCount())
          .addKeyValue("running", snapshot.running().size())
          .log("the farm is back as it was at {}", snapshot.at());
    }
    return new Revived(again.farm, again.batch, again.steps, snapshot.at());
  }

  /** The events of the past, as they are applied once more. */
  private static final class Again {
    private final Farm farm;
    private long batch;
    private long steps;

    Again(Optional<Checkpoint> checkpoint, FarmSettings settings) {
      farm = checkpoint.map(it -> Farm.restored(it.image())).orElseGet(() -> new Farm(settings));
      batch = checkpoint.map(Checkpoint::batch).orElse(0L);
    }

    void apply(Batch next) {
      for (var step : next.steps()) {
        apply(next, step);
      }
      batch = next.number();
      steps += next.steps().size();
    }

    private void apply(Batch next, Step step) {
      try {
        var decided = Decision.ofAll(farm.apply(step.event()));
        if (!decided.equals(step.decisions())) {
          differs(next, step.event(), "decided " + decided + ", kept was " + step.decisions());
        }
      } catch (RuntimeException | StackOverflowError e) {
        differs(next, step.event(), "cannot be applied any more: " + e);
      }
    }

    private static void differs(Batch batch, Event event, String how) {
      LOG.atWarn()
          .addKeyValue("batch", batch.number())
          .addKeyValue("event", event.getClass().getSimpleName())
          .addKeyValue("at", event.at())
          .log("the rules do not decide as they did: {}", how);
    }
  }
}
