package com.nokia.ci.tas.commons.transport;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is read of it. */
final class Counted extends FilterInputStream {
  private final AtomicLong count = new AtomicLong();

  Counted(byte[] content) {
    super(new ByteArrayInputStream(content));
  }

  long count() {
    return count.get();
  }

  /** What was read when it did not become more for a moment. */
  long untilStill() throws InterruptedException {
    var never = new CountDownLatch(1);
    long last = -1;
    while (count() != last) {
      last = count();
      never.await(200, TimeUnit.MILLISECONDS);
    }
    return last;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count.addAndGet(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    int some = super.read(into, from, most);
    count.addAndGet(Math.max(0, some));
    return some;
  }

  /** The same, but it waits before its first byte. */
  InputStream blocking(CountDownLatch until) {
    return new FilterInputStream(this) {
      @Override
      public int read(byte[] into, int from, int most) throws IOException {
        await(until);
        return super.read(into, from, most);
      }
    };
  }

  /** The same, but it gives a few bytes now and then. */
  InputStream creeping() {
    var never = new CountDownLatch(1);
    return new FilterInputStream(this) {
      @Override
      public int read(byte[] into, int from, int most) throws IOException {
        try {
          never.await(1, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        return super.read(into, from, Math.min(64, most));
      }
    };
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
