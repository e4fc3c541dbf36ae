package com.nokia.ci.tas.commons.message;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.NodeDescription;
import com.nokia.ci.tas.commons.model.NodeFacts;
import com.nokia.ci.tas.commons.model.RunReference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A node or a client makes itself known (wire protocol, "registry-operation"), and may offer a
 * session with it (docs/session.md, section 2).
 *
 * @param sender who speaks
 * @param receiver whom it is meant for
 * @param kind coming, still here, or going
 * @param remote what the sender is
 * @param node for a node, what it says of itself
 * @param offer the session that is offered, if any
 * @param runs all that a node runs; empty when it does not say
 * @param facts what a node tells of its machine; empty when it does not say
 */
public record RegistryOperation(
    Endpoint sender,
    Endpoint receiver,
    Kind kind,
    Remote remote,
    Optional<NodeDescription> node,
    Optional<SessionOffer> offer,
    Optional<List<RunReference>> runs,
    Optional<NodeFacts> facts)
    implements Message {

  public RegistryOperation {
    Objects.requireNonNull(offer, "offer");
    Objects.requireNonNull(facts, "facts");
    runs = runs.map(List::copyOf);
  }

  /** A plain registration. */
  public RegistryOperation(
      Endpoint sender,
      Endpoint receiver,
      Kind kind,
      Remote remote,
      Optional<NodeDescription> node) {
    this(
        sender, receiver, kind, remote, node, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with the offer of a session. */
  public RegistryOperation offering(SessionOffer session) {
    return offering(Optional.of(session));
  }

  /** The same without the offer and its secrets. */
  public RegistryOperation withoutOffer() {
    return offering(Optional.empty());
  }

  private RegistryOperation offering(Optional<SessionOffer> session) {
    return new RegistryOperation(sender, receiver, kind, remote, node, session, runs, facts);
  }

  /** The same from somebody else. */
  public RegistryOperation from(Endpoint newSender) {
    return new RegistryOperation(newSender, receiver, kind, remote, node, offer, runs, facts);
  }

  /** The same with the complete list of what the node runs. */
  public RegistryOperation running(List<RunReference> list) {
    return new RegistryOperation(
        sender, receiver, kind, remote, node, offer, Optional.of(list), facts);
  }

  /** The same with what the node tells of its machine. */
  public RegistryOperation telling(NodeFacts told) {
    return new RegistryOperation(
        sender, receiver, kind, remote, node, offer, runs, Optional.of(told));
  }

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
