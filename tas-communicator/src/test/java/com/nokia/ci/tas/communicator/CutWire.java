package com.nokia.ci.tas.communicator;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port that passes connections on to another one until they are cut. */
final class CutWire implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CutWire.class);

  private final ServerSocket door;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean down = new AtomicBoolean();
  private final AtomicLong passed = new AtomicLong();
  private final AtomicLong cutAfter = new AtomicLong(Long.MAX_VALUE);

  CutWire(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    begin(this::accept);
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", door.getLocalPort());
  }

  /** Ends every connection; new ones pass. */
  void cut() {
    sockets.forEach(CutWire::close);
    sockets.clear();
  }

  /** How many bytes have passed, in both directions. */
  long passed() {
    return passed.get();
  }

  /** Ends every connection when so many bytes have passed from now on. */
  void cutAfter(long bytes) {
    cutAfter.set(bytes);
  }

  /** Ends every connection, and each new one at once. */
  void down() {
    down.set(true);
    cut();
  }

  /** New connections pass again. */
  void up() {
    down.set(false);
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }

  private void accept() throws IOException {
    while (!door.isClosed()) {
      var near = door.accept();
      if (down.get()) {
        near.close();
      } else {
        var far = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(near);
        sockets.add(far);
        begin(() -> pass(near, far));
        begin(() -> pass(far, near));
      }
    }
  }

  private void pass(Socket from, Socket to) throws IOException {
    var buffer = new byte[16 * 1024];
    try (to) {
      int count = from.getInputStream().read(buffer);
      while (count >= 0) {
        passed.addAndGet(count);
        to.getOutputStream().write(buffer, 0, count);
        long left = cutAfter.addAndGet(-count);
        if (left < 0 && left + count >= 0) {
          cut();
        }
        count = from.getInputStream().read(buffer);
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("a connection did not close in order");
    }
  }

  private interface Work {
    void perform() throws IOException;
  }

  private static void begin(Work work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.perform();
              } catch (IOException e) {
                LOG.atDebug().setCause(e).log("a connection ended");
              }
            },
            "cut-wire");
    thread.setDaemon(true);
    thread.start();
  }
}
