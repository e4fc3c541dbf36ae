package com.nokia.ci.tas.fuzzing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the fuzzer prints is understood. */
final class FuzzFiguresTest {
  private static FuzzFigures of(String... lines) {
    return List.of(lines).stream()
        .reduce(FuzzFigures.NONE, FuzzFigures::after, (first, second) -> second);
  }

  @Test
  void theLastFiguresCount() {
    assertEquals(
        new FuzzFigures(30_000, 11, 22, 5),
        of(
            "INFO: Seed: 1",
            "#2\tINITED cov: 10 ft: 20 corp: 4/13b exec/s: 0 rss: 551Mb",
            "#12242\tNEW    cov: 11 ft: 22 corp: 5/17b lim: 122 exec/s: 0 rss: 551Mb L: 4/4",
            "== Java Exception: java.lang.IllegalStateException: x",
            "stat::number_of_executed_units: 30000",
            "stat::new_units_added:          4"));
  }

  @Test
  void aFuzzerThatSaysNothingHasDoneNothing() {
    assertEquals(FuzzFigures.NONE, of("Exception in thread main", "cov: 5"));
  }
}
