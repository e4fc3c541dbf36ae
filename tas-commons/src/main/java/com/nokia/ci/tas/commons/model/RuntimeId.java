package com.nokia.ci.tas.commons.model;

import java.util.Objects;

/**
 * The name of a test, or of one of its sub-tests, as the node and the product see it: the id
 * directly followed by the sub-id (guide, "Test execution flow" 3.1).
 *
 * <p>Nodes know the joined text alone. So two runtime ids are the same, and in the same place, when
 * their texts are: sub-test {@code _1} of {@code nightly} cannot be told from a test {@code
 * nightly_1}.
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
    return whole(new TestId(id));
  }

  /** The runtime id of a test that is not split. */
  public static RuntimeId whole(TestId id) {
    return new RuntimeId(id, "");
  }

  /**
   * The runtime id of a sub-test.
   *
   * @param number counts from 1
   */
  public static RuntimeId part(TestId id, int number) {
    return new RuntimeId(id, "_" + number);
  }

  /** Whether this names a test, not a sub-test. */
  public boolean isWhole() {
    return subId.isEmpty();
  }

  /** Id and sub-id joined: the name of the workspace and the status details of a busy product. */
  public String text() {
    return isWhole() ? test.value() : test.value() + subId;
  }

  @Override
  public int compareTo(RuntimeId other) {
    if (isWhole() && other.isWhole()) {
      return test.value().compareTo(other.test.value());
    }
    int common = Math.min(length(), other.length());
    for (int i = 0; i < common; i++) {
      int order = Character.compare(at(i), other.at(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(length(), other.length());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuntimeId it && compareTo(it) == 0;
  }

  @Override
  public int hashCode() {
    int hash = test.value().hashCode();
    for (int i = 0; i < subId.length(); i++) {
      hash = 31 * hash + subId.charAt(i); // that of the text
    }
    return hash;
  }

  /** Ids are compared far too often to join their texts each time. */
  private int length() {
    return test.value().length() + subId.length();
  }

  private char at(int place) {
    int whole = test.value().length();
    return place < whole ? test.value().charAt(place) : subId.charAt(place - whole);
  }

  @Override
  public String toString() {
    return text();
  }
}
