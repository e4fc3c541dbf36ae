package com.nokia.ci.tas.commons.model;

import java.util.Locale;
import java.util.Optional;

/** How far a test is (guide, "Status" of a test). */
public enum TestStatus {
  /** Not yet seen by a service. */
  UNKNOWN("unknown"),

  /** Accepted; waiting for products or a node. */
  PENDING("pending"),

  /** Its executor runs. */
  STARTED("started"),

  /** Ended because its issuer asked for it. */
  STOPPED("stopped"),

  /** Executed, and its results delivered. */
  FINISHED("finished"),

  /** Not executed to its end; the status details say why. */
  FAILED("failed");

  private final String text;

  TestStatus(String text) {
    this.text = text;
  }

  /** The word used in messages and files. */
  public String text() {
    return text;
  }

  /** Reads the word, in any case; empty when it is none of ours. */
  public static Optional<TestStatus> of(String word) {
    String wanted = word.strip().toLowerCase(Locale.ROOT);
    for (var value : values()) {
      if (value.text.equals(wanted)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
