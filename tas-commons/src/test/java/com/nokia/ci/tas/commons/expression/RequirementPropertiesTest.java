package com.nokia.ci.tas.commons.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Comparison;
import com.nokia.ci.tas.commons.model.DottedNumber;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every expression, tried with generated ones; a failure names its seed. */
final class RequirementPropertiesTest {
  private static final String ALPHABET = "abzAZ019-:;()\"\\ .+*?[]{}|^$&<>äİΣß€\uD83D\uDE00'=/_,#";
  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          ";",
          ":",
          "\"",
          "\\",
          " ",
          "and",
          "AND",
          "or",
          "not",
          "<",
          ">",
          "=",
          "battery",
          "14.1",
          "imei",
          "rm-code",
          "role",
          "main",
          "status",
          "\n",
          "\u0000",
          "\uD800",
          "x",
          "1",
          "null",
          "(imei:1;)",
          " and ");

  private static final List<String> ROLES = List.of("main", "remote", "reference");
  private static final List<String> EXTRAS =
      List.of("battery", "os-version", "port", "lab.shelf_2");
  private static final List<String> STATUSES = List.of("free", "busy", "disabled");

  @Test
  void whatIsWrittenIsReadBackAsTheSame() {
    for (long seed = 0; seed < 2_000; seed++) {
      Requirement requirement = requirement(new Random(seed));
      String text = RequirementText.write(requirement);
      assertEquals(requirement, RequirementParser.parse(text), "seed " + seed + ": " + text);
    }
  }

  @Test
  void anythingIsEitherReadOrRefusedWithAPlaceInsideOrRightBehindIt() {
    int read = 0;
    for (long seed = 0; seed < 20_000; seed++) {
      String text = anything(new Random(seed));
      try {
        Requirement requirement = RequirementParser.parse(text);
        assertEquals(
            requirement,
            RequirementParser.parse(RequirementText.write(requirement)),
            "seed " + seed);
        read++;
      } catch (ExpressionException e) {
        assertTrue(
            e.position() >= 1 && e.position() <= text.length() + 1,
            "seed " + seed + ": " + e.getMessage());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertTrue(read > 100, "the generator should make some that can be read, not " + read);
  }

  /** Each is as long as may be; a parser that looks back again and again would not return. */
  @ParameterizedTest
  @MethodSource("nastyPieces")
  void nastyRepetitionsAreReadInOnePass(String piece) {
    String text = piece.repeat(RequirementParser.LONGEST / piece.length());
    for (int i = 0; i < 20; i++) {
      try {
        assertTrue(RequirementParser.parse(text).products().size() > 0);
      } catch (ExpressionException e) {
        assertTrue(e.getMessage().length() < 1_000, "a refusal is short");
      }
    }
  }

  static Stream<String> nastyPieces() {
    return Stream.of(
        "(",
        ")",
        ";",
        ":",
        " ",
        "\"",
        "\\",
        "a",
        "imei:1;",
        "(imei:1;)and",
        "or ",
        "not ",
        "(a",
        "imei:\"",
        "imei:\"\\",
        "environment:(",
        "and ",
        "\n",
        "\uD83D\uDE00",
        "imei :");
  }

  private static Requirement requirement(Random random) {
    return new Requirement(
        IntStream.rangeClosed(0, random.nextInt(5)).mapToObj(it -> demand(random)).toList());
  }

  private static ProductDemand demand(Random random) {
    var clauses = new HashMap<String, String>();
    var attributes = List.of(ProductAttribute.values());
    for (int i = random.nextInt(6); i > 0; i--) {
      var attribute = attributes.get(random.nextInt(attributes.size()));
      String value =
          switch (attribute) {
            case ROLE -> oneOf(ROLES, random);
            case STATUS -> oneOf(STATUSES, random);
            default -> value(random);
          };
      clauses.put(attribute.text(), value);
    }
    if (random.nextBoolean()) {
      clauses.put(oneOf(EXTRAS, random), value(random));
    }
    var comparisons = new ArrayList<Comparison>();
    for (int i = random.nextInt(3); i > 0; i--) {
      var relation = oneOf(List.of(Comparison.Relation.values()), random);
      var bound = new DottedNumber(random.nextInt(20) + "." + random.nextInt(3));
      comparisons.add(new Comparison(oneOf(EXTRAS, random), relation, bound));
    }
    return new ProductDemand(new TreeMap<>(clauses), comparisons);
  }

  private static <T> T oneOf(List<T> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  private static String value(Random random) {
    int[] letters = ALPHABET.codePoints().toArray();
    var value = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      value.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return value.toString().isBlank() ? "blank" : value.toString();
  }

  private static String anything(Random random) {
    if (random.nextInt(4) == 0) {
      return mutated(RequirementText.write(requirement(random)), random);
    }
    var pieces = new ArrayList<String>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      pieces.add(oneOf(PIECES, random));
    }
    return String.join("", pieces);
  }

  private static String mutated(String text, Random random) {
    int from = random.nextInt(text.length());
    int to = Math.min(text.length(), from + random.nextInt(3));
    return text.substring(0, from) + oneOf(PIECES, random) + text.substring(to);
  }
}
