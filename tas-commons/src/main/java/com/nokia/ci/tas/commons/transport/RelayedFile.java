package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.FileReference;

/**
 * A file that comes from one peer and goes to another as it comes.
 *
 * @param pipe what its bytes come through
 * @param file as the peer that sends it announced it
 */
record RelayedFile(FilePipe pipe, FileReference file) implements FileSource {

  @Override
  public String toString() {
    return "the file that is passed on";
  }
}
