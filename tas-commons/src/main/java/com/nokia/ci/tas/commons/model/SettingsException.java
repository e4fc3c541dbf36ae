package com.nokia.ci.tas.commons.model;

/**
 * A program cannot start with these settings; the sentence names the file or argument, the key and
 * the value.
 */
public final class SettingsException extends TasException {
  private static final long serialVersionUID = 1L;

  public SettingsException(String message) {
    super(message);
  }

  public SettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
