package com.nokia.ci.tas.communicator.local;

/**
 * How a local run has ended.
 *
 * @param kind what the process says to the one that started it
 * @param sentence why; empty for a test that finished
 */
record Ending(Kind kind, String sentence) {
  static final Ending FINISHED = new Ending(Kind.FINISHED, "");

  /** The exit codes, which are those of the client's {@code start}. */
  enum Kind {
    FINISHED(0),
    FAILED(1),
    WRONG_USAGE(2),
    REFUSED(3),
    INFRASTRUCTURE(5),
    INTERRUPTED(130);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }

  static Ending failed(String sentence) {
    return new Ending(Kind.FAILED, sentence);
  }

  boolean isFinished() {
    return kind == Kind.FINISHED;
  }
}
