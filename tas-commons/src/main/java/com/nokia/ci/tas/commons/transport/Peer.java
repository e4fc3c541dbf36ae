package com.nokia.ci.tas.commons.transport;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;

/**
 * The other end of a connection, as the operating system knows it: whatever a message says of its
 * sender, this is where it came from.
 *
 * @param address where the connection comes from
 * @param reached the address of this machine that it was made to
 * @param secure whether it is one of TLS
 * @param certificate that the peer has shown and that TLS has found to be good, if it was asked
 * @param session whose session it is, if it is one
 */
public record Peer(
    InetSocketAddress address,
    InetSocketAddress reached,
    boolean secure,
    Optional<X509Certificate> certificate,
    Optional<SessionIdentity> session) {

  public Peer {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(reached, "reached");
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(session, "session");
  }

  /** The other end of a connection without TLS and session. */
  public Peer(InetSocketAddress address, InetSocketAddress reached) {
    this(address, reached, /* secure= */ false, Optional.empty(), Optional.empty());
  }

  /** The same over TLS. */
  public Peer secured(Optional<X509Certificate> shown) {
    return new Peer(address, reached, /* secure= */ true, shown, session);
  }

  /** The same, as the peer of a session. */
  public Peer of(SessionIdentity identity) {
    return new Peer(address, reached, secure, certificate, Optional.of(identity));
  }

  /**
   * Whether the peer is on this machine. A connection to one of the machine's own addresses leaves
   * from that same address, so no list of interfaces has to be kept.
   */
  public boolean isLocal() {
    return address.getAddress().isLoopbackAddress()
        || address.getAddress().equals(reached.getAddress());
  }

  /** Address and port as they stand in sentences and log lines. */
  @Override
  public String toString() {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
