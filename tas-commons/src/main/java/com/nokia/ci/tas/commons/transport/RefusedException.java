package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.TasException;

/** The peer understood and declined: its sentence is in the message. Trying again does not help. */
public final class RefusedException extends TasException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }
}
