package com.nokia.ci.tas.commons.session;

import com.nokia.ci.tas.commons.model.TasException;

/**
 * The peer sent a frame that may not be skipped and that nobody knows here: the two cannot go on
 * with their session.
 */
public final class UnknownFrameException extends TasException {
  private static final long serialVersionUID = 1L;

  UnknownFrameException(int code) {
    super("a frame of the unknown type " + code + " came in");
  }
}
