package com.nokia.ci.tas.commons.model;

/**
 * The root of the exceptions this project throws on purpose; its message is a sentence for a
 * person.
 */
public class TasException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TasException(String message) {
    super(message);
  }

  public TasException(String message, Throwable cause) {
    super(message, cause);
  }
}
