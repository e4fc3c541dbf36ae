package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DottedNumberTest {

  @ParameterizedTest
  @CsvSource({
    "9,        14,       -1",
    "14.1,     14.10,    -1",
    "14,       14.0.0,   0",
    "014.01,   14.1,     0",
    "14,       14.0.1,   -1",
    "2,        10,       -1",
    "-5,       3,        -1",
    "-5,       -4,       -1",
    "-0.0,     0,        0",
    "1.0.2,    1.2,      -1",
    "99999999999999999999999999, 100000000000000000000000000, -1",
  })
  void partsAreComparedByNumber(String one, String two, int order) {
    assertEquals(order, Integer.signum(number(one).compareTo(number(two))));
    assertEquals(-order, Integer.signum(number(two).compareTo(number(one))));
    assertEquals(order == 0, number(one).equals(number(two)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", ".", "1.", ".1", "1..2", "1a", "-73dBm", "80%", "+1", "1e3", "١", "1-2"})
  void whatHasAnythingElseInItIsNoNumber(String text) {
    assertFalse(DottedNumber.of(text).isPresent());
  }

  @Test
  void whatIsTooLongIsNoNumber() {
    assertEquals(64, number("1".repeat(64)).text().length());
    assertFalse(DottedNumber.of("1".repeat(65)).isPresent());
  }

  @Test
  void theOrderIsOne() {
    var random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      var a = any(random);
      var b = any(random);
      var c = any(random);
      assertEquals(Integer.signum(a.compareTo(b)), -Integer.signum(b.compareTo(a)), a + " " + b);
      assertEquals(a.equals(b), a.compareTo(b) == 0, a + " " + b);
      if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
        assertFalse(a.compareTo(c) > 0, a + " " + b + " " + c);
      }
    }
  }

  private static DottedNumber any(Random random) {
    var text = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
    for (int i = random.nextInt(3); i >= 0; i--) {
      text.append(random.nextInt(12)).append(i > 0 ? "." : "");
    }
    return number(text.toString());
  }

  private static DottedNumber number(String text) {
    return DottedNumber.of(text).orElseThrow();
  }
}
