package com.nokia.ci.tas.client.cli;

import com.nokia.ci.tas.commons.model.TasException;

/** Ends a command that cannot do what was asked: a sentence for a person, and its exit code. */
final class CommandRefusal extends TasException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  CommandRefusal(ExitCode code, String sentence) {
    super(sentence);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
