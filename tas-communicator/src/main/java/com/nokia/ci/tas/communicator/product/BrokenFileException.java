package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.TasException;

/** A product file cannot be understood; the message says where and why, without its name. */
final class BrokenFileException extends TasException {
  private static final long serialVersionUID = 1L;

  BrokenFileException(String sentence) {
    super(sentence);
  }

  BrokenFileException(int line, int column, String sentence) {
    super("line " + line + ", column " + column + ": " + sentence);
  }
}
