package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.ContentDigest;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import java.util.List;
import java.util.function.Supplier;

/**
 * The address that this node is known by, the sender of all it says: the one it registers, unless
 * its service knows it by another one on a session. For any thread.
 */
final class OwnAddress {
  private final NodeDescription description;
  private final Supplier<List<ContentDigest>> held;
  private volatile Endpoint known;

  /**
   * @param held the large artifacts that the node has at the moment
   */
  OwnAddress(NodeDescription description, Supplier<List<ContentDigest>> held) {
    this.description = description;
    this.held = held;
    this.known = description.endpoint();
  }

  /** Of a node that says nothing of artifacts. */
  OwnAddress(NodeDescription description) {
    this(description, List::of);
  }

  /** What the node says of itself when it registers. */
  NodeDescription description() {
    return description.holding(held.get());
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
