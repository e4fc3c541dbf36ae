package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.DigestBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the large artifacts of a test are, told to the service with its start: by that it chooses a
 * node that has them, and names nodes to others that may have them from there. What was sent before
 * is known; the rest is read, and the start waits a little for that.
 */
final class KnownArtifacts {
  /** A start waits no longer than this; what is read later is told with the file. */
  static final Duration LIMIT = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(KnownArtifacts.class);
  private static final int MOST_LOOKED_AT = 1_000;

  private final DigestBook digests;
  private final Executor readers;

  /**
   * @param readers read files; few threads are enough for a disk
   */
  KnownArtifacts(DigestBook digests, Executor readers) {
    this.digests = digests;
    this.readers = readers;
  }

  /** A large file in the workspace of a test. */
  private record Large(String name, Path file, long size) {}

  /**
   * Those of a test; complete already where there is nothing to read.
   *
   * @param mayStream whether something else than the files may be sent: then no more is told than
   *     what was sent before, as a hint without names
   */
  CompletableFuture<List<LargeArtifact>> of(TestDescription test, boolean mayStream) {
    var large = large(test);
    var known = known(large);
    if (mayStream) {
      return CompletableFuture.completedFuture(
          known.stream().map(it -> new LargeArtifact(it.digest(), it.size())).toList());
    }
    if (known.size() == large.size()) {
      return CompletableFuture.completedFuture(known);
    }
    return CompletableFuture.supplyAsync(() -> read(large), readers)
        .completeOnTimeout(known, LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> known);
  }

  private static List<Large> large(TestDescription test) {
    try {
      Path workspace = Path.of(test.origin().workspacePath());
      return test.execution().artifacts().stream()
          .limit(MOST_LOOKED_AT)
          .flatMap(name -> large(name, workspace.resolve(name)).stream())
          .limit(LargeArtifact.MOST)
          .toList();
    } catch (InvalidPathException e) {
      return List.of();
    }
  }

  private static Optional<Large> large(String name, Path file) {
    try {
      long size = Files.isRegularFile(file) ? Files.size(file) : 0;
      return size >= LargeArtifact.SMALLEST
          ? Optional.of(new Large(name, file, size))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private List<LargeArtifact> known(List<Large> files) {
    return files.stream()
        .flatMap(it -> digests.known(it.file()).map(digest -> artifact(it, digest)).stream())
        .toList();
  }

  private List<LargeArtifact> read(List<Large> files) {
    return files.stream().flatMap(it -> read(it).stream()).toList();
  }

  private Optional<LargeArtifact> read(Large large) {
    try {
      return Optional.of(artifact(large, digests.of(large.file())));
    } catch (IOException e) {
      LOG.atDebug().addKeyValue("file", large.file()).setCause(e).log("digest not taken");
      return Optional.empty();
    }
  }

  private static LargeArtifact artifact(Large large, ContentDigest digest) {
    return new LargeArtifact(digest, large.size(), large.name());
  }
}
