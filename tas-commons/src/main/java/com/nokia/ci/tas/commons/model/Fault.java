package com.nokia.ci.tas.commons.model;

import java.util.Locale;
import java.util.Optional;

/** Whose fault a failure is; decides whether a test is tried again and whose health suffers. */
public enum Fault {
  /** The test itself: its executor said so. */
  TEST("test"),
  /** Whoever issued the test: a wrong description, a stop, a time limit too short. */
  REQUESTER("requester"),
  /** A file that the issuer could not or would not deliver. */
  ARTIFACT("artifact"),
  /** A product that disappeared or misbehaves. */
  PRODUCT("product"),
  /** The test node: lost, full, broken. */
  NODE("node"),
  /** The farm as a whole: nothing suitable in time, shut down. */
  FARM("farm");

  private final String text;

  Fault(String text) {
    this.text = text;
  }

  /** The word used in messages and files. */
  public String text() {
    return text;
  }

  /** Reads the word, in any case; empty when it is none of ours. */
  public static Optional<Fault> of(String word) {
    String wanted = word.strip().toLowerCase(Locale.ROOT);
    for (var value : values()) {
      if (value.text.equals(wanted)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
