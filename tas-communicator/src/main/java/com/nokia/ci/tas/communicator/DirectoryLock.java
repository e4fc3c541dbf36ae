package com.nokia.ci.tas.communicator;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second communicator out of a directory: it would delete the workspaces of the first and
 * end its executors.
 */
final class DirectoryLock implements AutoCloseable {
  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws SettingsException when another communicator holds the directory
   */
  static DirectoryLock of(Path directory) {
    Path file = directory.resolve(".communicator.lock");
    try {
      Files.createDirectories(directory);
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        channel.close();
        throw new SettingsException(
            "another communicator runs in "
                + directory.toAbsolutePath()
                + "; start this one in a directory of its own");
      }
      return new DirectoryLock(channel);
    } catch (IOException e) {
      throw new SettingsException("the file " + file + " cannot be used: " + e, e);
    }
  }

  /** The lock goes with the channel, and with the process. */
  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null && lock.isValid();
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
