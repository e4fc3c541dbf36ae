package com.nokia.ci.tas.communicator.node;

import com.nokia.ci.tas.commons.model.Reason;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far a run is on this node. */
sealed interface Phase {
  /** Its workspace is being made. */
  record Preparing() implements Phase {}

  /**
   * Its artifacts come.
   *
   * @param files all that it needs, in the order in which they are asked for
   * @param begun how many of these were asked for so far
   * @param asked the files that were asked for and have not come, with how often each was
   * @param deadline when the next one has to be there
   */
  record Fetching(List<String> files, int begun, Map<String, Integer> asked, Instant deadline)
      implements Phase {
    public Fetching {
      // A copy of what is such a copy already costs nothing, however many files there are.
      files = List.copyOf(files);
      asked = Collections.unmodifiableMap(new LinkedHashMap<>(asked));
    }

    /** Nothing has been asked for. */
    static Fetching of(List<String> artifacts) {
      return new Fetching(artifacts, 0, Map.of(), Instant.MAX);
    }

    boolean isOver() {
      return begun == files.size() && asked.isEmpty();
    }

    /**
     * What is to be asked for now, so that no more than this number are on their way: many
     * together, once half of them have come, for each time costs as much as a small file.
     */
    List<String> next(int atOnce) {
      int more = asked.size() > atOnce / 2 ? 0 : atOnce - asked.size();
      return files.subList(begun, begun + Math.min(more, files.size() - begun));
    }

    /** These have been asked for. */
    Fetching asking(List<String> names) {
      var more = new LinkedHashMap<>(asked);
      names.forEach(name -> more.put(name, 1));
      return new Fetching(files, begun + names.size(), more, deadline);
    }

    /** The same within another time. */
    Fetching until(Instant newDeadline) {
      return new Fetching(files, begun, asked, newDeadline);
    }

    /** This one has come. */
    Fetching without(String name) {
      var rest = new LinkedHashMap<>(asked);
      rest.remove(name);
      return new Fetching(files, begun, rest, deadline);
    }

    /** This one is asked for once more, within the same time. */
    Fetching again(String name) {
      var more = new LinkedHashMap<>(asked);
      more.merge(name, 1, Integer::sum);
      return new Fetching(files, begun, more, deadline);
    }
  }

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
