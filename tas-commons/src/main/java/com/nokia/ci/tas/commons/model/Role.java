package com.nokia.ci.tas.commons.model;

import java.util.Locale;
import java.util.Optional;

/** What a product may be used for (guide, "Role"). */
public enum Role {
  /** May be flashed; what a test gets unless it asks for another role. */
  MAIN("main"),

  /** May be flashed; the other party of a communication test. */
  REMOTE("remote"),

  /** Must not be flashed. */
  REFERENCE("reference");

  private final String text;

  Role(String text) {
    this.text = text;
  }

  /** The word used in messages and files. */
  public String text() {
    return text;
  }

  /** Reads the word, in any case; empty when it is none of ours. */
  public static Optional<Role> of(String word) {
    String wanted = word.strip().toLowerCase(Locale.ROOT);
    for (var value : values()) {
      if (value.text.equals(wanted)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
