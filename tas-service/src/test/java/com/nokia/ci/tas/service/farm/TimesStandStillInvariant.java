package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.TimeLimit;
import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** No test runs out of a time in which the service was away. */
final class TimesStandStillInvariant implements Invariant {
  /** How long the service had been away in all, by when it was back. */
  private final NavigableMap<Instant, Duration> away = new TreeMap<>();

  private Instant last = Instant.EPOCH;

  @Override
  public void afterWrite(Simulation simulation, Event event, List<Effect> effects) {
    if (event instanceof Event.ServiceStarted && last.isAfter(Instant.EPOCH)) {
      away.put(event.at(), awayBy(event.at()).plus(Duration.between(last, event.at())));
    }
    last = event.at();
    for (var effect : effects) {
      if (effect instanceof Effect.RecordEnded ended) {
        look(simulation, ended.test());
      }
    }
  }

  private void look(Simulation simulation, EndedTest ended) {
    boolean isTimeout =
        ended.reason().filter(why -> why.code().equals(TimeLimit.WHOLE.code())).isPresent();
    if (!isTimeout || ended.verdict() != EndedTest.Verdict.FAILED) {
      return;
    }
    var times = ended.times();
    var had =
        Duration.between(times.received(), times.ended())
            .minus(awayBy(times.ended()).minus(awayBy(times.received())));
    // One that still waits is given up as soon as too little is left for a run.
    var needed =
        ended
            .test()
            .progress()
            .timeout()
            .minus(simulation.world.settings().tests().minimalExecutionTime());
    if (had.compareTo(needed) < 0) {
      throw new Violation(
          "test " + ended.test().id() + " timed out after " + had + ": " + ended.reason());
    }
  }

  private Duration awayBy(Instant time) {
    var before = away.floorEntry(time);
    return before == null ? Duration.ZERO : before.getValue();
  }
}
