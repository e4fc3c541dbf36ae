package com.nokia.ci.tas.commons.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProductDemand;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Requirement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An explicit list of required products, as the guide and as earlier clients write it. */
final class RequirementsTest {
  private static final ProductDescription RM_123 =
      ProductDescription.of(Map.of("rm-code", "RM-123"));

  @Test
  void twoProductsThatAreTheSameAreTwoDemands() {
    var demand = ProductDemand.of(Map.of("rm-code", "rm-123"));
    assertEquals(
        new Requirement(List.of(demand, demand)), Requirements.of(List.of(RM_123, RM_123)));
  }

  @Test
  void theListOfATestThatNeedsNoProductsIsEmpty() {
    assertEquals(Requirement.NO_PRODUCTS, Requirements.of(List.of()));
  }

  @Test
  void whatAnEarlierClientFillsInByItselfAsksNothing() {
    var filledIn = new HashMap<String, String>();
    filledIn.put("rm-code", "RM-123");
    filledIn.put("role", "main");
    filledIn.put("status", "free");
    for (var name : List.of("sn", "sw-version", "fingerprint", "productcode")) {
      filledIn.put(name, "null");
    }
    for (var sim : List.of("sim1-", "sim2-")) {
      filledIn.put(sim + "operator", "null");
      filledIn.put(sim + "operator-code", "null");
      filledIn.put(sim + "operator-country", "null");
      filledIn.put(sim + "signal", "null");
      filledIn.put(sim + "pin1", "1234");
      filledIn.put(sim + "pin2", "2222");
      filledIn.put(sim + "puk1", "11111111");
      filledIn.put(sim + "puk2", "22222222");
      filledIn.put(sim + "security-code", "12345");
    }
    filledIn.put("reservation-time", "0");
    filledIn.put("reservation-timeout", "21600000");
    filledIn.put("disconnection-time", "0");
    filledIn.put("tas-port", "0");
    filledIn.put("port", "0");
    assertEquals(
        new Requirement(List.of(ProductDemand.of(Map.of("rm-code", "rm-123")))),
        Requirements.of(List.of(ProductDescription.of(filledIn))));
  }

  @ParameterizedTest
  @CsvSource({
    "sim1-pin1, 4321",
    "sim2-phone-number, +3585555243436",
    "role, reference",
    "status, busy",
    "port, 15001",
    "sn, 1234",
    "environment, Bluetooth; class 2",
    "fuse-connection-name, USB4",
  })
  void whatTheIssuerSaidIsAsked(String name, String value) {
    assertEquals(
        new Requirement(List.of(ProductDemand.of(Map.of(name, value)))),
        Requirements.of(List.of(ProductDescription.of(Map.of(name, " " + value + " ")))));
  }

  @Test
  void aProductTakenFromAFormerReservationAsksNothingOfItsTimes() {
    var former =
        RM_123.with(
            Map.of(
                "reservation-time", "1351666792763",
                "reservation-timeout", "6360855",
                "disconnection-time", "1351666792764",
                "status-details", "nightly_1"));
    assertEquals(Requirements.of(List.of(RM_123)), Requirements.of(List.of(former)));
  }

  @Test
  void anUnknownNameIsRefusedWithTheNumberOfTheProductAndTheNearestName() {
    var wrong = ProductDescription.of(Map.of("rm-kode", "RM-1"));
    var refusal =
        assertThrows(ExpressionException.class, () -> Requirements.of(List.of(RM_123, wrong)));
    assertTrue(refusal.getMessage().startsWith("required product 2: \"rm-kode\""));
    assertEquals("rm-code", refusal.expected());
  }
}
