package com.nokia.ci.tas.ciproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may read from a terminal, by what the kernel says of a process. */
final class TerminalTest {

  @ParameterizedTest
  @CsvSource({
    "42 (java) S 1 42 42 34816 42 4194304, true",
    "42 (java) S 1 42 41 34816 41 4194304, false",
    "42 (ja) va) S 1 42 41 34816 41 4194304, false",
    "42 (java) S 1 42 42 0 -1 4194304, true",
    "42 (java) S, true",
  })
  void onlyTheBackgroundOfATerminalMayNot(String status, boolean ours) {
    assertEquals(ours, Terminal.isForeground(status));
  }
}
