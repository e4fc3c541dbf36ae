package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.FileReference;
import java.util.concurrent.Executor;

/**
 * A file that comes from one peer and goes to another as it comes.
 *
 * @param pipe what its bytes come through
 * @param file as the peer that sends it announced it
 */
record RelayedFile(FilePipe pipe, FileReference file) implements FileSource {

  /**
   * Passes a file on.
   *
   * @param put as the sender announced it
   * @param executor of the connection that it comes over
   * @return where its bytes are to be handed in
   */
  static Intake intake(
      FileAnswer.Relayed answer, FileOperation put, FileSending network, Executor executor) {
    FileOperation as = answer.as();
    var file =
        new FileReference(
            as.file().name(), as.file().path(), put.file().size(), put.file().sha256());
    var announced = new FileOperation(as.sender(), as.receiver(), as.kind(), as.test(), file);
    return new FilePipe(
        executor, pipe -> network.sendFile(answer.to(), announced, new RelayedFile(pipe, file)));
  }

  @Override
  public String toString() {
    return "the file that is passed on";
  }
}
