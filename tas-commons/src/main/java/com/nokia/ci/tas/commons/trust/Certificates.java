package com.nokia.ci.tas.commons.trust;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/** Facts about certificates. */
public final class Certificates {
  static final String SERVICE_USAGE = "1.3.6.1.5.5.7.3.1";
  static final String PEER_USAGE = "1.3.6.1.5.5.7.3.2";

  private Certificates() {}

  /** The digest by which a certificate is known: 64 lower-case hexadecimal digits. */
  public static String sha256(X509Certificate certificate) {
    return HexFormat.of().formatHex(digest(certificate));
  }

  static byte[] digest(X509Certificate certificate) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("the certificate has no encoding", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /** Whether it may sign others. */
  static boolean isAuthority(X509Certificate certificate) {
    return certificate.getBasicConstraints() >= 0;
  }

  /** Whether it says itself what it is for, and this is among it. */
  static boolean isFor(X509Certificate certificate, String usage) throws GeneralSecurityException {
    List<String> usages = certificate.getExtendedKeyUsage();
    return usages != null && usages.contains(usage);
  }
}
