package com.nokia.ci.tas.commons.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nokia.ci.tas.commons.model.Requirement;
import com.nokia.ci.tas.fuzzing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** An expression is understood or refused at a place in it, and means the same written anew. */
class RequirementParserFuzzTest {
  static Stream<byte[]> seeds() {
    return Seeds.of(
        "rm-code:RM-763;",
        "(rm-code:RM-763;role:main;) and (RM-CODE:RM-764;role:remote;sim1-phone-number:+358;)",
        "environment:\"Bluetooth; \\\"new\\\"\";status:busy",
        "(imei:1;) AND (imei:2;) or (imei:3)",
        "not (imei:1;)",
        "rack:4;pin1:1234");
  }

  @MethodSource("seeds")
  @FuzzTest
  void whatIsUnderstoodMeansTheSameWrittenAnew(byte[] bytes) {
    String expression = new String(bytes, StandardCharsets.UTF_8);
    Requirement requirement;
    try {
      requirement = RequirementParser.parse(expression);
    } catch (ExpressionException e) {
      assertTrue(e.position() >= 1 && e.position() <= expression.length() + 1, e.getMessage());
      assertTrue(e.getMessage().length() < 2_000, e.getMessage());
      return;
    }
    assertEquals(requirement, RequirementParser.parse(RequirementText.write(requirement)));
  }
}
