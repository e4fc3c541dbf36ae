package com.nokia.ci.tas.commons.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.model.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form in which earlier services and nodes understand an expression. */
final class RequirementTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "rm-code:RM-763            | (rm-code:rm-763;role:main;)",
        "(Role:Remote)AND(imei:1)  | (role:remote;) and (imei:1;role:main;)",
        "(status:disabled;imei:2;) | (imei:2;role:main;status:disabled;)",
        "sim1-pin1:1;ip:\"a;b\"    | (role:main;ip:\"a;b\";sim1-pin1:1;)",
        "Os-Version:14;battery>=30 | (role:main;os-version:14;battery>=30;)",
        "ip:\"\\\"quoted\\\"\"     | (role:main;ip:\"\\\"quoted\\\"\";)",
      })
  void namesAreInLowerCaseAndInTheOrderOfTheGuide(String expression, String written) {
    assertEquals(written, RequirementText.write(RequirementParser.parse(expression)));
  }

  @Test
  void noProductsAreAnEmptyExpression() {
    assertEquals("", RequirementText.write(Requirement.NO_PRODUCTS));
  }
}
