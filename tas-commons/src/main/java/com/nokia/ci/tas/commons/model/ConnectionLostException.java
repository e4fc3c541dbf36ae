package com.nokia.ci.tas.commons.model;

/** The connection went away before the outcome was known. */
public final class ConnectionLostException extends TasException {
  private static final long serialVersionUID = 1L;

  public ConnectionLostException(String message) {
    super(message);
  }

  public ConnectionLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
