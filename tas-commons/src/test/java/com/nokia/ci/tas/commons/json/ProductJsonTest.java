package com.nokia.ci.tas.commons.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.json.ProductJson.Frame;
import com.nokia.ci.tas.commons.json.ProductJson.Secrets;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names and the order that executors and readers of {@code /products} rely on. */
final class ProductJsonTest {
  private static final ProductDescription PRODUCT_1 =
      ProductDescription.of(
          Map.of(
              "imei", "004402136230483",
              "rm-code", "RM-\"763\"\\",
              "environment", "Räume\t2",
              "sim1-phone-number", "+358501",
              "sim1-pin1", "9876",
              "reservation-timeout", "21600000"));

  @Test
  void currentFrameHasItsNamesInOrder() {
    assertEquals(
        """
        {
        	"Sn": "",
        	"SwVer": "",
        	"FingerPrint": "",
        	"ProductCode": "",
        	"Imei": "004402136230483",
        	"RmCode": "RM-\\"763\\"\\\\",
        	"HardwareType": "",
        	"Role": "main",
        	"Status": "free",
        	"StatusDetails": "",
        	"Hostname": "",
        	"Ip": "",
        	"Port": "",
        	"Environment": "Räume\\t2",
        	"SIM1PhoneNumber": "+358501",
        	"SIM1Operator": "",
        	"SIM1OperatorCode": "",
        	"SIM1OperatorCountry": "",
        	"SIM1Signal": "",
        	"SIM1Pin1Code": "9876",
        	"SIM1Pin2Code": "",
        	"SIM1Puk1Code": "",
        	"SIM1Puk2Code": "",
        	"SIM1SecurityCode": "",
        	"SIM1Imsi": "",
        	"SIM1ServiceNumber": "",
        	"SIM1VoiceMailNumber": "",
        	"SIM2PhoneNumber": "",
        	"SIM2Operator": "",
        	"SIM2OperatorCode": "",
        	"SIM2OperatorCountry": "",
        	"SIM2Signal": "",
        	"SIM2Pin1Code": "",
        	"SIM2Pin2Code": "",
        	"SIM2Puk1Code": "",
        	"SIM2Puk2Code": "",
        	"SIM2SecurityCode": "",
        	"SIM2Imsi": "",
        	"SIM2ServiceNumber": "",
        	"SIM2VoiceMailNumber": ""
        }"""
            .replaceAll("(?m)^ +", ""),
        ProductJson.product(PRODUCT_1, Frame.CURRENT, Secrets.WRITTEN));
  }

  @Test
  void deprecatedFrameHasCardsAsObjectsAndNoEnvironment() {
    String json = ProductJson.product(PRODUCT_1, Frame.DEPRECATED, Secrets.WRITTEN, "  ");

    assertTrue(json.startsWith("  {\n  \t\"sn\": \"\",\n  \t\"swVer\": \"\",\n"), json);
    assertTrue(json.contains("  \t\"sim1\": {\n  \t\t\"phoneNumber\": \"+358501\",\n"), json);
    assertTrue(json.contains("\"serviceDiallingNumber\""), json);
    assertTrue(json.contains("\"pin1\": \"9876\""), json);
    assertFalse(json.contains("nvironment"), json);
  }

  @Test
  void conditionalMembersAppearWhenThereIsSomethingToSay() {
    ProductDescription product =
        ProductDescription.of(
            Map.of(
                "role", "reference",
                "reservation-time", "5",
                "reservation-timeout", "6",
                "disconnection-time", "7",
                "tas-hostname", "farm",
                "tas-port", "31415",
                "fuse-connection-name", "USB4",
                "sim2-phone-number", "+358502"));
    String json = ProductJson.product(product, Frame.CURRENT, Secrets.WRITTEN);

    for (String member :
        List.of(
            "\"ReservationTime\": \"5\"",
            "\"ReservationTimeout\": \"6\"",
            "\"DisconnectionTime\": \"7\"",
            "\"TasHostname\": \"farm\"",
            "\"TasPort\": \"31415\"",
            "\"ConnectionName\": \"USB4\"",
            "\"PhoneNumber\": \"+358502\"")) {
      assertTrue(json.contains(member), member + " in " + json);
    }
  }

  @Test
  void whatAFarmSaysBesidesStandsLastInAnObject() {
    var product = PRODUCT_1.with(Map.of("os-version", "14", "battery", "8\"1"));

    String members =
        "ttributes\": {\n\t\t\"battery\": \"8\\\"1\",\n\t\t\"os-version\": \"14\"\n\t}\n}";
    String current = ProductJson.product(product, Frame.CURRENT, Secrets.WRITTEN);
    assertTrue(current.endsWith(",\n\t\"A" + members), current);
    String deprecated = ProductJson.product(product, Frame.DEPRECATED, Secrets.WRITTEN);
    assertTrue(deprecated.endsWith(",\n\t\"a" + members), deprecated);
  }

  @Test
  void secretsAreEmptyOnPages() {
    var values = new java.util.TreeMap<String, String>();
    for (var attribute : ProductAttribute.values()) {
      values.put(attribute.text(), attribute.isSecret() ? "SECRET" : "open");
    }
    String json = ProductJson.products(List.of(new ProductDescription(values)));

    assertFalse(json.contains("SECRET"), json);
    assertTrue(json.contains("\"SIM2SecurityCode\": \"\""), json);
    assertTrue(json.contains("\"SIM2Imsi\": \"open\""), json);
  }

  @Test
  void listOfProductsHasTheLinesThatReadersCutOff() {
    String json = ProductJson.products(List.of(PRODUCT_1, PRODUCT_1));

    List<String> lines = json.lines().toList();
    assertEquals("{ \"products\": [", lines.get(0));
    assertEquals("] }", lines.get(lines.size() - 1));
    assertEquals(1, lines.stream().filter("},"::equals).count());
  }
}
