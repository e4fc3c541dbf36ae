package com.nokia.ci.tas.communicator.artifact;

import java.io.File;
import java.nio.file.Path;

/**
 * How much an {@link ArtifactCache} keeps of what no run uses.
 *
 * @param bytes of all files together
 * @param files their number
 * @param links from which size on a file is linked into workspaces where it cannot be cloned;
 *     smaller ones are copied
 */
public record CacheLimits(long bytes, int files, long links) {
  /** Linked rather than copied from 16 MiB on, unless told otherwise. */
  public static final long LINKED_FROM = 16L << 20;

  private static final int MOST_FILES = 200_000;
  private static final long MOST_BYTES = 50L << 30;

  public CacheLimits {
    if (bytes < 0 || files < 0 || links < 0) {
      throw new IllegalArgumentException(bytes + " bytes, " + files + " files, " + links);
    }
  }

  /** So many bytes. */
  public static CacheLimits of(long bytes) {
    return new CacheLimits(bytes, MOST_FILES, LINKED_FROM);
  }

  /** What suits the disk of a directory: a quarter of what is free, and 50 GiB at most. */
  public static CacheLimits suiting(Path directory) {
    File existing = directory.toAbsolutePath().toFile();
    while (!existing.exists() && existing.getParentFile() != null) {
      existing = existing.getParentFile();
    }
    return of(Math.min(MOST_BYTES, existing.getUsableSpace() / 4));
  }

  /** The same, where no file is linked. */
  public CacheLimits withoutLinks() {
    return new CacheLimits(bytes, files, Long.MAX_VALUE);
  }

  /** The same, linking files from this size on. */
  public CacheLimits linkingFrom(long size) {
    return new CacheLimits(bytes, files, size);
  }
}
