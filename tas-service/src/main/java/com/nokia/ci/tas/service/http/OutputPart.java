package com.nokia.ci.tas.service.http;

import com.nokia.ci.tas.commons.model.ServiceLook;
import com.nokia.ci.tas.commons.transport.FileSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** A part of an output, held in memory; no node sends more than was asked for. */
final class OutputPart implements FileSink {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> whole;

  OutputPart(CompletableFuture<byte[]> whole) {
    this.whole = whole;
  }

  @Override
  public void write(ByteBuffer more) throws IOException {
    if (bytes.size() + more.remaining() > ServiceLook.MOST) {
      throw new IOException("more output than was asked for");
    }
    var piece = new byte[more.remaining()];
    more.get(piece);
    bytes.writeBytes(piece);
  }

  @Override
  public void completed(long count) {
    whole.complete(bytes.toByteArray());
  }

  @Override
  public void failed(Exception cause) {
    whole.completeExceptionally(cause);
  }
}
