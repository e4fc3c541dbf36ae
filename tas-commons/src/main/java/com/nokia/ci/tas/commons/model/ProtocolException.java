package com.nokia.ci.tas.commons.model;

/**
 * The peer broke the contract: its connection is closed, and the sentence says what it should have
 * sent.
 */
public final class ProtocolException extends TasException {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }

  public ProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
