package com.nokia.ci.tas.client;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An address that leads to a peer, until a test cuts it or lets it lead to another one. */
public final class Wire implements AutoCloseable {
  private final ServerSocket port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile Endpoint target;

  public Wire(FakePeer peer) throws IOException {
    this.target = peer.endpoint();
    this.port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  public Endpoint endpoint() {
    return new Endpoint("127.0.0.1", port.getLocalPort());
  }

  /** How many connections were made so far. */
  public int connections() {
    return connections.get();
  }

  /** How many of them came to nothing. */
  public int failures() {
    return failures.get();
  }

  /** Resets every connection; new ones lead to that peer. */
  public void lead(FakePeer peer) throws IOException {
    target = peer.endpoint();
    cut();
  }

  /** Resets every connection. */
  public void cut() throws IOException {
    for (Socket socket : sockets) {
      reset(socket);
    }
  }

  private void accept() {
    while (!port.isClosed()) {
      try {
        Socket near = port.accept();
        connections.incrementAndGet();
        sockets.add(near);
        connect(near);
      } catch (IOException e) {
        failures.incrementAndGet(); // the port is closed, or the connection was gone at once
      }
    }
  }

  private void connect(Socket near) throws IOException {
    try {
      var far = new Socket(InetAddress.getLoopbackAddress(), target.port());
      sockets.add(far);
      start(() -> pump(near, far));
      start(() -> pump(far, near));
    } catch (IOException e) {
      reset(near);
    }
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      OutputStream out = to.getOutputStream();
      from.getInputStream().transferTo(out);
    } catch (IOException e) {
      return; // cut, or closed by the other side
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void reset(Socket socket) throws IOException {
    if (sockets.remove(socket)) {
      try {
        socket.setSoLinger(true, 0);
      } catch (SocketException e) {
        return; // it was closed meanwhile
      }
      socket.close();
    }
  }

  private static void start(Runnable work) {
    var thread = new Thread(work, "test-wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    port.close();
    cut();
  }
}
