package com.nokia.ci.tas.service.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Shows a receiver that what came is from the service, and when it was sent. */
public final class Signature {
  private static final String HMAC = "HmacSHA256";

  private Signature() {}

  /**
   * {@code sha256=} and the HMAC of time, a dot and the body, in hexadecimal digits.
   *
   * @param time as it is sent beside it, in seconds since 1970
   */
  public static String of(String secret, long time, String body) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      byte[] code = mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8));
      return "sha256=" + HexFormat.of().formatHex(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
