package com.nokia.ci.tas.commons.launch;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What {@link HostName} asks of the machine and its resolver. What is not known within a second
 * counts as not known.
 */
interface Network {

  /** The machine's own canonical name as Java finds it. */
  Optional<String> canonicalName();

  /** All addresses of a name or of a literal address; empty when it does not resolve. */
  List<InetAddress> addressesOf(String name);

  /** The local address from which a connection to a remote one would leave. */
  Optional<InetAddress> sourceTowards(InetAddress remote);

  /** An address of this machine that other machines can reach, as far as it has one. */
  Optional<InetAddress> outwardAddress();

  /** Whether an address belongs to this machine. */
  boolean isOwn(InetAddress address);
}
