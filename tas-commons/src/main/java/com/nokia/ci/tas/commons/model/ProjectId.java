package com.nokia.ci.tas.commons.model;

import java.util.Objects;

/**
 * The name of a project, which owns tests, variables and rights.
 *
 * @param value may be unsafe until checked with {@link SafeName}
 */
public record ProjectId(String value) implements Comparable<ProjectId> {
  public ProjectId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public int compareTo(ProjectId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
