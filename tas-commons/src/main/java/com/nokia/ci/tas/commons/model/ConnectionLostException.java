package com.nokia.ci.tas.commons.model;

/** The connection went away before the outcome was known, or could not be made at all. */
public final class ConnectionLostException extends TasException {
  private static final long serialVersionUID = 1L;

  private final boolean neverMade;

  public ConnectionLostException(String message) {
    this(message, /* neverMade= */ false);
  }

  public ConnectionLostException(String message, Throwable cause) {
    super(message, cause);
    this.neverMade = false;
  }

  private ConnectionLostException(String message, boolean neverMade) {
    super(message);
    this.neverMade = neverMade;
  }

  /** There was no connection: the peer has seen nothing of what it was to be told. */
  public static ConnectionLostException neverMade(String message) {
    return new ConnectionLostException(message, /* neverMade= */ true);
  }

  /** Whether the peer has certainly seen nothing. */
  public boolean isNeverMade() {
    return neverMade;
  }
}
