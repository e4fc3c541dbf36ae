package com.nokia.ci.tas.commons.transport;

import java.net.InetSocketAddress;

/**
 * The other end of an accepted connection, as the operating system knows it: whatever a message
 * says of its sender, this is where it came from.
 *
 * @param address where the connection comes from
 * @param reached the address of this machine that it was made to
 */
public record Peer(InetSocketAddress address, InetSocketAddress reached) {

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
