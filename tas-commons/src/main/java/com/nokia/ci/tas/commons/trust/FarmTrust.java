package com.nokia.ci.tas.commons.trust;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts what one farm's authority has signed, each certificate for what it says it is for: one for
 * a service accepts, one for a peer dials. So no peer can pose as the service.
 *
 * <p>Of a service the time of validity is checked. Of a peer it is left to whoever admits the peer
 * after the handshake, because only then can it be told in a sentence that its key file has
 * expired.
 */
final class FarmTrust extends X509ExtendedTrustManager {
  private final X509Certificate authority;
  private final InstantSource clock;

  FarmTrust(X509Certificate authority, InstantSource clock) {
    this.authority = authority;
    this.clock = clock;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    X509Certificate service = first(chain);
    checkSigned(service);
    if (!isFor(service, Certificates.SERVICE_USAGE)) {
      throw new CertificateException(
          "the other side has a key of this farm, but not the service's; it is not the service");
    }
    Instant now = clock.instant();
    Instant end = service.getNotAfter().toInstant();
    if (now.isAfter(end)) {
      throw new CertificateException(
          "the certificate of the service has expired on %s; the farm's admin renews it with: tas keys renew"
              .formatted(end));
    }
    Instant begin = service.getNotBefore().toInstant();
    if (now.isBefore(begin)) {
      throw new CertificateException(
          "the certificate of the service is good from %s on, and here it is %s; one of the two clocks is wrong"
              .formatted(begin, now));
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    X509Certificate peer = first(chain);
    checkSigned(peer);
    if (!isFor(peer, Certificates.PEER_USAGE)) {
      throw new CertificateException("the certificate is none for a peer");
    }
  }

  private static X509Certificate first(X509Certificate[] chain) throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new CertificateException("the other side showed no certificate");
    }
    return chain[0];
  }

  /** The chain has one link: the authority signs certificates for peers and services itself. */
  private void checkSigned(X509Certificate certificate) throws CertificateException {
    if (Certificates.isAuthority(certificate)) {
      throw new CertificateException("the other side showed the certificate of an authority");
    }
    try {
      var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(certificate.getNotBefore().toInstant()));
      var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
    } catch (CertPathValidatorException e) {
      throw new CertificateException(
          "the other side has no certificate of this farm's authority: it belongs to another farm,"
              + " or the farm's keys were made anew and new key files are needed",
          e);
    } catch (GeneralSecurityException e) {
      throw new CertificateException("the certificate cannot be checked: " + e.getMessage(), e);
    }
  }

  private static boolean isFor(X509Certificate certificate, String usage)
      throws CertificateException {
    try {
      return Certificates.isFor(certificate, usage);
    } catch (GeneralSecurityException e) {
      throw new CertificateException("the certificate does not say what it is for", e);
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
    return new X509Certificate[] {authority};
  }
}
