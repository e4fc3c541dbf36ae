package com.nokia.ci.tas.communicator.execution;

import java.nio.file.Path;
import java.util.Optional;

/** The output of an executor as it can be read from a file, that still grows or does no more. */
interface OutputSource {
  /** The file that has it. */
  Path file();

  /** How many bytes of the file may be read. */
  long length();

  /** Whether nothing more comes. */
  boolean isEnded();

  /** What the file does not say of itself. */
  Optional<String> missing();

  /**
   * Waits until the file is longer than this, has ended, or the time is over.
   *
   * @param nanos how long; {@code Long.MAX_VALUE}: for ever
   */
  void awaitBeyond(long position, long nanos) throws InterruptedException;
}
