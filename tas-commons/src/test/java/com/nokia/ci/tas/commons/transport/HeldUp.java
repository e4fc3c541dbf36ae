package com.nokia.ci.tas.commons.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;

/** Waits at its first byte until the test lets it go on. */
record HeldUp(FileSink to, CountDownLatch begun, CountDownLatch goOn) implements FileSink {
  @Override
  public void write(ByteBuffer bytes) throws IOException {
    begun.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    to.write(bytes);
  }

  @Override
  public void completed(long bytes) throws IOException {
    to.completed(bytes);
  }

  @Override
  public void failed(Exception cause) {
    to.failed(cause);
  }
}
