package com.nokia.ci.tas.commons.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a person has edited a file, whether the editor writes it in place or renames a new one
 * over it (guide: settings are taken into use without a restart).
 *
 * <p>Looks at size, time and identity of the file every half second, which costs one system call
 * and works on every file system, network mounts included. A change is told once the file has been
 * still for one look, so that a half-written file is not read. A file that is gone is no change.
 * Start the watch before reading the file, so that no edit falls between. One thread looks at the
 * files of all watches of a program, for to wake up costs more than to look, and calls the
 * listeners, one call after another: they must not wait.
 */
public final class FileWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
  private static final Duration PERIOD = Duration.ofMillis(500);

  /** All that are open, which the thread waits for. */
  private static final Set<FileWatch> OPEN = new LinkedHashSet<>();

  static {
    var thread = new Thread(FileWatch::lookAgainAndAgain, "tas-file-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private final Path path;
  private final Runnable listener;
  private Optional<State> told;
  private Optional<State> lastSeen;

  private record State(long size, FileTime time, String identity) {}

  /** A watch that looks when told to; the file as it is now is no change. */
  FileWatch(Path path, Runnable listener) {
    this.path = path;
    this.listener = listener;
    this.told = state();
    this.lastSeen = told;
  }

  /** Begins to watch; changes from now on are told. */
  public static FileWatch start(Path path, Runnable listener) {
    var watch = new FileWatch(path, listener);
    synchronized (OPEN) {
      OPEN.add(watch);
      OPEN.notifyAll();
    }
    return watch;
  }

  private static void lookAgainAndAgain() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(PERIOD.toMillis());
        open().forEach(FileWatch::look);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until there is one. */
  private static List<FileWatch> open() throws InterruptedException {
    synchronized (OPEN) {
      while (OPEN.isEmpty()) {
        OPEN.wait();
      }
      return List.copyOf(OPEN);
    }
  }

  /** Looks once. A listener that throws is reported and called again at the next change. */
  void look() {
    Optional<State> now = state();
    boolean still = now.equals(lastSeen);
    lastSeen = now;
    if (now.isEmpty() || !still || now.equals(told)) {
      return;
    }
    told = now;
    try {
      listener.run();
    } catch (RuntimeException e) {
      LOG.atError().addKeyValue("file", path).setCause(e).log("edited file could not be taken up");
    }
  }

  /** Ends the watch; a call of the listener that is under way is let finish. */
  @Override
  public void close() {
    synchronized (OPEN) {
      OPEN.remove(this);
    }
  }

  private Optional<State> state() {
    if (!path.toFile().exists()) {
      return Optional.empty(); // most often, and an exception costs ten times as much
    }
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(
          new State(
              attributes.size(),
              attributes.lastModifiedTime(),
              String.valueOf(attributes.fileKey())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("file", path).setCause(e).log("file cannot be looked at");
      return Optional.empty();
    }
  }
}
