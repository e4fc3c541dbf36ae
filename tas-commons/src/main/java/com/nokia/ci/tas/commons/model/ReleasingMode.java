package com.nokia.ci.tas.commons.model;

import java.util.Locale;
import java.util.Optional;

/** Who gives reserved products back after a test (guide, "Product releasing mode"). */
public enum ReleasingMode {
  /** The service, at the end of the test. */
  AUTOMATIC("automatic"),

  /** The issuer, after a test that finished; the service after one that did not. */
  MANUAL("manual");

  private final String text;

  ReleasingMode(String text) {
    this.text = text;
  }

  /** The word used in messages and files. */
  public String text() {
    return text;
  }

  /** Reads the word, in any case; empty when it is none of ours. */
  public static Optional<ReleasingMode> of(String word) {
    String wanted = word.strip().toLowerCase(Locale.ROOT);
    for (var value : values()) {
      if (value.text.equals(wanted)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
