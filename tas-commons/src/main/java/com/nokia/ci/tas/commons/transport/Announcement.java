package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.TasException;
import java.util.Optional;

/** What is said of a file before its bytes follow. */
final class Announcement {
  private Announcement() {}

  /**
   * The file with what was found out of it.
   *
   * @param file as the caller described it
   * @param size found, or {@link FileReference#UNKNOWN_SIZE}
   * @param sha256 found, if it was
   * @throws TasException when something else was said
   */
  static FileReference of(FileReference file, long size, Optional<String> sha256) {
    boolean hasSize = size != FileReference.UNKNOWN_SIZE;
    if (file.hasSize() && hasSize && file.size() != size) {
      throw new TasException(
          "file " + file.name() + " has " + size + " bytes, " + file.size() + " are announced");
    }
    if (sha256.isPresent() && file.sha256().isPresent() && !file.sha256().equals(sha256)) {
      throw new TasException("file " + file.name() + " has another SHA-256 than was announced");
    }
    FileReference sized = hasSize ? file.sized(size) : file;
    return sha256.map(sized::digested).orElse(sized);
  }
}
