package com.nokia.ci.tas.service.farm;

import static com.nokia.ci.tas.commons.model.TestStatus.FAILED;

import com.nokia.ci.tas.commons.model.ClientId;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The issuer of an accepted test is told one end and nothing afterwards, unless the same once more
 * because nobody knows whether it was heard.
 */
final class OneEndInvariant implements Invariant {
  private final Map<TestId, String> live = new TreeMap<>();
  private final Map<String, Effect.TellClient> ends = new TreeMap<>();

  @Override
  public void afterWrite(Simulation simulation, Event event, List<Effect> effects) {
    for (var effect : effects) {
      bound(effect);
      if (effect instanceof Effect.DivideTest divide
          && event instanceof Event.TestSubmitted submission) {
        // Taken, though its issuer is not told before the answer is there.
        live.put(divide.test(), submission.client().endpoint().toString());
      }
      if (effect instanceof Effect.TellClient tell
          && tell.kind() == Effect.TellClient.Kind.UPDATE) {
        told(event, tell);
      }
    }
  }

  /** Who has followed a test until now is told no more; the end of nobody's test is told none. */
  private void bound(Effect effect) {
    Invariants.attached(effect)
        .ifPresent(bind -> live.replace(bind.run().id().test(), Invariants.text(bind)));
    if (effect instanceof Effect.RecordEnded ended
        && ended.test().verdict() != EndedTest.Verdict.REFUSED) { // that is another of its name
      live.remove(ended.test().test().id().test(), ClientId.NOBODY.toString());
    }
  }

  private void told(Event event, Effect.TellClient tell) {
    var id = tell.test().id().test();
    var status = tell.test().progress().status();
    String issuer = tell.to().toString();
    if (issuer.equals(live.get(id))) {
      if (Invariants.FINAL.contains(status)) {
        live.remove(id);
        ends.put(id + " of " + issuer, tell);
      }
    } else if (event instanceof Event.TestSubmitted submission
        && submission.test().id().test().equals(id)) {
      if (!live.containsKey(id) && status == TestStatus.PENDING) {
        live.put(id, issuer);
      } else if (status != FAILED && !isRepeated(event, tell)) {
        throw new Violation("test " + id + " is taken twice: " + status);
      }
    } else if (!isAnswer(event, tell) && !isRepeated(event, tell)) {
      throw new Violation("test " + id + " has ended, but its issuer is told " + status);
    }
  }

  private boolean isRepeated(Event event, Effect.TellClient tell) {
    boolean mayRepeat =
        event instanceof Event.ServiceStarted
            || event instanceof Event.ClientRegistered
            || event instanceof Event.TestSubmitted;
    return mayRepeat && tell.equals(ends.get(tell.test().id().test() + " of " + tell.to()));
  }

  private static boolean isAnswer(Event event, Effect.TellClient tell) {
    return (event instanceof Event.StopRequested stop && stop.by().equals(tell.to()))
        || (event instanceof Event.CheckRequested check && check.by().equals(tell.to()));
  }

  @Override
  public void atTheEnd(Simulation simulation) {
    if (!live.isEmpty()) {
      throw new Violation("never ended: " + live);
    }
  }
}
