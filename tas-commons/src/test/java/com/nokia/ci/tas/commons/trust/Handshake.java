package com.nokia.ci.tas.commons.trust;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Lets two sides shake hands in memory. */
final class Handshake {
  private static final int BUFFER = 1 << 16;
  private static final int MOST_STEPS = 1_000;

  private final SSLEngine dialing;
  private final SSLEngine accepting;
  private final ByteBuffer toAcceptor = ByteBuffer.allocate(BUFFER);
  private final ByteBuffer toDialer = ByteBuffer.allocate(BUFFER);

  private Handshake(SSLEngine dialing, SSLEngine accepting) {
    this.dialing = dialing;
    this.accepting = accepting;
  }

  /**
   * What came of it.
   *
   * @param protocol that both speak
   * @param dialer the certificate that the acceptor saw
   */
  record Outcome(String protocol, Optional<X509Certificate> dialer) {}

  static Outcome between(SSLEngine dialing, SSLEngine accepting) throws SSLException {
    return new Handshake(dialing, accepting).shake();
  }

  private Outcome shake() throws SSLException {
    dialing.beginHandshake();
    accepting.beginHandshake();
    for (int i = 0; i < MOST_STEPS; i++) {
      step(dialing, toDialer, toAcceptor);
      step(accepting, toAcceptor, toDialer);
      if (isDone(dialing) && isDone(accepting)) {
        return new Outcome(accepting.getSession().getProtocol(), dialer());
      }
    }
    throw new AssertionError("the handshake did not end");
  }

  private static boolean isDone(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> List.of(engine.getDelegatedTask()).forEach(Runnable::run);
      case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING -> {
        in.flip();
        engine.unwrap(in, ByteBuffer.allocate(BUFFER));
        in.compact();
      }
      case FINISHED -> {}
    }
  }

  private Optional<X509Certificate> dialer() {
    try {
      return Optional.of((X509Certificate) accepting.getSession().getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }
}
