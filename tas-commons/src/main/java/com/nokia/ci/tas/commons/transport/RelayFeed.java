package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.TasException;
import io.netty.buffer.ByteBuf;

/**
 * The bytes of a file that another peer sends at this moment. They pass once: what was sent cannot
 * be sent again.
 */
final class RelayFeed implements Feed, FilePipe.Outlet {
  private final RelayedFile source;
  private Owner owner;

  RelayFeed(RelayedFile source) {
    this.source = source;
  }

  @Override
  public void prepare(Owner sender) {
    owner = sender;
    owner.prepared(source.file().size(), source.file().sha256());
    source.pipe().attach(this);
  }

  @Override
  public void start(long offset, long bytes) {
    source.pipe().start(offset, bytes);
  }

  @Override
  public void request(long bytes) {
    if (bytes > 0) {
      source.pipe().credit(bytes);
    }
  }

  @Override
  public void bytes(ByteBuf bytes) {
    owner.bytes(bytes);
  }

  @Override
  public void end(byte[] sha256) {
    owner.end(sha256);
  }

  @Override
  public void broken(TasException cause) {
    owner.failed(cause);
  }

  @Override
  public boolean canBeginAnew() {
    return false;
  }

  /** The owner of the pipe learns from the future of the transfer that it is over. */
  @Override
  public void stop() {}
}
