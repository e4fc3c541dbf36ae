package com.nokia.ci.tas.communicator.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProductTextTest {
  private static final String EDITED =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- bench 3,
           second shelf -->
      <product>
      \t<imei>004402136230483</imei><!-- do not unplug -->
      \t<role> reference </role>   <status>free</status>
      \t<status-details/>
      \t<note importance="high">lent to <b>Anna</b></note>
      \t<owner><![CDATA[R&D]]></owner>
      \t<environment>a &lt; b &amp; &#228;</environment>
      \t<sim1><pin1>1234</pin1><phone-number>+358</phone-number></sim1>
      </product>
      <!-- end -->
      """;

  @Test
  void valuesAreReadInAnyLayout() {
    assertEquals(
        ProductDescription.of(
            Map.of(
                "imei", "004402136230483",
                "role", "reference",
                "status", "free",
                "owner", "R&D",
                "environment", "a < b & ä",
                "sim1-pin1", "1234",
                "sim1-phone-number", "+358")),
        ProductText.parse(EDITED).description());
  }

  @Test
  void aChangeTouchesNothingElse() {
    var values = new LinkedHashMap<String, String>();
    values.put("status", "busy");
    values.put("status-details", "nightly <1> & co");
    values.put("imei", "004402136230483");
    values.put("port", "15001");

    var changed = ProductText.parse(EDITED).with(values);

    assertEquals(
        EDITED
            .replace("<status>free<", "<status>busy<")
            .replace(
                "<status-details/>", "<status-details>nightly &lt;1&gt; &amp; co</status-details>")
            .replace("</product>", "\t<port>15001</port>\n</product>"),
        changed.text());
    assertEquals("nightly <1> & co", changed.description().statusDetails());
  }

  @Test
  void whatIsRightAlreadyIsLeftAlone() {
    var text = ProductText.parse(EDITED);
    assertSame(text, text.with(Map.of("role", "reference", "status-details", "", "ip", "")));
  }

  @Test
  void lineEndsOfWindowsAndOneLineFilesSurvive() {
    String windows = "<product>\r\n  <imei>1</imei>\r\n</product>\r\n";
    assertEquals(
        "<product>\r\n  <imei>2</imei>\r\n  <ip>::1</ip>\r\n</product>\r\n",
        ProductText.parse(windows).with(ordered("imei", "2", "ip", "::1")).text());
    assertEquals(
        "<product><imei>1</imei>\n    <ip>::1</ip>\n</product>",
        ProductText.parse("<product><imei>1</imei></product>").with(Map.of("ip", "::1")).text());
  }

  @Test
  void theByteOrderMarkStays() {
    String text = "\uFEFF<product><status>free</status></product>";
    assertEquals(
        "\uFEFF<product><status>busy</status></product>",
        ProductText.parse(text).with(Map.of("status", "busy")).text());
  }

  @Test
  void theTemplateIsAProductWithTheGuidesDefaults() {
    var known = ProductDescription.of(Map.of("imei", "1", "fuse-connection-name", "a<b>&c{d}"));
    var product = ProductText.parse(ProductTemplate.textFor(known)).description();

    assertEquals("a<b>&c{d}", product.value("fuse-connection-name"));
    assertEquals(Role.MAIN, product.role());
    assertEquals("1234", product.value("sim1-pin1"));
    assertEquals("22222222", product.value("sim2-puk2"));
    assertTrue(ProductRules.complaint(product).isEmpty());
    assertTrue(ProductRules.complaint(exampleFile()).isEmpty());
  }

  @Test
  void literalNullOfEarlierProgramsIsNothing() {
    assertEquals(
        ProductDescription.EMPTY,
        ProductText.parse("<product><sn>null</sn></product>").description());
  }

  @Test
  void whatIsWrongIsToldWithLineAndColumn() {
    var broken =
        assertThrows(
            BrokenFileException.class,
            () -> ProductText.parse("<product>\n  <imei>1</imei>\n  <role>main</rol>\n</product>"));
    assertTrue(broken.getMessage().startsWith("line 3, column "), broken.getMessage());
    assertTrue(!broken.getMessage().contains("\n"), broken.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain text",
        "<product>",
        "<product></product><product/>",
        "<products/>",
        "<!DOCTYPE product><product/>",
        "<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><product><imei>&x;</imei></product>",
        "<product><imei>&x;</imei></product>",
        "<product><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></product>"
      })
  void whatIsNoProductIsRefused(String text) {
    assertThrows(BrokenFileException.class, () -> ProductText.parse(text));
  }

  private static ProductDescription exampleFile() {
    return ProductText.parse(ProductTemplate.textFor(ProductTemplate.EXAMPLE)).description();
  }

  private static Map<String, String> ordered(String... namesAndValues) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
