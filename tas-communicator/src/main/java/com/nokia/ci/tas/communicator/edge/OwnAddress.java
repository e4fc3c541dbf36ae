package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;

/**
 * The address that this node is known by, the sender of all it says: the one it registers, unless
 * its service knows it by another one on a session. For any thread.
 */
final class OwnAddress {
  private final NodeDescription description;
  private volatile Endpoint known;

  OwnAddress(NodeDescription description) {
    this.description = description;
    this.known = description.endpoint();
  }

  /** What the node says of itself when it registers. */
  NodeDescription description() {
    return description;
  }

  Endpoint get() {
    return known;
  }

  void knownAs(Endpoint address) {
    known = address;
  }

  /** Nobody knows it by another address any more. */
  void asRegistered() {
    known = description.endpoint();
  }
}
