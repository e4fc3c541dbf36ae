package com.nokia.ci.tas.samples.network;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection over a wire: two sockets, and for each direction a thread that reads and one that
 * writes.
 */
final class WireConnection {
  private static final Logger LOG = LoggerFactory.getLogger(WireConnection.class);
  private static final int CHUNK = 16 * 1024;
  private static final int MOST_CHUNKS = 256;
  private static final byte[] END = new byte[0];

  private final Socket near;
  private final Socket far;
  private final Weather weather;
  private final Consumer<WireConnection> over;
  private final AtomicInteger directions = new AtomicInteger(2);
  private volatile boolean isReset;

  /** Bytes on their way; none at all stand for the end. */
  private record Parcel(byte[] bytes, long due) {}

  /** Something that a thread does until it is done or a socket is closed. */
  interface Work {
    void perform() throws IOException;
  }

  WireConnection(Socket near, Socket far, Weather weather, Consumer<WireConnection> over) {
    this.near = near;
    this.far = far;
    this.weather = weather;
    this.over = over;
  }

  void start() {
    pass(near, far);
    pass(far, near);
  }

  /** Closes both sockets in order. */
  void end() {
    close(near);
    close(far);
  }

  /** Closes both sockets so that each peer sees a broken connection. */
  void reset() {
    isReset = true;
    for (Socket socket : new Socket[] {near, far}) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        LOG.atDebug().setCause(e).log("a connection was over before it could be reset");
      }
    }
    end();
  }

  /** Starts a daemon thread; what breaks it off is the end of a connection. */
  static void begin(String name, Work work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.perform();
              } catch (IOException | UncheckedIOException e) {
                LOG.atDebug().setCause(e).log("a connection of the wire ended");
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private void pass(Socket from, Socket to) {
    BlockingQueue<Parcel> underWay = new ArrayBlockingQueue<>(MOST_CHUNKS);
    begin("tas-wire-read-" + from.getPort(), () -> read(from, underWay));
    begin("tas-wire-write-" + to.getPort(), () -> write(underWay, to));
  }

  private void read(Socket from, BlockingQueue<Parcel> underWay) throws IOException {
    var buffer = new byte[CHUNK];
    try {
      int count = from.getInputStream().read(buffer);
      while (count >= 0) {
        put(underWay, new Parcel(Arrays.copyOf(buffer, count), weather.due()));
        count = from.getInputStream().read(buffer);
      }
    } finally {
      put(underWay, new Parcel(END, weather.due()));
    }
  }

  private void write(BlockingQueue<Parcel> underWay, Socket to) throws IOException {
    try {
      Parcel next = take(underWay);
      while (next.bytes().length > 0) {
        sleepUntil(next.due());
        sleepUntil(System.nanoTime() + weather.duration(next.bytes().length));
        weather.awaitThaw();
        to.getOutputStream().write(next.bytes());
        next = take(underWay);
      }
      weather.awaitThaw();
      if (!isReset) {
        to.shutdownOutput();
      }
    } catch (IOException e) {
      end();
      throw e;
    } finally {
      underWay.clear(); // whoever reads for it must not wait for room
      if (directions.decrementAndGet() == 0) {
        end();
        over.accept(this);
      }
    }
  }

  private static void put(BlockingQueue<Parcel> queue, Parcel parcel) throws IOException {
    try {
      queue.put(parcel);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static Parcel take(BlockingQueue<Parcel> queue) throws IOException {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("the wire is being taken down");
  }

  private static void sleepUntil(long due) {
    long left = due - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = due - System.nanoTime();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("a connection did not close in order");
    }
  }
}
