package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.Fault;
import com.nokia.ci.tas.commons.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets runs whose artifacts are there pass to their executors: when the gates are open, and at the
 * distance from each other that the node's owner wants. What a run waits for the service is told
 * whenever it changes.
 */
final class Gateway {
  private final GateRules rules;
  private final Runs runs;
  private Instant next = Instant.MIN;

  Gateway(GateRules rules, Runs runs) {
    this.rules = rules;
    this.runs = runs;
  }

  /** A run has all that it needs. */
  void approach(Run run, Instant at) {
    if (isGated(run)) {
      look(run, at.plus(rules.limit()), "");
    } else {
      pass(run, "", at);
    }
  }

  void opened(Event.GateOpened opened) {
    gated(opened.run()).ifPresent(run -> pass(run, ((Phase.Gated) run.phase()).why(), opened.at()));
  }

  void closed(Event.GateClosed closed) {
    gated(closed.run())
        .ifPresent(
            run -> {
              var phase = (Phase.Gated) run.phase();
              if (closed.at().isBefore(phase.deadline())) {
                var again = closed.at().plus(rules.pause());
                var deadline = phase.deadline();
                await(run, closed.why(), again.isBefore(deadline) ? again : deadline, deadline);
              } else {
                runs.end(run, Optional.of(tooLate(closed.why())));
              }
            });
  }

  /** It may be time to look again. */
  void timePassed(Run run, Phase.Gated phase, Instant now) {
    if (phase.look().filter(look -> !look.isAfter(now)).isPresent()) {
      lookAgain(run, phase, now);
    }
  }

  /** A run has left the node, and with it some disk and memory may be free. */
  void runLeft(Instant at) {
    for (var run : runs.all()) {
      if (run.phase() instanceof Phase.Gated phase && phase.look().isPresent() && isGated(run)) {
        lookAgain(run, phase, at);
      }
    }
  }

  private void lookAgain(Run run, Phase.Gated phase, Instant at) {
    if (isGated(run)) {
      look(run, phase.deadline(), phase.why());
    } else {
      pass(run, phase.why(), at);
    }
  }

  private void look(Run run, Instant deadline, String why) {
    runs.set(run.in(new Phase.Gated(deadline, Optional.empty(), why)));
    runs.add(new Effect.LookAtGate(run.id(), run.order()));
  }

  /** Nothing but the distance to the run before is in the way; that counts against no limit. */
  private void pass(Run run, String before, Instant at) {
    if (at.isBefore(next)) {
      long seconds = Math.max(1, Duration.between(at, next).plusMillis(999).toSeconds());
      var waiting = run.in(new Phase.Gated(next, Optional.empty(), before));
      await(
          waiting,
          "waiting for " + seconds + " s, because another executor was started just now",
          next,
          next.plus(rules.limit()));
      return;
    }
    next = at.plus(rules.spacing());
    runs.set(run.in(new Phase.Launching()));
    runs.add(new Effect.StartExecutor(run.id(), run.order()));
  }

  private void await(Run run, String why, Instant look, Instant deadline) {
    var waiting = run.in(new Phase.Gated(deadline, Optional.of(look), why));
    runs.set(waiting);
    if (!why.equals(((Phase.Gated) run.phase()).why())) {
      runs.add(new Effect.Report(waiting.waitingReport(why)));
    }
  }

  private boolean isGated(Run run) {
    return rules.isWatched() || run.order().asksForGate();
  }

  private Optional<Run> gated(RunId id) {
    return runs.at(id)
        .filter(run -> run.phase() instanceof Phase.Gated gated && gated.look().isEmpty());
  }

  private Reason tooLate(String why) {
    return new Reason(
        Fault.NODE,
        "gate-closed",
        "the executor was not started within " + rules.limit().toSeconds() + " s: " + why);
  }
}
