package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.Reason;
import java.time.Instant;
import java.util.Optional;

/** How far a run is on this node. */
sealed interface Phase {
  /** Its workspace is being made. */
  record Preparing() implements Phase {}

  /**
   * Its artifacts come.
   *
   * @param files those that are not there
   * @param deadline when the next one has to be there
   */
  record Fetching(AwaitedFiles files, Instant deadline) implements Phase {}

  /**
   * All it needs is there, but its executor may not be started yet.
   *
   * @param deadline when it fails if it still waits
   * @param look when the gate is looked at again; empty: somebody looks just now
   * @param why what it waits for, as the service was told; empty: not known yet
   */
  record Gated(Instant deadline, Optional<Instant> look, String why) implements Phase {}

  /** Its executor is being started. */
  record Launching() implements Phase {}

  /** Its executor runs. */
  record Running() implements Phase {}

  /**
   * Its executor has ended, or was told to; what is left of it is being ended, and its results are
   * sent next.
   *
   * @param failure why the run has failed already, if it has
   * @param isStopped whether somebody wants its end: then its results may not take long
   */
  record Leaving(Optional<Reason> failure, boolean isStopped) implements Phase {}

  /**
   * Its results are on their way to the client.
   *
   * @param failure why the run has failed already, if it has
   * @param deadline when they are given up
   */
  record Delivering(Optional<Reason> failure, Instant deadline) implements Phase {}

  /**
   * It is over; what is left of it is being ended.
   *
   * @param failure why it failed, if it did
   */
  record Ending(Optional<Reason> failure) implements Phase {}

  /** It is over and reported; its workspace is being closed. */
  record Closing() implements Phase {}
}
