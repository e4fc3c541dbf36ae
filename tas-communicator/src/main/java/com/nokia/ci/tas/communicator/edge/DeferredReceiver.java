package com.nokia.ci.tas.communicator.edge;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import java.util.Optional;

/** Stands at the port until the node is put together, which needs to know the port. */
final class DeferredReceiver implements MessageReceiver {
  private static final String STARTING = "the node is starting; try again";

  private volatile Optional<MessageReceiver> receiver = Optional.empty();

  void become(MessageReceiver real) {
    receiver = Optional.of(real);
  }

  @Override
  public Optional<String> admit(Peer peer) {
    return receiver.isPresent() ? receiver.get().admit(peer) : Optional.of(STARTING);
  }

  @Override
  public void onMessage(Message message, Peer peer) {
    receiver.ifPresent(it -> it.onMessage(message, peer));
  }

  @Override
  public FileAnswer onFile(FileOperation put, Peer peer) {
    return receiver.isPresent() ? receiver.get().onFile(put, peer) : FileAnswer.refuse(STARTING);
  }
}
