package com.nokia.ci.tas.commons.model;

import java.util.Locale;
import java.util.Optional;

/** What a test needs (guide, "Target"). */
public enum Target {
  /** Real products, which may be flashed. */
  FLASH("flash"),

  /** An emulation on the node; no products. */
  NOSE("nose");

  private final String text;

  Target(String text) {
    this.text = text;
  }

  /** The word used in messages and files. */
  public String text() {
    return text;
  }

  /** Reads the word, in any case; empty when it is none of ours. */
  public static Optional<Target> of(String word) {
    String wanted = word.strip().toLowerCase(Locale.ROOT);
    for (var value : values()) {
      if (value.text.equals(wanted)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
