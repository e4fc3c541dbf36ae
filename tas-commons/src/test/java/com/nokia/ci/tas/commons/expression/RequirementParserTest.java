package com.nokia.ci.tas.commons.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Comparison;
import com.nokia.ci.tas.commons.model.Comparison.Relation;
import com.nokia.ci.tas.commons.model.DottedNumber;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.Requirement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/expressions.md} promises, example by example. */
final class RequirementParserTest {

  @Test
  void theGuidesTwoProductsAreTwoDemands() {
    assertEquals(
        requirement(
            Map.of("imei", "012345678901234"), Map.of("rm-code", "rm-123", "role", "reference")),
        RequirementParser.parse("(imei:012345678901234;) and (rm-code:RM-123;role:reference;)"));
  }

  @Test
  void theGuidesProductOnANamedNodeIsRead() {
    assertEquals(
        requirement(
            Map.of(
                "rm-code", "rm-123",
                "sim2-imsi", "244070123456789",
                "hostname", "testnode007.example.org")),
        RequirementParser.parse(
            "(rm-code:RM-123;sim2-imsi:244070123456789;hostname:TestNode007.example.org;)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "imei:1;rm-code:RM-1;",
        "imei:1;rm-code:RM-1",
        "(imei:1;rm-code:RM-1)",
        "  ( imei : 1 ;\r\n\tRM-Code : rm-1 ; )  ",
        "(imei:\"1\";rm-code:\"RM-1\" ;)",
        "(imei:1;imei:1;rm-code:RM-1;role:MAIN;status:Free;)",
      })
  void oneProductMayBeWrittenInAllTheseWays(String expression) {
    assertEquals(
        requirement(Map.of("imei", "1", "rm-code", "rm-1")), RequirementParser.parse(expression));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(imei:1;) AND (imei:2;)", "(imei:1)and(imei:2)", "(imei:1)\n And\t(imei:2)"})
  void andIsReadInAnyCaseWithOrWithoutBlanks(String expression) {
    assertEquals(
        requirement(Map.of("imei", "1"), Map.of("imei", "2")), RequirementParser.parse(expression));
  }

  @Test
  void theSameProductTwiceIsTwoDemands() {
    assertEquals(
        requirement(Map.of("rm-code", "rm-1"), Map.of("rm-code", "rm-1")),
        RequirementParser.parse("(rm-code:RM-1;) and (rm-code:RM-1;)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "environment:Bluetooth: class 2 (long range; | bluetooth: class 2 (long range",
        "environment:5\" screen;                      | 5\" screen",
        "environment:\"a;b)c\";                       | a;b)c",
        "environment:\"say \\\"hello\\\" \\\\ bye\";  | say \"hello\" \\ bye",
        "environment:c:\\temp;                        | c:\\temp",
        "environment:and (x;                          | and (x",
        "(environment:or)                             | or",
      })
  void valuesMayContainNearlyAnything(String expression, String value) {
    assertEquals(requirement(Map.of("environment", value)), RequirementParser.parse(expression));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "os-version:14;battery>=30;battery<100;",
        "(os-version : 14 ; battery >= 30 ; battery < 100)",
        "(OS-Version:14;Battery>=\"30\";battery<100.0;battery>=030;)",
      })
  void attributesOfOnesOwnAreAskedForAndComparedWithNumbers(String expression) {
    var clauses = new TreeMap<>(Map.of("os-version", "14"));
    assertEquals(
        new Requirement(
            List.of(
                new ProductDemand(
                    clauses,
                    List.of(
                        new Comparison("battery", Relation.AT_LEAST, new DottedNumber("30")),
                        new Comparison("battery", Relation.BELOW, new DottedNumber("100")))))),
        RequirementParser.parse(expression));
  }

  @Test
  void tooManyComparisonsAreRefused() {
    assertEquals(1, RequirementParser.parse("a>1;".repeat(16)).products().size());
    assertThrows(ExpressionException.class, () -> RequirementParser.parse("a>1;".repeat(17)));
  }

  @ParameterizedTest
  @EnumSource(ProductAttribute.class)
  void everyAttributeCanBeAskedFor(ProductAttribute attribute) {
    String value =
        switch (attribute) {
          case ROLE -> "remote";
          case STATUS -> "disabled";
          default -> "x";
        };
    assertEquals(
        requirement(Map.of(attribute.text(), value)),
        RequirementParser.parse("(" + attribute.text() + ":" + value + ";)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~                           | 1  | name:value",
        "~   ~                        | 4  | name:value",
        "()                           | 2  | name:value",
        "(imei:1;) and ()             | 16 | name:value",
        "(rm-cod:RM-1;)               | 2  | rm-code",
        "(sim1-phonenumber:1;)        | 2  | sim1-phone-number",
        "my colour:red;               | 1  | docs/expressions.md",
        "wifi-password:x;             | 1  | docs/expressions.md",
        "(battery>=full;)             | 2  | a number or a version, such as 30 or 14.1",
        "(battery>=;)                 | 2  | a number or a version",
        "(battery=30;)                | 2  | name:value",
        "(battery=>30;)               | 2  | docs/expressions.md",
        "(>=30;)                      | 2  | docs/expressions.md",
        "(rm-cod>1;)                  | 2  | rm-code",
        "(role>=1;)                   | 2  | a colon and the whole value",
        "(sim1-pin1>1;)               | 2  | a colon and the whole value",
        "imei:;                       | 1  | a value behind the colon",
        "imei:\"\";                   | 1  | a value behind the colon",
        "imei;                        | 1  | name:value",
        "imei:1;;                     | 8  | name:value",
        "(imei:1;                     | 1  | a ) for it",
        "imei:1;)                     | 8  | brackets around each product",
        "(imei:1;(rm-code:RM-1;))     | 9  | brackets are not nested",
        "(imei:1;) (imei:2;)          | 11 | \"and\" between them",
        "(imei:1;) und (imei:2;)      | 11 | \"and\" between them",
        "(imei:1;) and                | 14 | a product in brackets",
        "(imei:1;) and imei:2;        | 15 | a product in brackets",
        "(imei:1;) or (imei:2;)       | 11 | groups joined by \"and\"",
        "(imei:1;) and not (imei:2;)  | 15 | groups joined by \"and\"",
        "NOT (imei:2;)                | 1  | groups joined by \"and\"",
        "(imei:1;imei:2;)             | 9  | one value for each name",
        "(role:mane;)                 | 2  | one of main, remote, reference",
        "(status:buzy;)               | 2  | one of free, busy, disabled",
        "(environment:\"lab;)         | 14 | a second one after the value",
        "(environment:\"a\" lab;)     | 18 | ; or ) there",
      })
  void whatIsWrongIsRefusedWithItsPlaceAndTheRemedy(
      String expression, int position, String expected) {
    var refusal =
        assertThrows(ExpressionException.class, () -> RequirementParser.parse(expression));
    assertEquals(position, refusal.position(), refusal.getMessage());
    assertTrue(refusal.expected().contains(expected), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(refusal.expected()), refusal.getMessage());
  }

  @Test
  void aControlCharacterInAValueIsRefused() {
    var refusal =
        assertThrows(ExpressionException.class, () -> RequirementParser.parse("environment:a\nb;"));
    assertTrue(refusal.getMessage().contains("control character"), refusal.getMessage());
  }

  @Test
  void aSecretIsNotRepeatedInTheRefusal() {
    var refusal =
        assertThrows(
            ExpressionException.class,
            () -> RequirementParser.parse("(sim1-pin1:9876;sim1-pin1:6789;)"));
    assertFalse(refusal.getMessage().contains("9876"), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("6789"), refusal.getMessage());
  }

  @Test
  void tooManyProductsAreRefused() {
    String most = "(imei:1;) and ".repeat(RequirementParser.MOST_PRODUCTS - 1) + "(imei:1;)";
    assertEquals(RequirementParser.MOST_PRODUCTS, RequirementParser.parse(most).products().size());
    assertThrows(ExpressionException.class, () -> RequirementParser.parse(most + " and (imei:1;)"));
  }

  @Test
  void tooLongAnExpressionIsRefusedUnread() {
    String longest = "environment:" + "x".repeat(RequirementParser.LONGEST - 12);
    assertEquals(1, RequirementParser.parse(longest).products().size());
    assertThrows(ExpressionException.class, () -> RequirementParser.parse(longest + "x"));
  }

  private static Requirement requirement(Map<String, String> product) {
    return new Requirement(List.of(ProductDemand.of(product)));
  }

  private static Requirement requirement(Map<String, String> first, Map<String, String> second) {
    return new Requirement(List.of(ProductDemand.of(first), ProductDemand.of(second)));
  }
}
