package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.TestDescription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something to be done for the node. What comes of it returns as an {@link Event}. */
public sealed interface Effect {
  /** Has it done. */
  void performBy(Effects effects);

  /** Make the empty workspace of a run. */
  record MakeWorkspace(RunId run, RunOrder order) implements Effect {
    @Override
    public void performBy(Effects effects) {
      effects.makeWorkspace(run, order);
    }
  }

  /** Go on with a run of an earlier life; its workspace is as it was left. */
  record TakeOver(RunId run, RunOrder order) implements Effect {
    @Override
    public void performBy(Effects effects) {
      effects.takeOver(run, order);
    }
  }

  /** Ask the client for files; others may be on their way. */
  record FetchArtifacts(RunId run, RunOrder order, List<String> names) implements Effect {
    public FetchArtifacts {
      names = List.copyOf(names);
    }

    @Override
    public void performBy(Effects effects) {
      effects.fetchArtifacts(run, order, names);
    }
  }

  /** See whether the executor may be started. */
  record LookAtGate(RunId run, RunOrder order) implements Effect {
    @Override
    public void performBy(Effects effects) {
      effects.lookAtGate(run, order);
    }
  }

  /** Start the executor; all artifacts are there. */
  record StartExecutor(RunId run, RunOrder order) implements Effect {
    @Override
    public void performBy(Effects effects) {
      effects.startExecutor(run, order);
    }
  }

  /**
   * Send to the client what it wants of what the run has left.
   *
   * @param within how long it is tried over failing connections; empty: as long as they are kept
   */
  record SendResults(RunId run, RunOrder order, Optional<Duration> within) implements Effect {
    @Override
    public void performBy(Effects effects) {
      effects.sendResults(run, order, within);
    }
  }

  /** End whatever there is of the run: transfers, executor, all it started. */
  record ClearRun(RunId run) implements Effect {
    @Override
    public void performBy(Effects effects) {
      effects.clearRun(run);
    }
  }

  /**
   * Delete the workspace or keep it.
   *
   * @param failure why the run failed, if it did
   */
  record CloseWorkspace(RunId run, Optional<Reason> failure) implements Effect {
    @Override
    public void performBy(Effects effects) {
      effects.closeWorkspace(run, failure);
    }
  }

  /** Tell the service; the order of reports is kept. */
  record Report(TestDescription test) implements Effect {
    @Override
    public void performBy(Effects effects) {
      effects.report(test);
    }
  }

  /** Nothing runs and nothing will. */
  record EndNode() implements Effect {
    @Override
    public void performBy(Effects effects) {
      effects.endNode();
    }
  }
}
