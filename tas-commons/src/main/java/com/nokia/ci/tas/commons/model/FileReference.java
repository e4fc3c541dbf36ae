package com.nokia.ci.tas.commons.model;

import java.util.Objects;

/**
 * A file that a message is about (guide, "File").
 *
 * @param name unchecked; use only after {@link SafeName} had nothing against it
 * @param path as sent; never used to find a file
 * @param size number of bytes, or {@link #UNKNOWN_SIZE}
 */
public record FileReference(String name, String path, long size) {
  /** The size of a file whose size is not known. */
  public static final long UNKNOWN_SIZE = -1;

  public FileReference {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(path, "path");
    size = Math.max(UNKNOWN_SIZE, size);
  }

  /** A file by its name alone. */
  public static FileReference named(String name) {
    return new FileReference(name, "", UNKNOWN_SIZE);
  }

  /** The same with a known size. */
  public FileReference sized(long bytes) {
    return new FileReference(name, path, bytes);
  }

  public boolean hasSize() {
    return size != UNKNOWN_SIZE;
  }
}
