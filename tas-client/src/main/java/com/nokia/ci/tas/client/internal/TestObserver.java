package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.Test;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who is told about one test, and asked for its files. Calls for one test come one after another;
 * nothing comes after {@link #ended}. All tests are copies. What a method throws is logged and
 * changes nothing.
 */
public interface TestObserver {

  /** The service has taken the test; not called when the first that is heard is a start. */
  default void accepted(Test test) {}

  /** A node runs it, or a part of it. */
  void started(Test test);

  /**
   * The same, by those who want to know which attempt it is.
   *
   * @param attempt from 1; 0 when nobody says
   */
  default void started(Test test, int attempt) {
    started(test);
  }

  /** It is not started yet, and the service says what is being done or waited for. */
  default void waiting(Test test, String details) {}

  /** The service has something to say about it: one or more lines. */
  default void remarked(Test test, String text) {
    said(test, text);
  }

  /**
   * A node has one of its artifacts.
   *
   * @param part of the test, or all of it; no copy of the test, for there may be thousands of files
   */
  default void delivered(RuntimeId part, String name) {}

  /** A results file has arrived complete where {@link #create}, or the workspace, has put it. */
  default void received(RuntimeId part, String name) {}

  /**
   * A file of it that is longer than a megabyte has got on; {@link #delivered} or {@link #received}
   * follows.
   */
  default void transferring(RuntimeId part, Transfer transfer) {}

  /**
   * How far a file is.
   *
   * @param name of the file
   * @param isResults whether it comes from a node; else it goes to one
   * @param bytes that are over
   * @param total of the file; negative when nobody knows
   */
  record Transfer(String name, boolean isResults, long bytes, long total) {
    Transfer at(long now) {
      return new Transfer(name, isResults, now, total);
    }
  }

  /** Somebody says something about it: one or more lines without a final line feed. */
  void said(Test test, String text);

  /** Something that concerns it has happened to the service or the network: one sentence. */
  default void noted(Test test, String sentence) {
    said(test, sentence);
  }

  /** It is over. */
  void ended(Test test, Ending outcome);

  /** A stream of an artifact's bytes; empty: the file in that directory. */
  default Optional<InputStream> read(String directory, String name) throws IOException {
    return Optional.empty();
  }

  /**
   * The directory that gets files for which {@link #create} has no stream; the workspace, if
   * nothing else is said.
   */
  default Path resultsDirectory(String workspace) {
    return Path.of(workspace);
  }

  /**
   * Whether {@link #read} may have a stream: then nobody knows what an artifact is before it is
   * sent.
   */
  default boolean mayStream() {
    return false;
  }

  /** Where a file from a node goes; empty: the file in that directory. */
  default Optional<OutputStream> create(String directory, String name) throws IOException {
    return Optional.empty();
  }
}
