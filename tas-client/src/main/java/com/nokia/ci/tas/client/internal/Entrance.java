package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The port of this client: nodes with a ticket, and whoever speaks plainly as long as a service
 * does, for the nodes of such a service know no other way. Runs on event loops.
 */
final class Entrance implements MessageReceiver {
  private final Services services;
  private final DirectDoor door;
  private final Incoming incoming;
  private final Supplier<Endpoint> own;

  /**
   * A port that is not listened on yet.
   *
   * @param own where this client can be dialled
   */
  Entrance(Services services, FileTraffic files, DirectDoor door, Supplier<Endpoint> own) {
    this.services = services;
    this.door = door;
    this.own = own;
    this.incoming = new Incoming(services, files, this::speaker);
  }

  @Override
  public Optional<String> admit(Peer peer) {
    return peer.isLocal() || services.isAnyPlain()
        ? Optional.empty()
        : Optional.of(
            "this client has sessions with its services and takes nothing over plain connections"
                + " from other machines; a node needs the ticket of its test");
  }

  @Override
  public void onMessage(Message message, Peer peer) {
    if (message instanceof RegistryOperation registration && peer.session().isPresent()) {
      registration
          .offer()
          .flatMap(SessionOffer::ticket)
          .ifPresent(it -> door.show(peer.session().get().endpoint(), it));
    } else {
      incoming.onMessage(message, peer);
    }
  }

  @Override
  public FileAnswer onFile(FileOperation put, Peer peer) {
    return incoming.onFile(put, peer);
  }

  private Speaker speaker(Peer peer) {
    return peer.session()
        .<Speaker>map(it -> new NodeSpeaker(services, door, it.endpoint()))
        .orElseGet(() -> new PlainSpeaker(services, peer, own.get()));
  }
}
