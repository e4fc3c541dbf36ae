package com.nokia.ci.tas.ciproxy.detector;

import com.nokia.ci.tas.commons.model.SafeName;
import java.util.Objects;

/**
 * A product that is plugged in, as the CI Proxy protocol can describe it. The protocol has no way
 * to quote, so what it separates by is replaced by a minus, as is everything that is not printable
 * ASCII.
 *
 * @param imei what the product is known by in the whole farm, never empty; it also becomes the name
 *     of the product's file, so it has letters, digits, dots, minus and underscores only
 * @param rmCode type of the product, such as {@code RM-763}; empty for a device that is a product
 *     only if the farm's own list of models names it, such as a board among keyboards
 * @param connectionName how a person recognises the connection; for adb the serial number
 * @param connectionId how a program recognises it
 * @param port on which the product itself can be reached on this machine; empty: on none
 * @param facts what else is known of it
 */
public record Device(
    String imei,
    String rmCode,
    String connectionName,
    String connectionId,
    String port,
    Facts facts) {
  /** The RM code of a product that does not tell its type. */
  public static final String UNKNOWN_MODEL = "unknown";

  private static final int LONGEST = 100;

  public Device {
    imei = key(imei);
    rmCode = field(rmCode);
    connectionName = field(connectionName);
    connectionId = field(connectionId);
    port = field(port);
    Objects.requireNonNull(facts, "facts");
    if (imei.isEmpty()) {
      throw new IllegalArgumentException("a device without an IMEI cannot be told apart");
    }
  }

  /** A device of which nothing else is known. */
  public Device(
      String imei, String rmCode, String connectionName, String connectionId, String port) {
    this(imei, rmCode, connectionName, connectionId, port, Facts.none());
  }

  /** The same device with these facts. */
  public Device with(Facts others) {
    return new Device(imei, rmCode, connectionName, connectionId, port, others);
  }

  /** What becomes of a text that is to be the IMEI: a safe file name, perhaps empty. */
  public static String key(String text) {
    Objects.requireNonNull(text, "text");
    var key = new StringBuilder();
    text.strip().chars().limit(LONGEST).forEach(c -> key.append(isPartOfName(c) ? (char) c : '-'));
    while (key.length() > 0 && key.charAt(key.length() - 1) == '.') {
      key.setLength(key.length() - 1);
    }
    boolean isReserved = key.length() > 0 && SafeName.complaint("IMEI", key.toString()).isPresent();
    return isReserved ? "_" + key : key.toString();
  }

  private static String field(String text) {
    Objects.requireNonNull(text, "text");
    var field = new StringBuilder();
    text.strip()
        .chars()
        .limit(LONGEST)
        .forEach(c -> field.append(isPrintable(c) && "$@|".indexOf(c) < 0 ? (char) c : '-'));
    return field.toString();
  }

  private static boolean isPartOfName(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '-'
        || c == '_';
  }

  private static boolean isPrintable(int c) {
    return c >= ' ' && c <= '~';
  }
}
