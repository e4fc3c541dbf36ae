package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.session.Frame;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Declines all files. */
final class FileStreams implements SessionStreams {
  private Optional<StreamLink> link = Optional.empty();

  FileStreams(StreamContext context) {}

  @Override
  public CompletableFuture<Long> send(FileOperation put, FileSource source) {
    return CompletableFuture.failedFuture(new TasException("files do not go over sessions"));
  }

  @Override
  public void connected(StreamLink connection) {
    link = Optional.of(connection);
  }

  @Override
  public void opened(int stream, FileOperation put) {
    link.ifPresent(it -> it.write(new Frame.Reset(stream, 1, "files do not go over sessions")));
  }

  @Override
  public void received(Frame.OfStream frame) {}

  @Override
  public void received(int stream, ByteBuf octets) {
    octets.release();
  }

  @Override
  public void writable() {}

  @Override
  public void lost(String why) {
    link = Optional.empty();
  }

  @Override
  public void ended(TasException why) {}
}
