package com.nokia.ci.tas.service.http.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT0.9S, 0 s",
    "PT-5S, 0 s",
    "PT59S, 59 s",
    "PT60S, 1 min",
    "PT5M7S, 5 min 7 s",
    "PT1H, 1 h",
    "PT1H0M9S, 1 h 9 s",
    "PT5H59M59S, 5 h 59 min",
    "P2DT3H4M, 2 d 3 h"
  })
  void aDurationIsSaidByItsTwoLargestUnits(Duration duration, String said) {
    assertEquals(said, Words.duration(duration));
  }

  @ParameterizedTest
  @CsvSource({"0, 0 failures", "1, 1 failure", "2, 2 failures"})
  void aCountAgreesWithItsNoun(long number, String said) {
    assertEquals(said, Words.count(number, "failure", "failures"));
  }
}
