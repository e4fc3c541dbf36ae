package com.nokia.ci.tas.service.access.keys;

import com.nokia.ci.tas.commons.trust.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A port of this machine that does TLS, and what dials it. */
final class Loopback implements AutoCloseable {
  private static final int PATIENCE = 60_000;

  private final SSLServerSocket port;

  private Loopback(SSLServerSocket port) {
    this.port = port;
  }

  static Loopback listening(Tls tls) throws IOException {
    var port =
        (SSLServerSocket)
            tls.context()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    port.setSSLParameters(tls.acceptingEngine().getSSLParameters());
    port.setSoTimeout(PATIENCE);
    return new Loopback(port);
  }

  /**
   * Dials, and has one octet sent back.
   *
   * @return the certificate that the acceptor saw
   * @throws IOException when the side that dials does not trust the other
   */
  Optional<X509Certificate> dial(Tls tls) throws IOException {
    var accepted = CompletableFuture.supplyAsync(this::accept);
    try (var socket =
        (SSLSocket)
            tls.context()
                .getSocketFactory()
                .createSocket(port.getInetAddress(), port.getLocalPort())) {
      socket.setSSLParameters(tls.dialingEngine().getSSLParameters());
      socket.setSoTimeout(PATIENCE);
      socket.startHandshake();
      if (socket.getInputStream().read() != 1) {
        throw new IOException("the acceptor said nothing");
      }
    }
    return seen(accepted);
  }

  private static Optional<X509Certificate> seen(
      CompletableFuture<Optional<X509Certificate>> accepted) throws IOException {
    try {
      return accepted.get(PATIENCE, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private Optional<X509Certificate> accept() {
    try (var socket = (SSLSocket) port.accept()) {
      socket.setSoTimeout(PATIENCE);
      SSLSession session = socket.getSession();
      socket.getOutputStream().write(1);
      return Optional.of((X509Certificate) session.getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    port.close();
  }
}
