package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * What happens to a connection on which a session was offered, by the answer of the {@link
 * SessionAdmission}. On the event loop of the connection.
 *
 * @param reader of the handler that has read the offer, which is replaced
 * @param reception what it came to
 * @param peer where it came from
 * @param registration with the offer
 * @param unread what came behind it; stays with the reader
 * @param plainly takes the registration as a plain one
 */
record OfferAnswer(
    ChannelHandlerContext reader,
    Reception reception,
    Peer peer,
    RegistryOperation registration,
    ByteBuf unread,
    Runnable plainly)
    implements SessionAdmission.Cases {

  /** Asks the admission and does what it says. */
  void give() {
    reception
        .where()
        .sessions()
        .orElseThrow()
        .admission()
        .admit(registration, registration.offer().orElseThrow(), peer)
        .giveTo(this);
  }

  @Override
  public void on(SessionAdmission.Admitted answer) {
    reception
        .door()
        .admitted(
            reader,
            reception,
            new SessionDoor.Offered(
                registration, registration.offer().orElseThrow(), peer, answer));
    reader.fireChannelRead(unread.retain());
    reader.pipeline().remove(reader.handler());
  }

  @Override
  public void on(SessionAdmission.Refused answer) {
    Refusing.offer(reader, reception, peer, answer.sentence());
  }

  @Override
  public void on(SessionAdmission.TooLate answer) {
    Refusing.lateOffer(reader, reception, peer, answer.sentence());
  }

  @Override
  public void on(SessionAdmission.Plain answer) {
    plainly.run();
  }

  @Override
  public void on(SessionAdmission.Dropped answer) {
    reader.close();
  }
}
