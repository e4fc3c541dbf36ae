package com.nokia.ci.tas.commons.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;

/**
 * Hands an incoming file on as it comes: to a digest, a relay, a test. The channel is closed at the
 * end, whatever the end is.
 */
public final class StreamSink implements FileSink {
  private final WritableByteChannel to;
  private final CompletableFuture<Long> received = new CompletableFuture<>();

  private StreamSink(WritableByteChannel to) {
    this.to = to;
  }

  public static StreamSink into(WritableByteChannel to) {
    return new StreamSink(to);
  }

  /** Completes on a file thread, with the number of bytes or with what {@link #failed} was told. */
  public CompletableFuture<Long> received() {
    return received;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  @Override
  public void completed(long bytes) throws IOException {
    to.close();
    received.complete(bytes);
  }

  @Override
  public void failed(Exception cause) {
    try {
      to.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    received.completeExceptionally(cause);
  }
}
