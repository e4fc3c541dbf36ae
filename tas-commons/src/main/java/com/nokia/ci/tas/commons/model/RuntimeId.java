package com.nokia.ci.tas.commons.model;

import java.util.Objects;

/**
 * The name of a test, or of one of its sub-tests, as the node and the product see it: the id
 * directly followed by the sub-id (guide, "Test execution flow" 3.1).
 *
 * @param test id of the whole test
 * @param subId empty for a whole test, else {@code _1}, {@code _2} …
 */
public record RuntimeId(TestId test, String subId) implements Comparable<RuntimeId> {
  public RuntimeId {
    Objects.requireNonNull(test, "test");
    Objects.requireNonNull(subId, "subId");
  }

  /** The runtime id of a test that is not split. */
  public static RuntimeId of(String id) {
    return new RuntimeId(new TestId(id), "");
  }

  /** Id and sub-id joined: the name of the workspace and the status details of a busy product. */
  public String text() {
    return test.value() + subId;
  }

  @Override
  public int compareTo(RuntimeId other) {
    int order = test.compareTo(other.test);
    return order != 0 ? order : subId.compareTo(other.subId);
  }

  @Override
  public String toString() {
    return text();
  }
}
