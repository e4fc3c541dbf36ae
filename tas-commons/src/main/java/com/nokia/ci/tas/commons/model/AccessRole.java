package com.nokia.ci.tas.commons.model;

import java.util.Locale;
import java.util.Optional;

/**
 * What somebody may do on a farm or in a project. Each role may do all that the ones before it may.
 */
public enum AccessRole {
  /** See tests, products, nodes and their history. */
  VIEW,

  /** Start tests, and stop those of one's own. */
  SUBMIT,

  /** Disable, drain, free and note products and nodes; stop the tests of others. */
  OPERATE,

  /** Change settings, users, projects and keys. */
  ADMINISTER;

  /** The word used in files, on command lines and on pages. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this role may do what another one may. */
  public boolean includes(AccessRole wanted) {
    return compareTo(wanted) >= 0;
  }

  /** The one of two roles that may do less. */
  public AccessRole orLess(AccessRole other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** Reads the word, in any case; empty when it is none of ours. */
  public static Optional<AccessRole> of(String word) {
    String wanted = word.strip().toLowerCase(Locale.ROOT);
    for (var value : values()) {
      if (value.text().equals(wanted)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
