package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.FileReference;

/** The small files that are sent on a session without waiting to be asked for. */
final class Early {
  /** The largest of them. */
  static final int LARGEST = 65_536;

  private Early() {}

  static boolean comesEarly(FileReference file) {
    return comesEarly(file.size());
  }

  /** The same for a size, which may be {@link FileReference#UNKNOWN_SIZE}. */
  static boolean comesEarly(long size) {
    return size != FileReference.UNKNOWN_SIZE && size <= LARGEST;
  }
}
