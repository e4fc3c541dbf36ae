package com.nokia.ci.tas.client.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much something matters to whoever started a test, the least first. */
public enum Level {
  /** What helps to find out why something went wrong. */
  DEBUG,
  /** What is happening, and what was asked for. */
  INFO,
  /** Something is wrong, and the test goes on all the same. */
  WARNING,
  /** What went wrong. */
  ERROR;

  /** The level of a word such as {@code warning}, in any case; empty when there is none. */
  public static Optional<Level> of(String word) {
    return Arrays.stream(values())
        .filter(it -> it.name().equals(word.strip().toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}
