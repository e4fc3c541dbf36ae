package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.session.ResetCode;

/** The peer understood and declined: its sentence is in the message. Trying again does not help. */
public final class RefusedException extends TasException {
  private static final long serialVersionUID = 1L;

  private final ResetCode code;

  public RefusedException(String message) {
    this(ResetCode.NOT_WANTED, message);
  }

  RefusedException(ResetCode code, String message) {
    super(message);
    this.code = code;
  }

  /** For a file on a session, how the peer put it. */
  public ResetCode code() {
    return code;
  }
}
