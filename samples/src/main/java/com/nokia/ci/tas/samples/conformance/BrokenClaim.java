package com.nokia.ci.tas.samples.conformance;

/** The peer did not do what the protocol says; the message is a sentence about what it did. */
final class BrokenClaim extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenClaim(String sentence) {
    super(sentence);
  }

  BrokenClaim(String sentence, Exception cause) {
    super(sentence, cause);
  }

  static void unless(boolean isSo, String sentence) {
    if (!isSo) {
      throw new BrokenClaim(sentence);
    }
  }
}
