package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.util.List;

/** A test finishes only because its last run really succeeded. */
final class TrueResultsInvariant implements Invariant {
  @Override
  public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
    for (var effect : effects) {
      if (effect instanceof Effect.RecordEnded ended
          && ended.test().verdict() == EndedTest.Verdict.FINISHED) {
        var parts = ended.test().parts().stream().map(EndedTest.Part::id).toList();
        var runs = parts.isEmpty() ? List.of(ended.test().test().id()) : parts;
        runs.forEach(run -> succeeded(simulation, run));
      }
    }
  }

  private static void succeeded(Simulation simulation, RuntimeId run) {
    var order = simulation.world.orders.get(run.text());
    if (order == null || !order.hasSucceeded) {
      throw new Violation("test " + run + " finished, but its last run did not");
    }
  }
}
