package com.nokia.ci.tas.service.access;

import com.nokia.ci.tas.commons.model.KeyId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The secret of a key: shown once to whoever it is made for, and kept by the service as a digest.
 *
 * <p>It reads {@code tas_ID_SECRET}: the name of the key, so that it is found without comparing
 * every secret, and 256 random bits. So much chance needs no slow hash: nobody tries it out.
 *
 * @param key what it belongs to
 * @param text all of it
 */
public record Token(KeyId key, String text) {
  private static final String PREFIX = "tas_";
  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 4;
  private static final int LONGEST = 200;

  /** Makes a token for a new key. */
  public static Token random(SecureRandom random) {
    byte[] id = new byte[ID_BYTES];
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(id);
    random.nextBytes(secret);
    var key = new KeyId(HexFormat.of().formatHex(id));
    return new Token(
        key, PREFIX + key + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** Reads what a peer shows; empty when it is nothing that was ever made here. */
  public static Optional<Token> parse(String text) {
    int end = text.indexOf('_', PREFIX.length());
    if (!text.startsWith(PREFIX) || end < 0 || text.length() > LONGEST) {
      return Optional.empty();
    }
    return Optional.of(new Token(new KeyId(text.substring(PREFIX.length(), end)), text));
  }

  /** What is kept of it: 64 lower-case hexadecimal digits. */
  public String sha256() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Token[" + key + "]";
  }
}
