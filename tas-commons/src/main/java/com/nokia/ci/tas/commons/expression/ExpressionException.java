package com.nokia.ci.tas.commons.expression;

import com.nokia.ci.tas.commons.model.TasException;

/**
 * What is asked cannot be understood. The message is a sentence for the issuer of the test: where,
 * what is wrong, and what to write instead. Values of PIN, PUK and security codes are not in it.
 */
public final class ExpressionException extends TasException {
  private static final long serialVersionUID = 1L;

  private final int position;
  private final String expected;

  ExpressionException(int position, String problem, String expected) {
    super(
        "required-products expression, position "
            + position
            + ": "
            + problem
            + "; expected "
            + expected);
    this.position = position;
    this.expected = expected;
  }

  private ExpressionException(String sentence, String expected) {
    super(sentence);
    this.position = 0;
    this.expected = expected;
  }

  static ExpressionException inList(int product, String problem, String expected) {
    return new ExpressionException(
        "required product " + product + ": " + problem + "; expected " + expected, expected);
  }

  /** The character at which it goes wrong, from 1; 0 when a list of products is at fault. */
  public int position() {
    return position;
  }

  /** What should have been there. */
  public String expected() {
    return expected;
  }
}
