package com.nokia.ci.tas.commons.transport;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of files on sessions and in caches. */
public final class Sha256 {
  private Sha256() {}

  /** One that has seen nothing yet; for one thread. */
  public static MessageDigest begun() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** As it stands in messages. */
  static String text(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
