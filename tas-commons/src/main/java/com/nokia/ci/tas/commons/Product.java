package com.nokia.ci.tas.commons;

import com.nokia.ci.tas.commons.json.ProductJson;
import com.nokia.ci.tas.commons.model.ExtraAttributes;
import com.nokia.ci.tas.commons.model.ProductAttribute;
import com.nokia.ci.tas.commons.xml.ProductXml;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A device of the farm, or what a test asks of one (published API; guide, "Product").
 *
 * <p>In a list of required products only what was set counts; everything else may be anything.
 * Mutable and not thread-safe. Times are milliseconds since the Unix epoch, durations milliseconds.
 * Setters take a null text as empty and ignore values that make no sense.
 */
public class Product {

  /** Whether a product can be reserved. */
  public enum Status {
    /** Can be reserved. */
    FREE,
    /** Reserved; the status details name the test. */
    BUSY,
    /** Out of service; the status details say why. */
    DISABLED
  }

  /** What a product may be used for. */
  public enum Role {
    /** May be flashed. */
    MAIN,
    /** May be flashed; the other party of a communication test. */
    REMOTE,
    /** Must not be flashed. */
    REFERENCE
  }

  public static final String ROLE_MAIN = "main";
  public static final String ROLE_REMOTE = "remote";
  public static final String ROLE_REFERENCE = "reference";
  public static final String MAIN_ROLE_ID = "main";
  public static final String REMOTE_ROLE_ID = "remote";
  public static final String REFERENCE_ROLE_ID = "reference";
  public static final String STATUS_FREE = "free";
  public static final String STATUS_BUSY = "busy";
  public static final String STATUS_DISABLED = "disabled";

  public static final String XML_ELEMENT_PRODUCT = "product";
  public static final String XML_ELEMENT_SN = "sn";
  public static final String XML_ELEMENT_SW_VERSION = "sw-version";
  public static final String XML_ELEMENT_FINGERPRINT = "fingerprint";
  public static final String XML_ELEMENT_PRODUCT_CODE = "productcode";
  public static final String XML_ELEMENT_FUSE_CONNECTION_NAME = "fuse-connection-name";
  public static final String XML_ELEMENT_FUSE_CONNECTION_ID = "fuse-connection-id";
  public static final String XML_ELEMENT_TRACE_CONNECTION_ID = "trace-connection-id";
  public static final String XML_ELEMENT_IMEI = "imei";
  public static final String XML_ELEMENT_RM_CODE = "rm-code";
  public static final String XML_ELEMENT_HARDWARE_TYPE = "hardware-type";
  public static final String XML_ELEMENT_ROLE = "role";
  public static final String XML_ELEMENT_STATUS = "status";
  public static final String XML_ELEMENT_STATUS_DETAILS = "status-details";
  public static final String XML_ELEMENT_RESERVATION_TIME = "reservation-time";
  public static final String XML_ELEMENT_RESERVATION_TIMEOUT = "reservation-timeout";
  public static final String XML_ELEMENT_DISCONNECTION_TIME = "disconnection-time";
  public static final String XML_ELEMENT_TAS_HOSTNAME = "tas-hostname";
  public static final String XML_ELEMENT_TAS_PORT_NUMBER = "tas-port";
  public static final String XML_ELEMENT_HOSTNAME = "hostname";
  public static final String XML_ELEMENT_IP_ADDRESS = "ip";
  public static final String XML_ELEMENT_PORT_NUMBER = "port";
  public static final String XML_ELEMENT_ENVIRONMENT = "environment";

  public static final String JSON_ELEMENT_SN = "Sn";
  public static final String JSON_ELEMENT_SW_VERSION = "SwVer";
  public static final String JSON_ELEMENT_FINGERPRINT = "FingerPrint";
  public static final String JSON_ELEMENT_PRODUCT_CODE = "ProductCode";
  public static final String JSON_ELEMENT_FUSE_CONNECTION_NAME = "ConnectionName";
  public static final String JSON_ELEMENT_FUSE_CONNECTION_ID = "Connection";
  public static final String JSON_ELEMENT_TRACE_CONNECTION_ID = "TraceConnection";
  public static final String JSON_ELEMENT_IMEI = "Imei";
  public static final String JSON_ELEMENT_RM_CODE = "RmCode";
  public static final String JSON_ELEMENT_HARDWARE_TYPE = "HardwareType";
  public static final String JSON_ELEMENT_ROLE = "Role";
  public static final String JSON_ELEMENT_STATUS = "Status";
  public static final String JSON_ELEMENT_STATUS_DETAILS = "StatusDetails";
  public static final String JSON_ELEMENT_RESERVATION_TIME = "ReservationTime";
  public static final String JSON_ELEMENT_RESERVATION_TIMEOUT = "ReservationTimeout";
  public static final String JSON_ELEMENT_DISCONNECTION_TIME = "DisconnectionTime";
  public static final String JSON_ELEMENT_TAS_HOSTNAME = "TasHostname";
  public static final String JSON_ELEMENT_TAS_PORT_NUMBER = "TasPort";
  public static final String JSON_ELEMENT_HOSTNAME = "Hostname";
  public static final String JSON_ELEMENT_IP_ADDRESS = "Ip";
  public static final String JSON_ELEMENT_PORT_NUMBER = "Port";
  public static final String JSON_ELEMENT_ENVIRONMENT = "Environment";
  public static final String JSON_ELEMENT_REFERENCE_PRODUCT_PHONE_NUMBER = "PhoneNumber";

  public static final String DEPRECATED_JSON_ELEMENT_SN = "sn";
  public static final String DEPRECATED_JSON_ELEMENT_SW_VERSION = "swVer";
  public static final String DEPRECATED_JSON_ELEMENT_FINGERPRINT = "fingerPrint";
  public static final String DEPRECATED_JSON_ELEMENT_PRODUCT_CODE = "productCode";
  public static final String DEPRECATED_JSON_ELEMENT_FUSE_CONNECTION_NAME = "fuseConnectionName";
  public static final String DEPRECATED_JSON_ELEMENT_FUSE_CONNECTION_ID = "fuseConnectionId";
  public static final String DEPRECATED_JSON_ELEMENT_TRACE_CONNECTION_ID = "traceConnectionId";
  public static final String DEPRECATED_JSON_ELEMENT_IMEI = "imei";
  public static final String DEPRECATED_JSON_ELEMENT_RM_CODE = "rmCode";
  public static final String DEPRECATED_JSON_ELEMENT_HARDWARE_TYPE = "hardwareType";
  public static final String DEPRECATED_JSON_ELEMENT_ROLE = "role";
  public static final String DEPRECATED_JSON_ELEMENT_STATUS = "status";
  public static final String DEPRECATED_JSON_ELEMENT_STATUS_DETAILS = "statusDetails";
  public static final String DEPRECATED_JSON_ELEMENT_RESERVATION_TIME = "reservationTime";
  public static final String DEPRECATED_JSON_ELEMENT_RESERVATION_TIMEOUT = "reservationTimeout";
  public static final String DEPRECATED_JSON_ELEMENT_DISCONNECTION_TIME = "disconnectionTime";
  public static final String DEPRECATED_JSON_ELEMENT_TAS_HOSTNAME = "tasHostname";
  public static final String DEPRECATED_JSON_ELEMENT_TAS_PORT_NUMBER = "tasPort";
  public static final String DEPRECATED_JSON_ELEMENT_HOSTNAME = "hostname";
  public static final String DEPRECATED_JSON_ELEMENT_IP_ADDRESS = "ip";
  public static final String DEPRECATED_JSON_ELEMENT_PORT_NUMBER = "port";

  /** What was set, and is a text. */
  private final Map<ProductAttribute, String> texts = new EnumMap<>(ProductAttribute.class);

  /** What the farm says of it besides, by name. */
  private final SortedMap<String, String> attributes = new TreeMap<>();

  private Role role = Role.MAIN;
  private Status status = Status.FREE;
  private long reservationTime;
  private long reservationTimeout = Constant.DEFAULT_TEST_TIMEOUT;
  private long disconnectionTime;
  private int testAutomationServicePort;
  private SimCard sim1 = new SimCard(SimCard.XML_ELEMENT_SIM_CARD_1);
  private SimCard sim2 = new SimCard(SimCard.XML_ELEMENT_SIM_CARD_2);

  /** A free product in the main role of which nothing is known. */
  public Product() {}

  /** A free product in the main role. */
  public Product(String rmCode, String imei) {
    say(ProductAttribute.RM_CODE, rmCode);
    say(ProductAttribute.IMEI, imei);
  }

  Product(Product other) {
    texts.putAll(other.texts);
    attributes.putAll(other.attributes);
    role = other.role;
    status = other.status;
    reservationTime = other.reservationTime;
    reservationTimeout = other.reservationTimeout;
    disconnectionTime = other.disconnectionTime;
    testAutomationServicePort = other.testAutomationServicePort;
    sim1 = new SimCard(other.sim1);
    sim2 = new SimCard(other.sim2);
  }

  public String getIMEI() {
    return text(ProductAttribute.IMEI);
  }

  public void setIMEI(String imei) {
    say(ProductAttribute.IMEI, imei);
  }

  public String getRMCode() {
    return text(ProductAttribute.RM_CODE);
  }

  public void setRMCode(String rmCode) {
    say(ProductAttribute.RM_CODE, rmCode);
  }

  public String getHardwareType() {
    return text(ProductAttribute.HARDWARE_TYPE);
  }

  public void setHardwareType(String hardwareType) {
    say(ProductAttribute.HARDWARE_TYPE, hardwareType);
  }

  public String getFuseConnectionName() {
    return text(ProductAttribute.FUSE_CONNECTION_NAME);
  }

  public void setFuseConnectionName(String fuseConnectionName) {
    say(ProductAttribute.FUSE_CONNECTION_NAME, fuseConnectionName);
  }

  public String getFuseConnectionId() {
    return text(ProductAttribute.FUSE_CONNECTION_ID);
  }

  public void setFuseConnectionId(String fuseConnectionId) {
    say(ProductAttribute.FUSE_CONNECTION_ID, fuseConnectionId);
  }

  public String getTraceConnectionId() {
    return text(ProductAttribute.TRACE_CONNECTION_ID);
  }

  public void setTraceConnectionId(String traceConnectionId) {
    say(ProductAttribute.TRACE_CONNECTION_ID, traceConnectionId);
  }

  /**
   * The same as {@link #setTraceConnectionId(String)}.
   *
   * @param printStack has no effect
   */
  public void setTraceConnectionId(String traceConnectionId, boolean printStack) {
    setTraceConnectionId(traceConnectionId);
  }

  public String getHostname() {
    return text(ProductAttribute.HOSTNAME);
  }

  public void setHostname(String hostname) {
    say(ProductAttribute.HOSTNAME, hostname);
  }

  public String getIPAddress() {
    return text(ProductAttribute.IP);
  }

  public void setIPAddress(String ipAddress) {
    say(ProductAttribute.IP, ipAddress);
  }

  public String getPort() {
    return text(ProductAttribute.PORT);
  }

  public void setPort(String port) {
    say(ProductAttribute.PORT, port);
  }

  public String getEnvironment() {
    return text(ProductAttribute.ENVIRONMENT);
  }

  public void setEnvironment(String environment) {
    say(ProductAttribute.ENVIRONMENT, environment);
  }

  /** Null until set. */
  public String getSn() {
    return texts.get(ProductAttribute.SN);
  }

  public void setSn(String sn) {
    say(ProductAttribute.SN, sn);
  }

  /** Null until set. */
  public String getSwVer() {
    return texts.get(ProductAttribute.SW_VERSION);
  }

  public void setSwVer(String swVer) {
    say(ProductAttribute.SW_VERSION, swVer);
  }

  /** Null until set. */
  public String getFingerprint() {
    return texts.get(ProductAttribute.FINGERPRINT);
  }

  public void setFingerprint(String fingerprint) {
    say(ProductAttribute.FINGERPRINT, fingerprint);
  }

  /** Null until set. */
  public String getProductCode() {
    return texts.get(ProductAttribute.PRODUCT_CODE);
  }

  public void setProductCode(String productCode) {
    say(ProductAttribute.PRODUCT_CODE, productCode);
  }

  public Role getRole() {
    return role;
  }

  public void setRole(Role role) {
    this.role = Objects.requireNonNullElse(role, this.role);
  }

  public Status getStatus() {
    return status;
  }

  public void setStatus(Status status) {
    this.status = Objects.requireNonNullElse(status, this.status);
  }

  public void setStatus(Status status, String statusDetails) {
    setStatus(status);
    setStatusDetails(statusDetails);
  }

  public boolean isFree() {
    return status == Status.FREE;
  }

  public String getStatusDetails() {
    return text(ProductAttribute.STATUS_DETAILS);
  }

  public void setStatusDetails(String statusDetails) {
    say(ProductAttribute.STATUS_DETAILS, statusDetails);
  }

  /** When the product was reserved, 0 if it is not. */
  public long getReservationTime() {
    return reservationTime;
  }

  public void setReservationTime(long reservationTime) {
    if (reservationTime >= 0) {
      this.reservationTime = reservationTime;
    }
  }

  /** For how long the product is reserved. */
  public long getReservationTimeout() {
    return reservationTimeout;
  }

  public void setReservationTimeout(long reservationTimeout) {
    if (reservationTimeout > 0) {
      this.reservationTimeout = reservationTimeout;
    }
  }

  public void setReservation(long reservationTime, long reservationTimeout) {
    setReservationTime(reservationTime);
    setReservationTimeout(reservationTimeout);
  }

  /** When the product was disconnected from its node, 0 if it is connected. */
  public long getDisconnectionTime() {
    return disconnectionTime;
  }

  public void setDisconnectionTime(long disconnectionTime) {
    if (disconnectionTime >= 0) {
      this.disconnectionTime = disconnectionTime;
    }
  }

  public String getTestAutomationServiceHostname() {
    return text(ProductAttribute.TAS_HOSTNAME);
  }

  public void setTestAutomationServiceHostname(String hostname) {
    say(ProductAttribute.TAS_HOSTNAME, hostname);
  }

  /** The port of the service whose farm the product belongs to, 0 if not known. */
  public int getTestAutomationServicePort() {
    return testAutomationServicePort;
  }

  public void setTestAutomationServicePort(int port) {
    if (port >= 0 && port <= 65_535) {
      testAutomationServicePort = port;
    }
  }

  public void setTestAutomationService(String hostname, int port) {
    setTestAutomationServiceHostname(hostname);
    setTestAutomationServicePort(port);
  }

  public SimCard getSim1() {
    return sim1;
  }

  public void setSim1(SimCard sim1) {
    this.sim1 = Objects.requireNonNullElse(sim1, this.sim1);
  }

  public SimCard getSim2() {
    return sim2;
  }

  public void setSim2(SimCard sim2) {
    this.sim2 = Objects.requireNonNullElse(sim2, this.sim2);
  }

  public String getSIM1PhoneNumber() {
    return sim1.getPhoneNumber();
  }

  public void setSIM1PhoneNumber(String phoneNumber) {
    sim1.setPhoneNumber(phoneNumber);
  }

  public String getSIM2PhoneNumber() {
    return sim2.getPhoneNumber();
  }

  public void setSIM2PhoneNumber(String phoneNumber) {
    sim2.setPhoneNumber(phoneNumber);
  }

  /**
   * What its farm says of a reserved product beyond the guide, such as {@code os-version} or {@code
   * battery}, by the names that expressions use; a copy. In a list of required products it asks
   * nothing.
   */
  public Map<String, String> getAttributes() {
    return new TreeMap<>(attributes);
  }

  /** What a test can ask of a product: the names of the required-products expression. */
  public List<String> getParameterNames() {
    return Stream.of(ProductAttribute.values()).map(ProductAttribute::text).toList();
  }

  /** All values that are not empty as {@code name:value;} in lower case, for matching. */
  public String getNameValuePairs() {
    return Published.nameValuePairs(Published.complete(this));
  }

  /** The product as its block of a message, codes of the SIM cards included. */
  public String toXML() {
    return toXML("");
  }

  /** The same, each line preceded by the indent. */
  public String toXML(String indent) {
    return ProductXml.fragment(Published.complete(this), indent);
  }

  /** The product as the JSON object of {@code Main.json}, codes of the SIM cards included. */
  public String toJSON() {
    return toJSON("");
  }

  /** The same, each line preceded by the indent. */
  public String toJSON(String indent) {
    return ProductJson.product(
        Published.complete(this), ProductJson.Frame.CURRENT, ProductJson.Secrets.WRITTEN, indent);
  }

  /** The product as the JSON object of {@code product.json}, codes of the SIM cards included. */
  public String toDeprecatedJSON() {
    return toDeprecatedJSON("");
  }

  /** The same, each line preceded by the indent. */
  public String toDeprecatedJSON(String indent) {
    return ProductJson.product(
        Published.complete(this),
        ProductJson.Frame.DEPRECATED,
        ProductJson.Secrets.WRITTEN,
        indent);
  }

  /** What identifies the product, for a person. */
  @Override
  public String toString() {
    return Stream.of(getRMCode(), getIMEI(), Published.word(role), Published.word(status))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** The texts that were set. */
  Map<ProductAttribute, String> texts() {
    return texts;
  }

  /** What the farm says of it besides; takes what no attribute of the guide is called. */
  void sayBesides(Map<String, String> values) {
    values.forEach(
        (name, value) -> {
          if (ExtraAttributes.isExtra(name)) {
            attributes.put(name, value);
          }
        });
  }

  void say(ProductAttribute attribute, String value) {
    texts.put(attribute, Objects.requireNonNullElse(value, ""));
  }

  private String text(ProductAttribute attribute) {
    return texts.getOrDefault(attribute, "");
  }
}
