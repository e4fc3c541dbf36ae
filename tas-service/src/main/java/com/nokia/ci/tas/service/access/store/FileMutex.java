package com.nokia.ci.tas.service.access.store;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets one program at a time change some files, whoever started it. The lock ends with the process
 * that holds it.
 */
final class FileMutex {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

  private final Path file;

  FileMutex(Path file) {
    this.file = file;
  }

  /** Something to do while nobody else does the like. */
  @FunctionalInterface
  interface Work<T> {
    T done() throws IOException;
  }

  /**
   * Waits for the others, then works.
   *
   * @throws SettingsException when one of them takes too long
   */
  <T> T holding(Work<T> work) throws IOException {
    try (var channel = PrivateFile.openLock(file)) {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!isTaken(channel)) {
        if (System.nanoTime() - deadline > 0) {
          throw new SettingsException(
              "another program has held %s for %d s; end it and try again"
                  .formatted(file, PATIENCE.toSeconds()));
        }
        LockSupport.parkNanos(PAUSE);
      }
      return work.done();
    }
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) { // another thread of this program has it
      return false;
    }
  }
}
