package com.nokia.ci.tas.commons.model;

import java.util.Objects;

/**
 * The name of an access key of a farm: what one key file or token is known by. It is no secret.
 *
 * @param value may be unsafe until checked with {@link SafeName}
 */
public record KeyId(String value) implements Comparable<KeyId> {
  public KeyId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public int compareTo(KeyId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
