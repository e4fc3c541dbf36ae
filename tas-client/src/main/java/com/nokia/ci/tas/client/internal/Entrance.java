package com.nokia.ci.tas.client.internal;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionIdentity;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The port of this client: nodes with a ticket, and whoever speaks plainly as long as a service
 * does, for the nodes of such a service know no other way. Runs on event loops.
 */
final class Entrance implements MessageReceiver {
  private static final String TEST_IS_OVER = "the test of this session has ended";

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
    incoming.onMessage(message, peer);
  }

  @Override
  public FileAnswer onFile(FileOperation put, Peer peer) {
    return incoming.onFile(put, peer);
  }

  private Speaker speaker(Peer peer) {
    return peer.session()
        .map(this::node)
        .orElseGet(() -> new PlainSpeaker(services, peer, own.get()));
  }

  private Speaker node(SessionIdentity session) {
    return door.testOf(session)
        .<Speaker>map(test -> new NodeSpeaker(services, test, session.endpoint()))
        .orElseThrow(() -> new ProtocolException(TEST_IS_OVER));
  }
}
