package com.nokia.ci.tas.commons.trust;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * How one side of a connection does TLS: with which certificate, and whom it trusts.
 *
 * <p>TLS 1.3 and nothing older: every peer that knows sessions can do it, and so can every browser
 * in use. No host name is compared: the authority behind these certificates belongs to one farm and
 * signs one kind of certificate that may stand for the service, so the chain and that kind tell all
 * that a name could, and a service may move to another address without a new certificate.
 *
 * <p>Immutable; for any number of connections and threads.
 *
 * @param context with its certificate and whom it trusts
 * @param peerCertificates what an acceptor asks of the side that dials; of no meaning when dialing
 */
public record Tls(SSLContext context, PeerCertificates peerCertificates) {
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  /** What an acceptor asks of the side that dials. */
  public enum PeerCertificates {
    /** No certificate is asked for. */
    NONE,
    /** One is asked for; a peer without one is let in, to show a token or a ticket. */
    WANTED,
    /** No connection without one. */
    NEEDED
  }

  public Tls {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(peerCertificates, "peerCertificates");
  }

  /**
   * Dials with or without a certificate of one's own and takes the acceptor with exactly one
   * certificate: how a node reaches a client directly.
   *
   * @param own the key file of the side that dials, if it has one
   * @param certificateSha256 digest of the certificate, in hexadecimal digits of any case
   * @throws IllegalArgumentException when that is no SHA-256
   */
  public static Tls pinned(Optional<FarmKey> own, String certificateSha256) {
    var trust = new PinnedTrust(certificateSha256);
    return of(own.flatMap(FarmKey::identity), trust, PeerCertificates.NONE);
  }

  /** {@link #pinned(Optional, String)} with a certificate of one's own. */
  public static Tls pinned(FarmKey own, String certificateSha256) {
    return pinned(Optional.of(own), certificateSha256);
  }

  /**
   * TLS of a service: shows its certificate, and lets in peers with one of the same authority and
   * peers without any. Whether a peer's certificate is still good is for whoever admits the peer.
   */
  public static Tls ofService(X509Certificate authority, Identity service) {
    var trust = new FarmTrust(authority, InstantSource.system());
    return of(Optional.of(service), trust, PeerCertificates.WANTED);
  }

  static Tls of(Optional<Identity> own, TrustManager trust, PeerCertificates peerCertificates) {
    try {
      var context = SSLContext.getInstance("TLSv1.3");
      KeyManager[] keys = own.isPresent() ? own.get().keyManagers() : new KeyManager[0];
      context.init(keys, new TrustManager[] {trust}, new SecureRandom());
      return new Tls(context, peerCertificates);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS 1.3", e);
    }
  }

  /** An engine for the side that dials. */
  public SSLEngine dialingEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    engine.setSSLParameters(parameters(engine));
    return engine;
  }

  /** An engine for the side that accepts. */
  public SSLEngine acceptingEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = parameters(engine);
    switch (peerCertificates) {
      case NONE -> parameters.setWantClientAuth(false);
      case WANTED -> parameters.setWantClientAuth(true);
      case NEEDED -> parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private static SSLParameters parameters(SSLEngine engine) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    return parameters;
  }
}
