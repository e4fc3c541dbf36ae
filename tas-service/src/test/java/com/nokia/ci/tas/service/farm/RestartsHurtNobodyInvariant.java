package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.util.List;

/** In a world where all others do what they should, no test fails, and none is run twice. */
final class RestartsHurtNobodyInvariant implements Invariant {
  @Override
  public void afterWrite(Simulation simulation, Event event, List<Effect> effects) {
    for (var effect : effects) {
      if (effect instanceof Effect.StartRun start && start.test().progress().attempt() > 1) {
        throw new Violation("test " + start.test().id() + " is started again");
      }
      if (effect instanceof Effect.RecordEnded ended
          && ended.test().verdict() == EndedTest.Verdict.FAILED
          && ended.test().times().reserved().isPresent()) {
        throw new Violation("test " + ended.test().test().id() + ": " + ended.test().reason());
      }
    }
  }
}
