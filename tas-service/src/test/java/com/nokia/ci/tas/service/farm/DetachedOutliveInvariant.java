package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Bond;
import com.nokia.ci.tas.commons.model.TestId;
import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A test that outlives its client does not end with it once it runs; whoever asks how it ended is
 * told what was recorded, and its results are found where it ran.
 */
final class DetachedOutliveInvariant implements Invariant {
  private final Map<TestId, EndedTest> ends = new TreeMap<>();

  @Override
  public void afterEvent(Simulation simulation, Event event, List<Effect> effects) {
    if (event instanceof Event.CheckRequested check && check.test().origin().bond() == Bond.FETCH) {
      isFetched(simulation, check.test().id().test(), effects);
    }
    for (var effect : effects) {
      if (effect instanceof Effect.RecordEnded end
          && end.test().test().origin().bond().isDetached()
          && end.test().times().started().isPresent()
          && end.test().reason().filter(why -> why.code().equals("client-gone")).isPresent()) {
        throw new Violation("test " + end.test().test().id() + " ran, and ends with its client");
      }
    }
  }

  @Override
  public void afterWrite(Simulation simulation, Event event, List<Effect> effects) {
    for (var effect : effects) {
      if (effect instanceof Effect.RecordEnded end
          && end.test().verdict() != EndedTest.Verdict.REFUSED) {
        ends.put(end.test().test().id().test(), end.test());
      } else if (event instanceof Event.CheckRequested check
          && check.test().origin().bond() != Bond.ISSUER
          && effect instanceof Effect.TellClient tell
          && Invariants.FINAL.contains(tell.test().progress().status())
          && tell.kind() == Effect.TellClient.Kind.UPDATE) {
        var end = ends.get(tell.test().id().test());
        if (end == null || !end.test().progress().equals(tell.test().progress())) {
          throw new Violation(
              "test " + tell.test().id() + " did not end as " + tell.to() + " is told");
        }
      } else if (effect instanceof Effect.BindRun bind && Invariants.attached(effect).isEmpty()) {
        isThere(simulation, bind);
      }
    }
  }

  /** What the farm remembers can be fetched as long as its node is there. */
  private static void isFetched(Simulation simulation, TestId test, List<Effect> effects) {
    var books = simulation.farm().books();
    boolean isKept =
        books
            .endedById
            .get(test)
            .map(books.ended::at)
            .filter(past -> past.test().origin().bond().isDetached())
            .flatMap(EndedTest::node)
            .flatMap(books.nodes::get)
            .filter(node -> !node.contact().isLost())
            .isPresent();
    if (isKept && effects.stream().noneMatch(Effect.BindRun.class::isInstance)) {
      throw new Violation("the results of test " + test + " are kept, and not sent");
    }
  }

  private void isThere(Simulation simulation, Effect.BindRun bind) {
    var id = bind.run().id();
    var end = ends.get(id.test());
    boolean isOfEnd =
        end != null
            && end.node().equals(Optional.of(bind.node()))
            && bind.ended().equals(Optional.of(end.times().ended()));
    if (!isOfEnd) {
      throw new Violation("results of another test " + id + " are asked for: " + bind.ended());
    }
    if (end.verdict() == EndedTest.Verdict.FINISHED
        && !simulation.world.node(bind.node()).runs().hasResults(id)) {
      throw new Violation("the results of test " + id + " are not where they are asked for");
    }
  }
}
