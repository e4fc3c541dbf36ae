package com.nokia.ci.tas.service.farm;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.TimeLimit;
import com.nokia.ci.tas.service.farm.EndedTest.Verdict;
import com.nokia.ci.tas.service.farm.Simulation.Invariant;
import com.nokia.ci.tas.service.farm.Simulation.Violation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A test whose run failed by no fault of its issuer fails only when it has had as many runs as it
 * may have, or too little of its time is left for one more. What is given up because the service
 * began anew counts for no run.
 */
final class FailedIsTriedAgainInvariant implements Invariant {
  private static final Set<Fault> TRIED_AGAIN = EnumSet.of(Fault.TEST, Fault.NODE, Fault.FARM);

  @Override
  public void afterWrite(Simulation simulation, Event event, List<Effect> effects) {
    for (var effect : effects) {
      if (effect instanceof Effect.RecordEnded ended && mayHaveMore(simulation, ended.test())) {
        throw new Violation(
            "test " + ended.test().test().id() + " is not tried again: " + ended.test().reason());
      }
    }
  }

  private static boolean mayHaveMore(Simulation simulation, EndedTest ended) {
    if (ended.verdict() != Verdict.FAILED || !ended.parts().isEmpty() || !isByItsRun(ended)) {
      return false;
    }
    long failures = ended.runs().stream().filter(run -> isCounted(run)).count();
    var limits = simulation.world.settings().tests();
    var deadline = ended.times().received().plus(ended.test().progress().timeout());
    var left = Duration.between(ended.times().ended(), deadline);
    return failures <= limits.maximalRetries()
        && left.compareTo(limits.minimalExecutionTime()) >= 0;
  }

  /** Whether its last run failed, and by that the test, which its issuer had not left to itself. */
  private static boolean isByItsRun(EndedTest ended) {
    var runs = ended.runs();
    if (runs.isEmpty() || ended.test().origin().bond().isDetached()) {
      return false;
    }
    var cause = runs.get(runs.size() - 1).cause();
    return cause.filter(why -> TRIED_AGAIN.contains(why.fault())).isPresent()
        && TimeLimit.of(cause.get().code()).isEmpty()
        && ended.reason().filter(why -> why.code().equals(cause.get().code())).isPresent();
  }

  private static boolean isCounted(Attempt run) {
    return run.cause().filter(why -> !why.code().equals(Runs.RESTARTED)).isPresent();
  }
}
