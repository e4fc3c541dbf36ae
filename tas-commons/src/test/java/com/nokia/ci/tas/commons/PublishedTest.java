package com.nokia.ci.tas.commons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.TestOperation;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.xml.MessageCodec;
import com.nokia.ci.tas.commons.xml.ProductXml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The published types by themselves, and on their way to the values that all parts speak. */
final class PublishedTest {
  private static final String IMEI_1 = "004402136230483";

  @Test
  void anArtifactIsListedOnceHoweverTheListWasFilled() {
    var test = new com.nokia.ci.tas.commons.Test("nightly");
    test.addArtifact("a");
    test.addArtifact("a");
    test.getArtifacts().remove("a");
    test.getArtifacts().add("b");
    test.addArtifact("a");
    test.addArtifact("b");
    assertEquals(List.of("b", "a"), test.getArtifacts());

    test.setArtifacts(List.of("c", "", "c", "d"));
    test.addArtifact("d");
    assertEquals(List.of("c", "d"), test.getArtifacts());

    var copy = new com.nokia.ci.tas.commons.Test(test);
    copy.addArtifact("c");
    copy.addArtifact("e");
    assertEquals(List.of("c", "d", "e"), copy.getArtifacts());
    assertEquals(List.of("c", "d"), test.getArtifacts());
  }

  @Test
  void newTestHasTheDefaultsOfTheGuide() {
    var test = new com.nokia.ci.tas.commons.Test("nightly");

    assertEquals("ipy", test.getExecutorApplication());
    assertEquals(com.nokia.ci.tas.commons.Test.Target.FLASH, test.getTarget());
    assertEquals(com.nokia.ci.tas.commons.Test.Status.UNKNOWN, test.getStatus());
    assertEquals(300_000, test.getProductDisconnectionTimeout());
    assertEquals(21_600_000, test.getTimeout());
    assertEquals(0, test.getStartTime());
    assertEquals("nightly", test.getRuntimeId());
  }

  @Test
  void settersIgnoreWhatMakesNoSense() {
    var test = new com.nokia.ci.tas.commons.Test(null, null, null);
    test.setTimeout(0);
    test.setStartTime(-1);
    test.setProductDisconnectionTimeout(-5);
    test.setTarget(null);
    test.setStatus(null, null);
    test.addArtifact("");
    test.addArtifact(null);
    test.addTestPackage(null);
    test.addRequiredProduct(null);
    test.addexecutorEnvparam("", "x");
    test.setArtifacts(null);

    assertEquals(
        Published.description(new com.nokia.ci.tas.commons.Test("")), Published.description(test));
  }

  @Test
  void executorScriptIsAnArtifactAndAnEmptyOneIsNone() {
    var test = new com.nokia.ci.tas.commons.Test("nightly");
    test.setExecutorScript("");
    assertEquals(List.of(), test.getArtifacts());

    test.setExecutorScript("execute.py");
    test.addArtifact("image.img");
    test.addArtifact("execute.py");
    assertEquals(List.of("execute.py", "image.img"), test.getArtifacts());
  }

  @Test
  void scriptReachesTheNodeAlsoWhenTheArtifactsWereReplaced() {
    var test = new com.nokia.ci.tas.commons.Test("nightly");
    test.setExecutorScript("execute.py");
    test.setArtifacts(List.of("image.img"));

    assertEquals(
        List.of("execute.py", "image.img"), Published.description(test).execution().artifacts());
  }

  @Test
  void copyHasEverythingAndSharesNothing() {
    var test = fullTest();
    var copy = new com.nokia.ci.tas.commons.Test(test);

    assertEquals(Published.description(test), Published.description(copy));
    assertEquals(List.of("kept"), copy.getExecutorParameters());
    assertNotSame(test.getRequiredProducts().get(0), copy.getRequiredProducts().get(0));
    TestDescription before = Published.description(copy);
    test.getReservedProducts().get(0).setStatusDetails("changed");
    test.getTestPackages().get(0).addFile("changed");
    test.getExecutorEnvparams().clear();
    test.getReservedProducts().get(0).getSim1().setPin1Code("0000");
    assertEquals(before, Published.description(copy));
  }

  @Test
  void descriptionAndBackIsTheSame() {
    TestDescription description = Published.description(fullTest());

    assertEquals(description, Published.description(Published.test(description)));
  }

  @Test
  void secretVariableIsMarkedAsOneAndItsValueIsNotShown() {
    var execution = Published.description(fullTest()).execution();

    assertEquals("sesame", execution.parameters().get("TOKEN"));
    assertEquals(Set.of("TOKEN"), execution.secretParameters());
    assertFalse((execution + " " + fullTest()).contains("sesame"));
  }

  @Test
  void requiredProductAsksOnlyForWhatWasSet() {
    var product = new Product();
    product.setRMCode("RM-763");
    product.setReservation(5, 6);
    var test = new com.nokia.ci.tas.commons.Test("nightly");
    test.addRequiredProduct(product);

    assertEquals(
        List.of(
            ProductDescription.of(Map.of("rm-code", "RM-763", "role", "main", "status", "free"))),
        Published.description(test).demand().requiredProducts());
  }

  @Test
  void wordsThatAreNoNumbersAreLeftOut() {
    Product product =
        Published.product(
            ProductDescription.of(
                Map.of("tas-port", "x", "reservation-time", "y", "imei", IMEI_1)));

    assertEquals(0, product.getTestAutomationServicePort());
    assertEquals(0, product.getReservationTime());
    assertEquals(IMEI_1, product.getIMEI());
  }

  @Test
  void traceConnectionIdIsSetWithoutAnyFurtherDo() {
    var product = new Product(null, IMEI_1);
    product.setTraceConnectionId("t1", true);

    assertEquals("t1", product.getTraceConnectionId());
    assertNull(product.getSn());
    assertEquals("", product.getRMCode());
  }

  @Test
  void newCardHasTheCodesThatCardsAreDeliveredWith() {
    var card = new SimCard("");

    assertEquals("sim1", card.getIdentificator());
    assertEquals("1234", card.getPin1Code());
    assertEquals("12345", card.getSecurityCode());
    assertNull(card.getOperator());
    assertTrue(card.isValid());
    assertTrue(card.equals(new SimCard("sim2")));
    card.setPhoneNumber("+358501");
    assertTrue(card.isValid());
    card.setPuk1Code("");
    assertFalse(card.isValid());
  }

  @Test
  void pairsAreLowerCaseAndTheirRepresentationKeepsCodesBack() {
    var product = new Product("RM-763", IMEI_1);
    product.getSim2().setPhoneNumber("+358501");

    assertTrue(product.getNameValuePairs().startsWith("imei:" + IMEI_1 + ";rm-code:rm-763;"));
    assertEquals("sim2-phone-number:+358501;", product.getSim2().getNameValuePairsRepresentation());
    assertTrue(product.getSim2().getNameValuePairs().contains("sim2-pin1:1234;"));
    assertEquals("sim2-phone-number", product.getSim2().getParameterNames().get(0));
  }

  @Test
  void whatAFarmSaysOfAProductBesidesIsShownAndAsksNothing() {
    var reserved =
        ProductDescription.of(Map.of("imei", IMEI_1, "os-version", "14", "battery", "81"));

    var product = Published.product(reserved);

    assertEquals(Map.of("os-version", "14", "battery", "81"), product.getAttributes());
    assertEquals("14", Published.description(product).value("os-version"));
    assertTrue(product.toXML().contains("<battery>81</battery>"), product.toXML());
    product.getAttributes().clear();
    assertEquals(2, new Product(product).getAttributes().size());
    var test = new com.nokia.ci.tas.commons.Test("again");
    test.addRequiredProduct(product);
    var asked = Published.description(test).demand().requiredProducts().get(0);
    assertEquals("", asked.value("battery"));
    assertEquals(IMEI_1, asked.value("imei"));
  }

  @Test
  void xmlOfATestIsWhatMessagesSay() {
    String message =
        "<message>\n<type>test-operation</type>\n<envelope>\n<operation>start</operation>\n"
            + fullTest().toXML("\t")
            + "</envelope>\n</message>\n";

    assertEquals(
        Published.description(fullTest()),
        ((TestOperation) new MessageCodec().read(message.getBytes(StandardCharsets.UTF_8))).test());
  }

  @Test
  void xmlOfAProductIsWhatProductFilesSay() {
    var product = new Product("RM-763", IMEI_1);
    product.setEnvironment("a & <b>");
    product.setSIM2PhoneNumber("+358502");
    ProductDescription read = ProductXml.read(product.toXML("  ").getBytes(StandardCharsets.UTF_8));

    assertEquals("a & <b>", read.value(ProductAttribute.ENVIRONMENT));
    assertEquals("1234", read.value(ProductAttribute.SIM2_PIN1));
    assertEquals("+358502", read.value(ProductAttribute.SIM2_PHONE_NUMBER));
    assertTrue(
        product
            .getSim2()
            .toXML("\t")
            .startsWith("\t<sim2>\n\t\t<phone-number>+358502</phone-number>\n"));
  }

  @Test
  void xmlOfAPackageHasItsFiles() {
    String xml = new TestPackage("calls", List.of("a.zip"), "(rm-code:RM-763;)").toXML();

    assertTrue(xml.startsWith("<test-package>\n\t<id>calls</id>\n"), xml);
    assertTrue(xml.contains("\t<files>\n\t\t<file>a.zip</file>\n\t</files>\n"), xml);
  }

  @Test
  void textForAPersonHasNoCodes() {
    assertEquals(
        "nightly_1 (started: on its way) on [RM-763 " + IMEI_1 + " reference busy]",
        fullTest().toString());
  }

  private static com.nokia.ci.tas.commons.Test fullTest() {
    var test =
        new com.nokia.ci.tas.commons.Test(
            "nightly",
            com.nokia.ci.tas.commons.Test.ProductReleasingMode.MANUALLY_RELEASE_RESERVED_PRODUCTS,
            com.nokia.ci.tas.commons.Test.Target.NOSE);
    test.setSubId("_1");
    test.setWorkspacePath("/ci/jobs/1");
    test.setURL("http://ci/1");
    test.setProductDisconnectionTimeout(1000);
    test.setStatus(com.nokia.ci.tas.commons.Test.Status.STARTED, "on its way");
    test.setStartTime(17);
    test.setTimeout(18);
    test.setExecutorApplication("python3 -u");
    test.setExecutorScript("execute.py");
    test.setResultsFilename("results.zip");
    test.addArtifact("image.img");
    test.addexecutorEnvparam("LANG", "C");
    test.addSecretExecutorEnvparam("TOKEN", "sesame");
    test.setExecutorParameters(List.of("kept"));
    test.addTestPackage(new TestPackage("calls", List.of("calls.zip"), "(rm-code:RM-763;)"));
    test.setRequiredEnvironment("(rm-code:RM-763;)");
    test.addRequiredProduct(new Product("RM-763", ""));
    test.setReservedProducts(List.of(reservedProduct()));
    return test;
  }

  private static Product reservedProduct() {
    var values = new java.util.TreeMap<String, String>();
    for (var attribute : ProductAttribute.values()) {
      values.put(attribute.text(), attribute.text());
    }
    values.putAll(
        Map.of(
            "imei", IMEI_1,
            "rm-code", "RM-763",
            "role", "reference",
            "status", "busy",
            "status-details", "nightly_1",
            "reservation-time", "19",
            "reservation-timeout", "20",
            "disconnection-time", "21",
            "tas-port", "31415"));
    return Published.product(new ProductDescription(values));
  }
}
