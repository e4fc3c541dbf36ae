package com.nokia.ci.tas.service.access.keys;

import com.nokia.ci.tas.service.access.AccessKey;
import java.time.Duration;
import java.util.Objects;

/**
 * What key is wanted.
 *
 * @param kind what it is for
 * @param label what a person calls it; one line
 * @param grant what its holder may do
 * @param life how long it is good
 */
public record KeyOrder(AccessKey.Kind kind, String label, AccessKey.Grant grant, Duration life) {

  /** How long a key is good unless told otherwise. */
  public static final Duration USUAL_LIFE = Duration.ofDays(365);

  public KeyOrder {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(grant, "grant");
    Objects.requireNonNull(life, "life");
    if (label.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a label is one line");
    }
  }

  /** A key for a node. */
  public static KeyOrder node(String label) {
    return new KeyOrder(AccessKey.Kind.NODE, label, AccessKey.Grant.NONE, USUAL_LIFE);
  }
}
