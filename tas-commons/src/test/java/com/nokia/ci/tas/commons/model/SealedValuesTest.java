package com.nokia.ci.tas.commons.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SealedValuesTest {
  @Test
  void codesOfReservedProductsAreSealedAndNothingElseOfThem() {
    var product =
        ProductDescription.of(
            Map.of("imei", "004402470970868", "sim1-pin1", "8642", "sim2-security-code", "97531"));
    var run =
        TestDescription.named(RuntimeId.of("t"))
            .with(TestProgress.NONE.reserving(List.of(product)));
    assertEquals(
        "004402470970868: *** and ***",
        SealedValues.of(run).mask("004402470970868: 8642 and 97531"));
  }

  @Test
  void secretParametersAreSealedAndOthersAreNot() {
    var execution =
        TestExecution.NOTHING.with(
            Map.of("TOKEN", "s3cr3t", "LANGUAGE", "finnish"), Set.of("TOKEN", "ABSENT"));
    var run = TestDescription.named(RuntimeId.of("t")).with(execution);
    assertEquals("*** in finnish", SealedValues.of(run).mask("s3cr3t in finnish"));
    assertEquals(
        Map.of("TOKEN", "***", "LANGUAGE", "finnish"), execution.withoutSecrets().parameters());
    assertFalse(run.toString().contains("s3cr3t"));
  }

  @Test
  void ofValuesInsideEachOtherTheWholeIsMasked() {
    var sealed = SealedValues.of(List.of("1234", "123456789", "6789", "5678"));
    assertEquals("a***b", sealed.mask("a123456789b"));
    assertEquals("a******b", sealed.mask("a12345678b"));
    assertEquals("*** and ***", sealed.mask("1234 and 6789"));
  }

  @Test
  void shortValuesStayAndLinesOfALongOneAreSealedEach() {
    var sealed = SealedValues.of(List.of("123", "-----BEGIN-----\n  line two \nend", ""));
    assertEquals("123 *** *** end", sealed.mask("123 -----BEGIN----- line two end"));
  }

  @Test
  void nothingToSealLeavesTheTextItself() {
    String text = "as it is";
    assertSame(text, SealedValues.of(List.of("abc")).mask(text));
  }

  @Test
  void valuesAreNotToldByTheirOwner() {
    assertFalse(SealedValues.of(List.of("s3cr3t")).toString().contains("s3cr3t"));
  }

  /** Compares with looking for each value at each place. */
  @Test
  void whatIsMaskedIsWhatAValueCovers() {
    for (long seed = 0; seed < 2_000; seed++) {
      var random = new Random(seed);
      var values = new ArrayList<String>();
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        values.add(text(random, random.nextInt(4, 9)));
      }
      String text = text(random, random.nextInt(0, 60));
      assertEquals(
          masked(values, text), SealedValues.of(values).mask(text), values + ", seed " + seed);
    }
  }

  private static String text(Random random, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("abü".charAt(random.nextInt(3)));
    }
    return text.toString();
  }

  /** Values that overlap are one mask, values side by side are one each. */
  private static String masked(List<String> values, String text) {
    var hidden = new BitSet();
    var joined = new BitSet();
    for (String value : values) {
      for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
        hidden.set(at, at + value.length());
        joined.set(at + 1, at + value.length());
      }
    }
    var shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (!hidden.get(i)) {
        shown.append(text.charAt(i));
      } else if (!joined.get(i)) {
        shown.append(SealedValues.MASK);
      }
    }
    return shown.toString();
  }
}
