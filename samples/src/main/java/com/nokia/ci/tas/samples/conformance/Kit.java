package com.nokia.ci.tas.samples.conformance;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/**
 * What all conversations share.
 *
 * @param report where claims are told
 * @param patience how long the peer may take for one step
 * @param host under which the peer reaches this machine
 */
record Kit(Report report, Duration patience, String host) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A name that no other run uses. */
  static String unique(String prefix) {
    return prefix + "_" + hex(6);
  }

  /** So many random octets in hexadecimal digits. */
  static String hex(int octets) {
    byte[] random = new byte[octets];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** A number like an IMEI. */
  static String imei() {
    var digits = new StringBuilder("9");
    while (digits.length() < 15) {
      digits.append(RANDOM.nextInt(10));
    }
    return digits.toString();
  }

  static String operation(String operation) {
    return "<operation>" + operation + "</operation>\n";
  }

  /** A test that is only named. */
  static String test(String id, String leaves) {
    return "<test>\n\t<id>" + id + "</id>\n" + leaves.indent(2).replace("  ", "\t") + "</test>\n";
  }

  static String file(String name, long size) {
    return "<file>\n\t<name>" + name + "</name>\n\t<size>" + size + "</size>\n</file>\n";
  }

  static String leaf(String name, String value) {
    return "<" + name + ">" + value + "</" + name + ">\n";
  }
}
