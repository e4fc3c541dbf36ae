package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NearestNameTest {
  private static final List<String> NAMES = List.of("imei", "rm-code", "role", "ip", "port");

  @ParameterizedTest
  @CsvSource({"rmcode, rm-code", "RM-COED, rm-code", "iemi, imei", "rolle, role", "prot, port"})
  void aSlipOfTheFingerIsUnderstood(String slip, String meant) {
    assertEquals(Optional.of(meant), NearestName.of(slip, NAMES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"colour", "x", "operator", ""})
  void somethingElseIsNotTakenForAName(String other) {
    assertEquals(Optional.empty(), NearestName.of(other, NAMES));
  }

  @Test
  void aVeryLongNameIsNotCompared() {
    assertEquals(Optional.empty(), NearestName.of("p".repeat(1_000_000), NAMES));
  }

  @Test
  void theSuggestionEndsASentence() {
    assertEquals("; did you mean imei?", NearestName.suggestion("imie", NAMES));
    assertEquals("", NearestName.suggestion("colour", NAMES));
  }
}
