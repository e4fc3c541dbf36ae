package com.nokia.ci.tas.communicator.execution;

import com.nokia.ci.tas.commons.model.TasException;

/**
 * A run cannot be prepared or started on this node; the message is the sentence its issuer gets.
 */
public final class ExecutionException extends TasException {
  private static final long serialVersionUID = 1L;

  public ExecutionException(String message) {
    super(message);
  }

  public ExecutionException(String message, Throwable cause) {
    super(message, cause);
  }
}
