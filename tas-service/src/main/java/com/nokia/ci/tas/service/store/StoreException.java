package com.nokia.ci.tas.service.store;

import com.nokia.ci.tas.commons.model.TasException;

/**
 * The store cannot do what it is for: the disk is full, the database is away, a file is damaged.
 * The message is one sentence for a person, with the remedy.
 *
 * <p>What was to be written may or may not be there. A service that gets this stops: whatever was
 * not acknowledged was not let out either.
 */
public class StoreException extends TasException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
