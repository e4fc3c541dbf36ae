package com.nokia.ci.tas.client.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a node shows to be let in for one test: 128 bits by chance that only the service and the
 * node of that test are told. Shown nowhere.
 */
final class Ticket {
  private static final SecureRandom CHANCE = new SecureRandom();
  private static final int OCTETS = 16;

  private final String text;

  private Ticket(String text) {
    this.text = text;
  }

  static Ticket random() {
    byte[] octets = new byte[OCTETS];
    CHANCE.nextBytes(octets);
    return new Ticket(HexFormat.of().formatHex(octets));
  }

  /** Whether this is what was shown; takes the same time whatever was. */
  boolean is(String shown) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  /** For the start of the test and nothing else. */
  String secret() {
    return text;
  }

  @Override
  public String toString() {
    return "a ticket";
  }
}
