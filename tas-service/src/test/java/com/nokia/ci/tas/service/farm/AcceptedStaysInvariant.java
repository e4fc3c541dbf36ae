package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was answered as accepted is still there after any number of restarts, until it ends. */
final class AcceptedStaysInvariant implements Invariant {
  private final Map<TestId, String> live = new TreeMap<>();

  @Override
  public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
    if (event instanceof Event.ServiceStarted) {
      var endedNow =
          effects.stream()
              .filter(Effect.RecordEnded.class::isInstance)
              .map(effect -> ((Effect.RecordEnded) effect).test().test().id().test())
              .toList();
      for (var entry : live.entrySet()) {
        var test = simulation.farm().books().whole(entry.getKey());
        if (!endedNow.contains(entry.getKey())
            && test.filter(t -> t.order().client().toString().equals(entry.getValue())).isEmpty()) {
          throw new Violation("test " + entry + " was accepted, and is lost");
        }
      }
    }
  }

  @Override
  public void afterWrite(Simulation simulation, Event event, List<Effect> effects) {
    for (var effect : effects) {
      if (effect instanceof Effect.TellClient tell
          && (event instanceof Event.TestSubmitted || event instanceof Event.TestDivided)
          && tell.test().progress().status() == TestStatus.PENDING) {
        live.putIfAbsent(tell.test().id().test(), tell.to().toString());
      } else if (Invariants.attached(effect).isPresent()) {
        Invariants.attached(effect)
            .ifPresent(bind -> live.replace(bind.run().id().test(), Invariants.text(bind)));
      } else if (effect instanceof Effect.RecordEnded ended
          && !(ended.test().verdict() == EndedTest.Verdict.REFUSED
              && event instanceof Event.TestSubmitted)) {
        live.remove(ended.test().test().id().test());
      }
    }
  }

  @Override
  public void atTheEnd(Simulation simulation) {
    for (var client : simulation.world.clients) {
      if (!client.unended().isEmpty()) {
        throw new Violation(client.id + " never heard the end of " + client.unended());
      }
    }
  }
}
