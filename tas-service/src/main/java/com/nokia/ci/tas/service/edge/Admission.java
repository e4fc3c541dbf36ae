package com.nokia.ci.tas.service.edge;

import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.service.settings.NetworkList;
import com.nokia.ci.tas.service.settings.Setting;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Who may speak plainly to the service: its own machine, and the networks that its owner named.
 *
 * <p>Asked by event loops; a change of the setting holds from the next connection on.
 */
public final class Admission {
  private final Supplier<NetworkList> networks;
  private final Predicate<Peer> isOfThisMachine;

  /**
   * Makes the check.
   *
   * @param networks {@code plain-peer-networks} as it is in force
   */
  public Admission(Supplier<NetworkList> networks) {
    this(networks, Peer::isLocal);
  }

  /** A check with another idea of which peers are on this machine. */
  public Admission(Supplier<NetworkList> networks, Predicate<Peer> isOfThisMachine) {
    this.networks = networks;
    this.isOfThisMachine = isOfThisMachine;
  }

  /** Whether a peer is on the machine of the service. */
  public boolean isOfThisMachine(Peer peer) {
    return isOfThisMachine.test(peer);
  }

  /** Empty for a peer that may speak, else the sentence that it is refused with. */
  public Optional<String> refusal(Peer peer) {
    var address = peer.address().getAddress();
    if (isOfThisMachine.test(peer) || networks.get().contains(address)) {
      return Optional.empty();
    }
    return Optional.of(
        "this service takes no messages from %s; its owner can allow it by %s= in configuration.dat"
            .formatted(address.getHostAddress(), Setting.PLAIN_PEER_NETWORKS.key()));
  }
}
