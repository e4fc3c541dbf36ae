package com.nokia.ci.tas.commons.message;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import java.util.Optional;

/**
 * A node or a client makes itself known (wire protocol, "registry-operation").
 *
 * @param sender who speaks
 * @param receiver whom it is meant for
 * @param kind coming, still here, or going
 * @param remote what the sender is
 * @param node for a node, what it says of itself
 */
public record RegistryOperation(
    Endpoint sender, Endpoint receiver, Kind kind, Remote remote, Optional<NodeDescription> node)
    implements Message {

  @Override
  public void giveTo(MessageHandler handler) {
    handler.on(this);
  }

  /** What the receiver is asked to do or told. */
  public enum Kind {
    REGISTER,
    DEREGISTER,
    UPDATE
  }

  /** What the sender of a registration is. */
  public enum Remote {
    TEST_NODE,
    CLIENT
  }
}
