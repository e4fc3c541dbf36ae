package com.nokia.ci.tas.service.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "(rm-code:RM-763;)                       | (rm-code:RM-763;)",
        "(sim1-pin1:7391;rm-code:RM-763;)        | (sim1-pin1:…;rm-code:RM-763;)",
        "(SIM2-PUK2 : 12345678)                  | (SIM2-PUK2 :…)",
        "(sim1-security-code:\"73;91)\";imei:1;) | (sim1-security-code:…;imei:1;)",
        "(sim1-pin2:\"7\\\"391\";imei:1;)        | (sim1-pin2:…;imei:1;)",
        "sim1-pin1:7391                          | sim1-pin1:…",
        "(sim1-imsi:24405;)                      | (sim1-imsi:24405;)"
      })
  void anExpressionIsShownWithoutItsCodes(String expression, String shown) {
    assertEquals(shown, OpenText.ofExpression(expression));
  }
}
