package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {

  @Test
  void anAddressIsReadAndWrittenTheSame() {
    assertEquals(
        new Endpoint("farm.example.org", 31_415), Endpoint.parse("farm.example.org:31415"));
    assertEquals(new Endpoint("fd00::1", 1), Endpoint.parse("[fd00::1]:1"));
    assertEquals("[fd00::1]:1", new Endpoint("fd00::1", 1).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "farm", ":1", "farm:", "farm:x", "farm:70000", "[]:1", "[[]]:1", "a]:1"})
  void whatIsNoAddressIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Endpoint.parse(text));
  }
}
