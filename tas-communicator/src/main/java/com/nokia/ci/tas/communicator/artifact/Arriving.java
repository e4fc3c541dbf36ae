package com.nokia.ci.tas.communicator.artifact;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.RuntimeId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the artifacts of runs arrive before they are part of the cache: a directory for each run,
 * so that what broke off can go on as long as the run wants it, and no longer.
 */
final class Arriving {
  /** Of the directory in that of the cache. */
  static final String NAME = ".arriving";

  private static final Logger LOG = LoggerFactory.getLogger(Arriving.class);

  private final Path directory;

  Arriving(Path cache) {
    this.directory = cache.resolve(NAME);
  }

  /**
   * The place of a file.
   *
   * @param run checked to be the name of a directory
   * @param name checked to be the name of a file
   */
  Path place(RuntimeId run, String name) throws IOException {
    return Files.createDirectories(directory.resolve(run.text())).resolve(name);
  }

  /** The place of a file that comes from another node, for whatever runs want it. */
  Path loan(ContentDigest digest) throws IOException {
    // No run has such a name: it ends with a dot.
    return Files.createDirectories(directory.resolve("loans.")).resolve(digest.text());
  }

  /** A file that was on its way when its run was closed will not come. */
  void leave(RuntimeId run, String name) {
    Path place = directory.resolve(run.text());
    try {
      Files.deleteIfExists(place.resolve(name));
      Files.deleteIfExists(place);
    } catch (DirectoryNotEmptyException e) {
      LOG.atTrace().addKeyValue("directory", place).log("others arrive there");
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("directory", place).setCause(e).log("it is deleted at the start");
    }
  }

  /** Nothing more arrives for a run. */
  void close(RuntimeId run) {
    Path place = directory.resolve(run.text());
    try {
      FlatDirectory.delete(place);
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("directory", place).setCause(e).log("it is deleted at the start");
    }
  }
}
