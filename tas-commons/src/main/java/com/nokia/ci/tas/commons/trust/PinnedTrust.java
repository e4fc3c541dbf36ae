package com.nokia.ci.tas.commons.trust;

import java.net.Socket;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts an acceptor with one certificate, whoever signed it, and nobody who dials. */
final class PinnedTrust extends X509ExtendedTrustManager {
  private final byte[] wanted;

  PinnedTrust(String sha256) {
    if (sha256.length() != 64) {
      throw new IllegalArgumentException("a SHA-256 has 64 digits, this has " + sha256.length());
    }
    this.wanted = HexFormat.of().parseHex(sha256);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new CertificateException("the peer showed no certificate");
    }
    if (!MessageDigest.isEqual(wanted, Certificates.digest(chain[0]))) {
      throw new CertificateException(
          "the peer has another certificate than the one that was announced");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("only an acceptor is trusted here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
