package com.nokia.ci.tas.commons.transport;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** A wire between a connector and an acceptor that a test may cut and still. */
final class Cutter implements Closeable {
  private final ServerSocket port;
  private final int target;
  private final IntSupplier bytesUntilCut;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean still;
  private volatile boolean closed;

  /**
   * A wire.
   *
   * @param bytesUntilCut asked for each connection and direction; negative: never
   */
  Cutter(int target, IntSupplier bytesUntilCut) {
    this.target = target;
    this.bytesUntilCut = bytesUntilCut;
    try {
      this.port = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  Endpoint endpoint() {
    return new Endpoint("127.0.0.1", port.getLocalPort());
  }

  int connections() {
    return connections.get();
  }

  /** Every connection there is now is reset. */
  void cut() throws IOException {
    for (Socket socket : sockets) {
      cut(socket);
    }
  }

  /** Nothing passes any more, on connections of now and later, and nobody is told. */
  void still(boolean nothingPasses) {
    still = nothingPasses;
  }

  private void accept() {
    try {
      while (!closed) {
        Socket near = port.accept();
        connections.incrementAndGet();
        connect(near);
      }
    } catch (IOException e) {
      if (!closed) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void connect(Socket near) throws IOException {
    Socket far = new Socket();
    sockets.add(near);
    sockets.add(far);
    try {
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      start(() -> pump(near, far));
      start(() -> pump(far, near));
    } catch (IOException e) {
      // Nobody listens there, or it was cut meanwhile.
      cut(near);
      cut(far);
    }
    if (closed) {
      cut();
    }
  }

  private void pump(Socket from, Socket to) {
    int left = bytesUntilCut.getAsInt();
    byte[] chunk = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      while (true) {
        int most = left < 0 ? chunk.length : Math.min(chunk.length, left);
        int count = most == 0 ? -1 : in.read(chunk, 0, most);
        if (count < 0) {
          break;
        }
        left -= left < 0 ? 0 : count;
        if (!still) {
          out.write(chunk, 0, count);
        }
      }
    } catch (IOException e) {
      // Cut from the other side.
    }
    try {
      if (left == 0) {
        cut(from);
        cut(to);
      } else {
        from.close();
        to.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void cut(Socket socket) throws IOException {
    sockets.remove(socket);
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      return; // Closed meanwhile, by the thread that pumps.
    }
    socket.close();
  }

  private static void start(Runnable task) {
    var thread = new Thread(task, "cutter");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    port.close();
    cut();
  }
}
