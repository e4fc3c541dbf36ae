package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.session.ResetCode;
import java.util.concurrent.Executor;

/** How a file gets from the peer that sends it to the one that it is passed on to. */
final class Relay {
  private Relay() {}

  /**
   * Where the bytes of a file are to be handed in that is passed on.
   *
   * @param put as the sender announced it
   * @param network sends it to the receiver
   * @param executor of the connection that it comes over
   */
  static Intake intake(
      FileAnswer.Relayed answer, FileOperation put, FileSending network, Executor executor) {
    FileOperation as = answer.as();
    var file =
        new FileReference(
            as.file().name(), as.file().path(), put.file().size(), put.file().sha256());
    var announced = new FileOperation(as.sender(), as.receiver(), as.kind(), as.test(), file);
    return Early.comesEarly(file)
        ? new SmallRelay(file.name(), source -> network.sendFile(answer.to(), announced, source))
        : new FilePipe(
            executor,
            pipe -> network.sendFile(answer.to(), announced, new RelayedFile(pipe, file)));
  }

  /** What the sender of a file is told when it could not be passed on. */
  static ResetCode code(Throwable failure) {
    if (failure instanceof RefusedException refused) {
      return refused.code();
    }
    return failure instanceof ProtocolException ? ResetCode.SPOILED : ResetCode.GIVEN_UP;
  }
}
