package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.TasException;

/** What a {@link FileSink} throws when nobody wants its file any more: not a failure of a disk. */
public final class NoInterestException extends TasException {
  private static final long serialVersionUID = 1L;

  public NoInterestException(String message) {
    super(message);
  }
}
