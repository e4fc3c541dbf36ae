package com.nokia.ci.tas.commons.transport;

import java.util.Objects;

/** What becomes of a file that a peer wants to put. */
public sealed interface FileAnswer {

  /** The bytes go here. */
  static FileAnswer accept(FileSink sink) {
    return new Accepted(sink);
  }

  /** The bytes are not read; the peer is told this sentence and the connection closed. */
  static FileAnswer refuse(String sentence) {
    return new Refused(sentence);
  }

  /** The file is wanted. */
  record Accepted(FileSink sink) implements FileAnswer {
    public Accepted {
      Objects.requireNonNull(sink, "sink");
    }
  }

  /** The file is not wanted. */
  record Refused(String sentence) implements FileAnswer {
    public Refused {
      Objects.requireNonNull(sentence, "sentence");
    }
  }
}
