package com.nokia.ci.tas.commons.model;

import java.util.Objects;

/**
 * The name an issuer gave to a test (guide, "Id"). It is taken from the wire as it came; {@link
 * SafeName} tells whether it may be used as the name of a file or a directory.
 *
 * @param value may be empty or unsafe until checked
 */
public record TestId(String value) implements Comparable<TestId> {
  public TestId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public int compareTo(TestId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
