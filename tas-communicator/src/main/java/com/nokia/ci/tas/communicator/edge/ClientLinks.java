package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.communicator.node.Reach;
import com.nokia.ci.tas.communicator.node.RunOrder;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The links to the clients whose runs are here, or were a while ago. For any thread. */
final class ClientLinks implements AutoCloseable {
  private final ConcurrentHashMap<Endpoint, ClientLink> links = new ConcurrentHashMap<>();
  private final LinkContext context;
  private final Consumer<Endpoint> onBroken;

  /**
   * @param onBroken told of a client, when a way to it has ended on which a file may have been
   */
  ClientLinks(LinkContext context, Consumer<Endpoint> onBroken) {
    this.context = context;
    this.onBroken = onBroken;
  }

  /** A run begins. */
  ClientLink join(RunOrder order) {
    var link = links.computeIfAbsent(order.client(), this::newLink);
    link.join(order.reach(), order.test().direct());
    return link;
  }

  /** The link by which a peer is answered. */
  ClientLink answering(Endpoint client, Peer peer) {
    return Optional.ofNullable(links.get(client))
        .orElseGet(
            () -> {
              var link = newLink(client);
              link.join(
                  peer.session().isPresent() ? Reach.RELAYED : Reach.DIALLED, Optional.empty());
              return link;
            });
  }

  private ClientLink newLink(Endpoint client) {
    return new ClientLink(context, client, () -> onBroken.accept(client));
  }

  /** Whether a peer speaks on a session that this node has with a client. */
  boolean isDirectly(Peer peer, Endpoint client) {
    return peer.session()
        .filter(
            session ->
                Optional.ofNullable(links.get(client))
                    .filter(link -> link.isDirectly(session.endpoint()))
                    .isPresent())
        .isPresent();
  }

  /** Only these clients have runs here; no connection is kept to others. */
  void keepDirect(Collection<Endpoint> clients) {
    links.values().stream()
        .filter(link -> !clients.contains(link.client()))
        .forEach(ClientLink::closeDirect);
  }

  /** Only these clients may still be spoken to. */
  void retain(Collection<Endpoint> clients) {
    keepDirect(clients);
    links.keySet().retainAll(clients);
  }

  /** The service has a new session, so what it was to pass on is tried again. */
  void onNewSession() {
    links.values().forEach(ClientLink::onNews);
    links.values().stream()
        .filter(link -> link.way() == ClientLink.Way.RELAYED)
        .forEach(link -> onBroken.accept(link.client()));
  }

  @Override
  public void close() {
    links.values().forEach(ClientLink::closeDirect);
  }
}
