package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.Endpoint;
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

  /**
   * The bytes go to another peer as they come, at the speed of the slower side, and are not stored
   * (docs/session.md, section 7). What the other peer answers is the answer. While it is away and
   * its session is kept, the file waits; a sender without a session may lose its patience then.
   *
   * @param to whom, over a session if there is one, else over a connection of its own
   * @param as what announces the file there; size and digest are taken from the put that came in
   */
  static FileAnswer relay(Endpoint to, FileOperation as) {
    return new Relayed(to, as);
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

  /** The file is for somebody else. */
  record Relayed(Endpoint to, FileOperation as) implements FileAnswer {
    public Relayed {
      Objects.requireNonNull(to, "to");
      Objects.requireNonNull(as, "as");
    }
  }
}
