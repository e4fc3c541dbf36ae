package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results of runs whose workspace is gone, kept for a client that asks for them once more because
 * they did not arrive whole. Safe for use by several threads.
 */
public final class KeptResults {
  private static final Logger LOG = LoggerFactory.getLogger(KeptResults.class);

  private final Path directory;
  private final Duration keeping;
  private final ScheduledExecutorService timer;
  private final ConcurrentHashMap<String, Kept> files = new ConcurrentHashMap<>();

  /**
   * A file that is kept.
   *
   * @param file its bytes
   * @param client whom it is for
   */
  public record Kept(Path file, Endpoint client) {}

  /**
   * @param workspaces where a directory for them is made, on the same disk as the originals
   * @param keeping how long each is kept
   */
  public KeptResults(Path workspaces, Duration keeping, ScheduledExecutorService timer) {
    this.directory = workspaces.resolve(".results-" + UUID.randomUUID());
    this.keeping = keeping;
    this.timer = timer;
  }

  /** Name of the directory among the workspaces. */
  public String directoryName() {
    return directory.getFileName().toString();
  }

  /**
   * Keeps a file under the name by which clients know it.
   *
   * @param file stays where it is
   * @param client whom it is for
   */
  public void keep(RuntimeId test, String name, Path file, Endpoint client) {
    var kept = new Kept(directory.resolve(UUID.randomUUID().toString()), client);
    try {
      Files.createDirectories(directory);
      // A second name for the same bytes; where the disk has no such thing nothing is kept.
      Files.createLink(kept.file(), file);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.atDebug().addKeyValue("file", file).setCause(e).log("results not kept");
      return;
    }
    var former = files.put(key(test, name), kept);
    if (former != null) {
      delete(former.file());
    }
    var unused =
        timer.schedule(
            () -> {
              files.remove(key(test, name), kept);
              delete(kept.file());
            },
            keeping.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Runs something when what was kept so far is not kept any more. */
  public void whenOver(Runnable task) {
    var unused = timer.schedule(task, keeping.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A file that was kept. */
  public Optional<Kept> find(RuntimeId test, String name) {
    return Optional.ofNullable(files.get(key(test, name)));
  }

  private static String key(RuntimeId test, String name) {
    return test.text() + "/" + name;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", file).setCause(e).log("kept results not deleted");
    }
  }
}
