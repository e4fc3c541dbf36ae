package com.nokia.ci.tas.commons.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a product can be asked for, in the order in which descriptions list it (guide,
 * "Required products expression" and "Product").
 *
 * <p>The name is what expressions use. In XML the SIM attributes stand without their prefix inside
 * a {@code sim1} or {@code sim2} block.
 */
public enum ProductAttribute {
  SN("sn"),
  SW_VERSION("sw-version"),
  FINGERPRINT("fingerprint"),
  PRODUCT_CODE("productcode"),
  FUSE_CONNECTION_NAME("fuse-connection-name"),
  FUSE_CONNECTION_ID("fuse-connection-id"),
  TRACE_CONNECTION_ID("trace-connection-id"),
  IMEI("imei"),
  RM_CODE("rm-code"),
  HARDWARE_TYPE("hardware-type"),
  ROLE("role"),
  STATUS("status"),
  STATUS_DETAILS("status-details"),
  RESERVATION_TIME("reservation-time"),
  RESERVATION_TIMEOUT("reservation-timeout"),
  DISCONNECTION_TIME("disconnection-time"),
  TAS_HOSTNAME("tas-hostname"),
  TAS_PORT("tas-port"),
  HOSTNAME("hostname"),
  IP("ip"),
  PORT("port"),
  ENVIRONMENT("environment"),
  SIM1_PHONE_NUMBER("sim1-phone-number"),
  SIM1_OPERATOR("sim1-operator"),
  SIM1_OPERATOR_CODE("sim1-operator-code"),
  SIM1_OPERATOR_COUNTRY("sim1-operator-country"),
  SIM1_SIGNAL("sim1-signal"),
  SIM1_PIN1("sim1-pin1"),
  SIM1_PIN2("sim1-pin2"),
  SIM1_PUK1("sim1-puk1"),
  SIM1_PUK2("sim1-puk2"),
  SIM1_SECURITY_CODE("sim1-security-code"),
  SIM1_IMSI("sim1-imsi"),
  SIM1_SERVICE_DIALLING_NUMBER("sim1-service-dialling-number"),
  SIM1_VOICE_MAILBOX_NUMBER("sim1-voice-mailbox-number"),
  SIM2_PHONE_NUMBER("sim2-phone-number"),
  SIM2_OPERATOR("sim2-operator"),
  SIM2_OPERATOR_CODE("sim2-operator-code"),
  SIM2_OPERATOR_COUNTRY("sim2-operator-country"),
  SIM2_SIGNAL("sim2-signal"),
  SIM2_PIN1("sim2-pin1"),
  SIM2_PIN2("sim2-pin2"),
  SIM2_PUK1("sim2-puk1"),
  SIM2_PUK2("sim2-puk2"),
  SIM2_SECURITY_CODE("sim2-security-code"),
  SIM2_IMSI("sim2-imsi"),
  SIM2_SERVICE_DIALLING_NUMBER("sim2-service-dialling-number"),
  SIM2_VOICE_MAILBOX_NUMBER("sim2-voice-mailbox-number");

  private static final Map<String, ProductAttribute> BY_NAME = byName();

  private final String text;

  ProductAttribute(String text) {
    this.text = text;
  }

  /** The name used in expressions: {@code rm-code}, {@code sim1-pin1}. */
  public String text() {
    return text;
  }

  /** The name of the XML element: {@code rm-code}, and {@code pin1} inside its SIM block. */
  public String elementName() {
    return sim() == 0 ? text : text.substring("sim1-".length());
  }

  /** 1 or 2 for an attribute of a SIM card, 0 for one of the product. */
  public int sim() {
    return text.startsWith("sim1-") ? 1 : text.startsWith("sim2-") ? 2 : 0;
  }

  /**
   * Whether the value opens something and so never reaches pages, JSON, logs or history (PIN, PUK,
   * security codes).
   */
  public boolean isSecret() {
    return sim() > 0
        && (elementName().startsWith("pin")
            || elementName().startsWith("puk")
            || elementName().equals("security-code"));
  }

  /** Finds an attribute by its exact name in an expression. */
  public static Optional<ProductAttribute> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Whether a name is secret; false for names of attributes that are not known here. */
  public static boolean isSecret(String name) {
    return of(name).map(ProductAttribute::isSecret).orElse(false);
  }

  private static Map<String, ProductAttribute> byName() {
    var all = new LinkedHashMap<String, ProductAttribute>();
    for (var attribute : values()) {
      all.put(attribute.text, attribute);
    }
    return Collections.unmodifiableMap(all);
  }
}
