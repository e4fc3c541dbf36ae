package com.nokia.ci.tas.communicator.product;

import com.nokia.ci.tas.commons.model.ProductDescription;
import java.util.Map;

/** The text of a product file before anybody has edited it, with the guide's comments. */
final class ProductTemplate {
  /** What the file {@code IMEI.xml} describes, which serves as an example and is never read. */
  static final ProductDescription EXAMPLE =
      ProductDescription.of(
          Map.ofEntries(
              Map.entry("fuse-connection-name", "USB4"),
              Map.entry("fuse-connection-id", "GConnId_5685fac9315e41bd"),
              Map.entry("imei", "000000000000001"),
              Map.entry("rm-code", "RM-123"),
              Map.entry("hardware-type", "X1"),
              Map.entry("tas-hostname", "test-automation-service.hostname.com"),
              Map.entry("tas-port", "31415"),
              Map.entry("hostname", "hostname.domain.com"),
              Map.entry("ip", "172.23.127.26"),
              Map.entry("port", "15001"),
              Map.entry("environment", "Bluetooth"),
              Map.entry("sim1-phone-number", "+3585550000001"),
              Map.entry("sim2-phone-number", "+3585550000002")));

  private static final String HEAD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <product>
          <!-- Name of the FUSE connection that was assigned to this product on this particular test node -->
          <fuse-connection-name>{fuse-connection-name}</fuse-connection-name>

          <!-- Id of the FUSE connection that was assigned to this product on this particular test node -->
          <fuse-connection-id>{fuse-connection-id}</fuse-connection-id>

          <!-- IMEI number of the product -->
          <imei>{imei}</imei>

          <!-- RM code of the product -->
          <rm-code>{rm-code}</rm-code>

          <!-- Hardware type of the product, usually in form "X1" -->
          <hardware-type>{hardware-type}</hardware-type>

          <!-- Role of the product in test farm: main, remote or reference -->
          <role>main</role>

          <!-- Current status of the product; write disabled here to take the product out of service, free to give it back -->
          <status>free</status>

          <!-- Some details related to the current status of the product -->
          <status-details></status-details>

          <!-- Hostname of the Test Automation Service this product belongs to -->
          <tas-hostname>{tas-hostname}</tas-hostname>

          <!-- Port number of the Test Automation Service this product belongs to -->
          <tas-port>{tas-port}</tas-port>

          <!-- Hostname assigned to the product by the Test Automation Communicator -->
          <hostname>{hostname}</hostname>

          <!-- IP address assigned to the product by the Test Automation Communicator -->
          <ip>{ip}</ip>

          <!-- TCP/IP port number assigned to the product by the Test Automation Communicator -->
          <port>{port}</port>

          <!-- Free form description of the environment that this particular device may provide to a test, like "Bluetooth", "Mobile operator ABC", etc. -->
          <environment>{environment}</environment>

      """;
  private static final String CARDS =
      """
          <!-- Set of configurations related to the 1st (or only) SIM card available to the product -->
          <sim1>
              <!-- Phone number (or MSISDN) assigned to this SIM card, from "+" and country code; empty: the card is not used -->
              <phone-number>{sim1-phone-number}</phone-number>

              <!-- The 1st and the 2nd Personal Identification Number codes -->
              <pin1>1234</pin1>
              <pin2>2222</pin2>

              <!-- The 1st and the 2nd PIN Unblocking Key codes -->
              <puk1>11111111</puk1>
              <puk2>22222222</puk2>

              <!-- A security code assigned to the SIM card -->
              <security-code>12345</security-code>

              <!-- International Mobile Subscription Identity number, which identificates this SIM card -->
              <imsi></imsi>

              <!-- Service dialling number associated with the SIM card -->
              <service-dialling-number></service-dialling-number>

              <!-- Number of a voice mailbox -->
              <voice-mailbox-number></voice-mailbox-number>
          </sim1>
          <!-- Set of configurations related to the 2nd SIM card available to dual-SIM card product -->
          <sim2>
              <phone-number>{sim2-phone-number}</phone-number>
              <pin1>1234</pin1>
              <pin2>2222</pin2>
              <puk1>11111111</puk1>
              <puk2>22222222</puk2>
              <security-code>12345</security-code>
              <imsi></imsi>
              <service-dialling-number></service-dialling-number>
              <voice-mailbox-number></voice-mailbox-number>
          </sim2>
      </product>
      """;

  private ProductTemplate() {}

  /** The first text of the file of a product, with what is known of it. */
  static String textFor(ProductDescription known) {
    var text = new StringBuilder();
    String template = HEAD + CARDS;
    int position = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', position)) {
      int close = template.indexOf('}', open);
      text.append(template, position, open)
          .append(ProductText.escaped(known.value(template.substring(open + 1, close))));
      position = close + 1;
    }
    return text.append(template, position, template.length()).toString();
  }
}
