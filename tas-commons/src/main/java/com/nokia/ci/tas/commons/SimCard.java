package com.nokia.ci.tas.commons;

import com.nokia.ci.tas.commons.json.ProductJson;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.model.ProductDescription;
import com.nokia.ci.tas.commons.xml.ProductXml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A SIM card in a product (published API; guide, "SIM cards").
 *
 * <p>A new card has the codes that cards are delivered with ({@code 1234} and so on) and nothing
 * else. Mutable and not thread-safe. Setters ignore null.
 */
public class SimCard {
  public static final String XML_ELEMENT_SIM_CARD_1 = "sim1";
  public static final String XML_ELEMENT_SIM_CARD_2 = "sim2";
  public static final String XML_ELEMENT_PHONE_NUMBER = "phone-number";
  public static final String XML_ELEMENT_OPERATOR = "operator";
  public static final String XML_ELEMENT_OPERATOR_CODE = "operator-code";
  public static final String XML_ELEMENT_OPERATOR_COUNTRY = "operator-country";
  public static final String XML_ELEMENT_SIGNAL = "signal";
  public static final String XML_ELEMENT_PIN_1_CODE = "pin1";
  public static final String XML_ELEMENT_PIN_2_CODE = "pin2";
  public static final String XML_ELEMENT_PUK_1_CODE = "puk1";
  public static final String XML_ELEMENT_PUK_2_CODE = "puk2";
  public static final String XML_ELEMENT_SECURITY_CODE = "security-code";
  public static final String XML_ELEMENT_IMSI = "imsi";
  public static final String XML_ELEMENT_SERVICE_DIALLING_NUMBER = "service-dialling-number";
  public static final String XML_ELEMENT_VOICE_MAILBOX_NUMBER = "voice-mailbox-number";

  public static final String JSON_ELEMENT_SIM_CARD_1 = "SIM1";
  public static final String JSON_ELEMENT_SIM_CARD_2 = "SIM2";
  public static final String JSON_ELEMENT_PHONE_NUMBER = "PhoneNumber";
  public static final String JSON_ELEMENT_OPERATOR = "Operator";
  public static final String JSON_ELEMENT_OPERATOR_CODE = "OperatorCode";
  public static final String JSON_ELEMENT_OPERATOR_COUNTRY = "OperatorCountry";
  public static final String JSON_ELEMENT_SIGNAL = "Signal";
  public static final String JSON_ELEMENT_PIN_1_CODE = "Pin1Code";
  public static final String JSON_ELEMENT_PIN_2_CODE = "Pin2Code";
  public static final String JSON_ELEMENT_PUK_1_CODE = "Puk1Code";
  public static final String JSON_ELEMENT_PUK_2_CODE = "Puk2Code";
  public static final String JSON_ELEMENT_SECURITY_CODE = "SecurityCode";
  public static final String JSON_ELEMENT_IMSI = "Imsi";
  public static final String JSON_ELEMENT_SERVICE_NUMBER = "ServiceNumber";
  public static final String JSON_ELEMENT_VOICE_MAIL_NUMBER = "VoiceMailNumber";

  public static final String DEPRECATED_JSON_ELEMENT_SIM_CARD_1 = "sim1";
  public static final String DEPRECATED_JSON_ELEMENT_SIM_CARD_2 = "sim2";
  public static final String DEPRECATED_JSON_ELEMENT_PHONE_NUMBER = "phoneNumber";
  public static final String DEPRECATED_JSON_ELEMENT_OPERATOR = "operator";
  public static final String DEPRECATED_JSON_ELEMENT_OPERATOR_CODE = "operatorCode";
  public static final String DEPRECATED_JSON_ELEMENT_OPERATOR_COUNTRY = "operatorCountry";
  public static final String DEPRECATED_JSON_ELEMENT_SIGNAL = "signal";
  public static final String DEPRECATED_JSON_ELEMENT_PIN_1_CODE = "pin1";
  public static final String DEPRECATED_JSON_ELEMENT_PIN_2_CODE = "pin2";
  public static final String DEPRECATED_JSON_ELEMENT_PUK_1_CODE = "puk1";
  public static final String DEPRECATED_JSON_ELEMENT_PUK_2_CODE = "puk2";
  public static final String DEPRECATED_JSON_ELEMENT_SECURITY_CODE = "securityCode";
  public static final String DEPRECATED_JSON_ELEMENT_IMSI = "imsi";
  public static final String DEPRECATED_JSON_ELEMENT_SERVICE_DIALLING_NUMBER =
      "serviceDiallingNumber";
  public static final String DEPRECATED_JSON_ELEMENT_VOICE_MAILBOX_NUMBER = "voiceMailboxNumber";

  /** The codes that cards are delivered with, by element name. */
  private static final Map<String, String> DELIVERED =
      Map.of(
          XML_ELEMENT_PIN_1_CODE, "1234",
          XML_ELEMENT_PIN_2_CODE, "2222",
          XML_ELEMENT_PUK_1_CODE, "11111111",
          XML_ELEMENT_PUK_2_CODE, "22222222",
          XML_ELEMENT_SECURITY_CODE, "12345");

  /** What makes two cards the same. */
  private static final List<String> NUMBERS =
      List.of(
          XML_ELEMENT_PHONE_NUMBER,
          XML_ELEMENT_PIN_1_CODE,
          XML_ELEMENT_PIN_2_CODE,
          XML_ELEMENT_PUK_1_CODE,
          XML_ELEMENT_PUK_2_CODE,
          XML_ELEMENT_SECURITY_CODE,
          XML_ELEMENT_IMSI,
          XML_ELEMENT_SERVICE_DIALLING_NUMBER,
          XML_ELEMENT_VOICE_MAILBOX_NUMBER);

  private final String identificator;

  /** What was set, by element name. */
  private final Map<String, String> said = new LinkedHashMap<>();

  /**
   * A card with default codes.
   *
   * @param identificator {@code sim1} or {@code sim2}; null or empty is {@code sim1}
   */
  public SimCard(String identificator) {
    this.identificator =
        identificator == null || identificator.isEmpty() ? XML_ELEMENT_SIM_CARD_1 : identificator;
  }

  SimCard(SimCard other) {
    this(other.identificator);
    said.putAll(other.said);
  }

  public String getIdentificator() {
    return identificator;
  }

  public String getPhoneNumber() {
    return text(XML_ELEMENT_PHONE_NUMBER);
  }

  public void setPhoneNumber(String phoneNumber) {
    say(XML_ELEMENT_PHONE_NUMBER, phoneNumber);
  }

  /** Null until set. */
  public String getOperator() {
    return said.get(XML_ELEMENT_OPERATOR);
  }

  public void setOperator(String operator) {
    say(XML_ELEMENT_OPERATOR, operator);
  }

  /** Null until set. */
  public String getOperatorCode() {
    return said.get(XML_ELEMENT_OPERATOR_CODE);
  }

  public void setOperatorCode(String operatorCode) {
    say(XML_ELEMENT_OPERATOR_CODE, operatorCode);
  }

  /** Null until set. */
  public String getOperatorCountry() {
    return said.get(XML_ELEMENT_OPERATOR_COUNTRY);
  }

  public void setOperatorCountry(String operatorCountry) {
    say(XML_ELEMENT_OPERATOR_COUNTRY, operatorCountry);
  }

  /** Null until set. */
  public String getSignal() {
    return said.get(XML_ELEMENT_SIGNAL);
  }

  public void setSignal(String signal) {
    say(XML_ELEMENT_SIGNAL, signal);
  }

  public String getPin1Code() {
    return text(XML_ELEMENT_PIN_1_CODE);
  }

  public void setPin1Code(String pin1Code) {
    say(XML_ELEMENT_PIN_1_CODE, pin1Code);
  }

  public String getPin2Code() {
    return text(XML_ELEMENT_PIN_2_CODE);
  }

  public void setPin2Code(String pin2Code) {
    say(XML_ELEMENT_PIN_2_CODE, pin2Code);
  }

  public String getPuk1Code() {
    return text(XML_ELEMENT_PUK_1_CODE);
  }

  public void setPuk1Code(String puk1Code) {
    say(XML_ELEMENT_PUK_1_CODE, puk1Code);
  }

  public String getPuk2Code() {
    return text(XML_ELEMENT_PUK_2_CODE);
  }

  public void setPuk2Code(String puk2Code) {
    say(XML_ELEMENT_PUK_2_CODE, puk2Code);
  }

  public String getSecurityCode() {
    return text(XML_ELEMENT_SECURITY_CODE);
  }

  public void setSecurityCode(String securityCode) {
    say(XML_ELEMENT_SECURITY_CODE, securityCode);
  }

  public String getIMSI() {
    return text(XML_ELEMENT_IMSI);
  }

  public void setIMSI(String imsi) {
    say(XML_ELEMENT_IMSI, imsi);
  }

  public String getServiceDiallingNumber() {
    return text(XML_ELEMENT_SERVICE_DIALLING_NUMBER);
  }

  public void setServiceDiallingNumber(String serviceDiallingNumber) {
    say(XML_ELEMENT_SERVICE_DIALLING_NUMBER, serviceDiallingNumber);
  }

  public String getVoiceMailboxNumber() {
    return text(XML_ELEMENT_VOICE_MAILBOX_NUMBER);
  }

  public void setVoiceMailboxNumber(String voiceMailboxNumber) {
    say(XML_ELEMENT_VOICE_MAILBOX_NUMBER, voiceMailboxNumber);
  }

  /**
   * Whether two cards have the same numbers and codes; operator and signal are not compared.
   *
   * @param other null is never equal
   */
  @SuppressWarnings("NonOverridingEquals") // published as an overload
  public boolean equals(SimCard other) {
    return other != null && NUMBERS.stream().allMatch(name -> text(name).equals(other.text(name)));
  }

  /**
   * Whether the card can be used: one without a phone number is not there and so is fine; one with
   * a phone number has all its codes.
   */
  public boolean isValid() {
    return getPhoneNumber().isEmpty()
        || DELIVERED.keySet().stream().noneMatch(name -> text(name).isEmpty());
  }

  /** What a test can ask of this card: {@code sim1-phone-number} and so on. */
  public List<String> getParameterNames() {
    return attributes().map(ProductAttribute::text).toList();
  }

  /** All values that are not empty as {@code name:value;} in lower case, for matching. */
  public String getNameValuePairs() {
    return Published.nameValuePairs(description());
  }

  /** All values that are not empty, for a person: without PIN, PUK and security codes. */
  public String getNameValuePairsRepresentation() {
    return Published.nameValuePairs(description().withoutSecrets());
  }

  /** The card as its block of a message, codes included. */
  public String toXML() {
    return toXML("");
  }

  /** The same, each line preceded by the indent. */
  public String toXML(String indent) {
    return ProductXml.card(description(), number(), indent);
  }

  /** The card as a JSON object with the names of {@code Main.json}, codes included. */
  public String toJSON() {
    return toJSON("");
  }

  /** The same, each line preceded by the indent. */
  public String toJSON(String indent) {
    return ProductJson.card(description(), number(), ProductJson.Frame.CURRENT, indent);
  }

  /** The card as a JSON object with the names of {@code product.json}, codes included. */
  public String toDeprecatedJSON() {
    return toDeprecatedJSON("");
  }

  /** The same, each line preceded by the indent. */
  public String toDeprecatedJSON(String indent) {
    return ProductJson.card(description(), number(), ProductJson.Frame.DEPRECATED, indent);
  }

  /** The values that are not secret. */
  @Override
  public String toString() {
    return getNameValuePairsRepresentation();
  }

  /** 1 or 2. */
  int number() {
    return identificator.equalsIgnoreCase(XML_ELEMENT_SIM_CARD_2) ? 2 : 1;
  }

  /** What was set, without the codes that cards are delivered with. */
  Map<String, String> said() {
    return said;
  }

  /** Takes a value by its element name. */
  void say(String elementName, String value) {
    if (value != null) {
      said.put(elementName, value);
    }
  }

  /** A value by its element name, empty when there is none. */
  String text(String elementName) {
    return said.getOrDefault(elementName, DELIVERED.getOrDefault(elementName, ""));
  }

  private ProductDescription description() {
    var values = new TreeMap<String, String>();
    attributes().forEach(attribute -> values.put(attribute.text(), text(attribute.elementName())));
    return new ProductDescription(values);
  }

  private Stream<ProductAttribute> attributes() {
    return Stream.of(ProductAttribute.values()).filter(attribute -> attribute.sim() == number());
  }
}
