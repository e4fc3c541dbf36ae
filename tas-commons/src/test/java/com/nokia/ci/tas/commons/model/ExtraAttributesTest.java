package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExtraAttributesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "os-version",
        "battery",
        "os",
        "a",
        "pinout",
        "lab.shelf_2",
        "sim1-iccid",
        "spinner"
      })
  void aNameOfOnesOwnIsFree(String name) {
    assertEquals(Optional.empty(), ExtraAttributes.complaint(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pin",
        "pin1",
        "puk2",
        "sim1-pin3",
        "wifi-password",
        "api_token",
        "secret",
        "security-code",
        "security-code2"
      })
  void whatIsNamedLikeACodeOrAPasswordNeverBecomesAnAttribute(String name) {
    assertTrue(ExtraAttributes.complaint(name).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "rm-cod,  looks like rm-code",
    "imie,    looks like imei",
    "roles,   looks like role",
    "sn,      has a meaning of its own",
    "imsi,    has a meaning of its own",
    "test,    has a meaning of its own",
    "product, has a meaning of its own",
  })
  void whatMessagesOrTheGuideNameIsTaken(String name, String complaint) {
    assertEquals(Optional.of(complaint), ExtraAttributes.complaint(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1st", "-a", "Os", "a b", "é", "a:b", "a=b", "a>b", "a;"})
  void namesAreChecked(String name) {
    assertTrue(ExtraAttributes.complaint(name).isPresent());
    assertTrue(ExtraAttributes.complaint("a".repeat(41)).isPresent());
  }

  @Test
  void aProductHasABoundedNumberOfBoundedAttributes() {
    var values = new TreeMap<String, String>();
    for (int i = 10; i < 60; i++) {
      values.put("extra" + i, "x");
    }
    values.put("extra00", "x".repeat(201));
    values.put("wifi-password", "open sesame");
    values.put("imei", "1");
    values.put("environment", "x".repeat(1_000));

    var bounded = ExtraAttributes.bounded(new ProductDescription(values));

    assertEquals(34, bounded.values().size());
    assertEquals("x", bounded.value("extra10"));
    assertEquals("x", bounded.value("extra41"));
    assertEquals("", bounded.value("extra42"));
    assertEquals("", bounded.value("extra00"));
    assertEquals("", bounded.value("wifi-password"));
    assertEquals(1_000, bounded.value("environment").length());
    var plain = ProductDescription.of(Map.of("imei", "1", "sim1-pin1", "1234"));
    assertSame(plain, ExtraAttributes.bounded(plain));
  }
}
