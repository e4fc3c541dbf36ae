package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Names of runs are equal and ordered as their texts are, however they are put together. */
final class RuntimeIdTest {
  private static final List<RuntimeId> NAMES =
      List.of(
          RuntimeId.of("a"),
          RuntimeId.of("a_1"),
          RuntimeId.part(new TestId("a"), 1),
          RuntimeId.part(new TestId("a"), 12),
          RuntimeId.of("a_"),
          new RuntimeId(new TestId("a_"), "1"),
          RuntimeId.part(new TestId("a_1"), 2),
          RuntimeId.of("ä"),
          RuntimeId.of("b"));

  @Test
  void twoNamesCompareAsTheirTextsDo() {
    for (var one : NAMES) {
      for (var other : NAMES) {
        String both = one + " and " + other;
        int order = Integer.signum(one.text().compareTo(other.text()));
        assertEquals(order, Integer.signum(one.compareTo(other)), both);
        assertEquals(order == 0, one.equals(other), both);
        assertEquals(one.text().hashCode(), one.hashCode(), both);
      }
    }
  }
}
