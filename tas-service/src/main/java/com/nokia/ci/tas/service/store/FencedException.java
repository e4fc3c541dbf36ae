package com.nokia.ci.tas.service.store;

/** Another service leads the farm now; what this one was about to write is not written. */
public final class FencedException extends StoreException {
  private static final long serialVersionUID = 1L;

  public FencedException(String message) {
    super(message);
  }
}
