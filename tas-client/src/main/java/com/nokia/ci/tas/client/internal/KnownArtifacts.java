package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.model.LargeArtifact;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.DigestBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the large artifacts of a test before it starts, from having sent them before.
 * Nothing is read for it, so that no start waits for it.
 */
final class KnownArtifacts {
  private static final int MOST_LOOKED_AT = 1_000;

  private final DigestBook digests;

  KnownArtifacts(DigestBook digests) {
    this.digests = digests;
  }

  /** Those whose digests are known. */
  List<LargeArtifact> of(TestDescription test) {
    try {
      Path workspace = Path.of(test.origin().workspacePath());
      return test.execution().artifacts().stream()
          .limit(MOST_LOOKED_AT)
          .flatMap(name -> known(workspace.resolve(name)).stream())
          .limit(LargeArtifact.MOST)
          .toList();
    } catch (InvalidPathException e) {
      return List.of();
    }
  }

  private Optional<LargeArtifact> known(Path file) {
    return digests
        .known(file)
        .flatMap(digest -> size(file).map(size -> new LargeArtifact(digest, size)));
  }

  private static Optional<Long> size(Path file) {
    try {
      return Optional.of(Files.size(file)).filter(size -> size >= LargeArtifact.SMALLEST);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
