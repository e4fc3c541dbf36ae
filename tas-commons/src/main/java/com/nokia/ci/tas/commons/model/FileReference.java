package com.nokia.ci.tas.commons.model;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that a message is about (guide, "File").
 *
 * @param name unchecked; use only after {@link SafeName} had nothing against it
 * @param path as sent; never used to find a file
 * @param size number of bytes, or {@link #UNKNOWN_SIZE}
 * @param sha256 digest of its bytes, 64 lower-case hexadecimal digits; empty when it is not known;
 *     anything else is dropped
 */
public record FileReference(String name, String path, long size, Optional<String> sha256) {
  /** The size of a file whose size is not known. */
  /** No file has this name: all that there is. */
  public static final String ALL = "**";

  public static final long UNKNOWN_SIZE = -1;

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  public FileReference {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(path, "path");
    size = Math.max(UNKNOWN_SIZE, size);
    sha256 = sha256.filter(digest -> DIGEST.matcher(digest).matches());
  }

  /** A file whose digest is not known. */
  public FileReference(String name, String path, long size) {
    this(name, path, size, Optional.empty());
  }

  /** A file by its name alone. */
  public static FileReference named(String name) {
    return new FileReference(name, "", UNKNOWN_SIZE);
  }

  /** The same with a known size. */
  public FileReference sized(long bytes) {
    return new FileReference(name, path, bytes, sha256);
  }

  /** The same with a known digest. */
  public FileReference digested(String digest) {
    return new FileReference(name, path, size, Optional.of(digest));
  }

  public boolean hasSize() {
    return size != UNKNOWN_SIZE;
  }
}
