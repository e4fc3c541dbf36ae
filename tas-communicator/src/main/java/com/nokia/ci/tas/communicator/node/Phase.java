package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far a run is on this node. */
sealed interface Phase {
  /** Its workspace is being made. */
  record Preparing() implements Phase {}

  /**
   * Its artifacts come, one after another.
   *
   * @param missing the files that are not there, the first one being asked for
   * @param tries how often the first one was asked for
   * @param deadline when the first one has to be there
   */
  record Fetching(List<String> missing, int tries, Instant deadline) implements Phase {
    public Fetching {
      missing = List.copyOf(missing);
    }

    /** The same, asked for once more within the same time. */
    Fetching again() {
      return new Fetching(missing, tries + 1, deadline);
    }

    /** The one being asked for. */
    String current() {
      return missing.get(0);
    }
  }

  /** Its executor is being started. */
  record Launching() implements Phase {}

  /** Its executor runs. */
  record Running() implements Phase {}

  /**
   * Its results are on their way to the client.
   *
   * @param failure why the run has failed already, if it has
   */
  record Delivering(Optional<Reason> failure) implements Phase {}

  /**
   * It is over; what is left of it is being ended.
   *
   * @param failure why it failed, if it did
   */
  record Ending(Optional<Reason> failure) implements Phase {}

  /** It is over and reported; its workspace is being closed. */
  record Closing() implements Phase {}
}
