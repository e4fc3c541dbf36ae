package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.Reason;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.time.Instant;
import java.util.Optional;

/** Something a node was told or has observed. Each carries its time, stamped where it came in. */
public sealed interface Event {
  Instant at();

  /** Has the node take it. */
  void applyTo(Node node);

  /** The service wants a test to run here. */
  record StartAsked(Instant at, RunOrder order) implements Event {
    @Override
    public void applyTo(Node node) {
      node.startAsked(this);
    }
  }

  /**
   * A run is on disk that was here when an earlier life of this node ended; nothing of it is alive.
   *
   * @param startTime when its executor started; the epoch: it had not
   * @param end of its executor, if that had ended by itself
   */
  record RunFound(Instant at, RunOrder order, Instant startTime, Optional<ExecutorEnd> end)
      implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().found(this);
    }
  }

  /**
   * Somebody wants a test to end.
   *
   * @param attempt which one; 0: whichever there is
   * @param by who asked, as it follows {@code stopped by}
   */
  record StopAsked(Instant at, RuntimeId test, int attempt, String by) implements Event {
    @Override
    public void applyTo(Node node) {
      node.stopAsked(this);
    }
  }

  /** The workspace of a run is there and empty. */
  record WorkspaceMade(Instant at, RunId run) implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().workspaceMade(this);
    }
  }

  /** An artifact is in the workspace, complete. */
  record ArtifactCame(Instant at, RunId run, String name) implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().artifactCame(this);
    }
  }

  /** An artifact did not come as it should; it may be asked for again. */
  record ArtifactSpoiled(Instant at, RunId run, String name, Reason reason) implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().artifactSpoiled(this);
    }
  }

  /** The machine is as its owner and the test want it. */
  record GateOpened(Instant at, RunId run) implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().gateway().opened(this);
    }
  }

  /** The machine is not as it should be; why is for the issuer of the test. */
  record GateClosed(Instant at, RunId run, String why) implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().gateway().closed(this);
    }
  }

  /** The executor runs. */
  record ExecutorStarted(Instant at, RunId run) implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().executorStarted(this);
    }
  }

  /** The executor itself has ended, whatever it left behind. */
  record ExecutorEnded(Instant at, RunId run, ExecutorEnd end) implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().executorEnded(this);
    }
  }

  /** The results are with the client. */
  record ResultsSent(Instant at, RunId run) implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().resultsSent(this);
    }
  }

  /** The step under way cannot be done; the reason is for the issuer of the test. */
  record StepFailed(Instant at, RunId run, Reason reason) implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().stepFailed(this);
    }
  }

  /** Nothing of the run is alive any more, and its output was handed over. */
  record RunCleared(Instant at, RunId run) implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().cleared(this);
    }
  }

  /** The workspace of a run is closed: another may take its name. */
  record WorkspaceClosed(Instant at, RunId run) implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().workspaceClosed(this);
    }
  }

  /** The service is there again after it could not be reached. */
  record ServiceReturned(Instant at) implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().tellWhatRuns();
    }
  }

  /** The node is about to end. */
  record ShutDown(Instant at) implements Event {
    @Override
    public void applyTo(Node node) {
      node.shutDown();
    }
  }

  /** The time of {@link Node#nextDeadline} has come. */
  record TimePassed(Instant at) implements Event {
    @Override
    public void applyTo(Node node) {
      node.runs().timePassed(at);
    }
  }
}
