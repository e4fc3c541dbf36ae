package com.nokia.ci.tas.commons.model;

import java.util.Objects;

/**
 * The name of a person who may log in.
 *
 * @param value may be unsafe until checked with {@link SafeName}
 */
public record UserId(String value) implements Comparable<UserId> {
  public UserId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public int compareTo(UserId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
