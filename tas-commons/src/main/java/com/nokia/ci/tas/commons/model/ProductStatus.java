package com.nokia.ci.tas.commons.model;

import java.util.Locale;
import java.util.Optional;

/** Whether a product can be reserved (guide, "Status" of a product). */
public enum ProductStatus {
  /** Can be reserved. */
  FREE("free"),

  /** Reserved; the status details name the test. */
  BUSY("busy"),

  /** Out of service; the status details say why. */
  DISABLED("disabled");

  private final String text;

  ProductStatus(String text) {
    this.text = text;
  }

  /** The word used in messages and files. */
  public String text() {
    return text;
  }

  /** Reads the word, in any case; empty when it is none of ours. */
  public static Optional<ProductStatus> of(String word) {
    String wanted = word.strip().toLowerCase(Locale.ROOT);
    for (var value : values()) {
      if (value.text.equals(wanted)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
