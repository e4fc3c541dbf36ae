package com.nokia.ci.tas.ciproxy.detector;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A scripted adb server: it lists the devices it is given, in any state, and answers for them as
 * told. It can hang, talk nonsense, go away and come back on the same port.
 */
final class FakeAdbServer implements AutoCloseable {
  /** What stands for an answer that never ends. */
  static final String SILENCE = "\u0000silence";

  private final Map<String, String> states = new TreeMap<>();
  private final Map<String, String> outputs = new ConcurrentHashMap<>();
  private final Set<Socket> trackers = ConcurrentHashMap.newKeySet();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ServerSocket listener;
  private volatile boolean away;
  private volatile String nonsense = "";
  private volatile Runnable refused = () -> {};

  FakeAdbServer() throws IOException {
    listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    var acceptor = new Thread(this::accept, "fake-adb");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  Endpoint address() {
    return new Endpoint("127.0.0.1", listener.getLocalPort());
  }

  /** Sets the state of a device, such as {@code device} or {@code offline}, and tells everybody. */
  void state(String serial, String state) {
    synchronized (states) {
      states.put(serial, state);
      tell();
    }
  }

  /** Sets the state of many devices and tells everybody once. */
  void states(List<String> serials, String state) {
    synchronized (states) {
      serials.forEach(it -> states.put(it, state));
      tell();
    }
  }

  void remove(String serial) {
    synchronized (states) {
      states.remove(serial);
      tell();
    }
  }

  /** What a device prints for a command. */
  FakeAdbServer prints(String serial, String command, String output) {
    outputs.put(serial + " " + command, output);
    return this;
  }

  /** Changes a state and tells nobody, as a real server does when a device on TCP drops dead. */
  void stateUntold(String serial, String state) {
    synchronized (states) {
      states.put(serial, state);
    }
  }

  private void tell() {
    trackers.removeIf(it -> !reaches(it));
  }

  private boolean reaches(Socket tracker) {
    try {
      block(tracker.getOutputStream(), list());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String list() {
    var list = new StringBuilder();
    states.forEach((serial, state) -> list.append("%-22s %s usb:1-1\n".formatted(serial, state)));
    return list.toString();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.add(socket);
        if (away) {
          socket.close();
          refused.run();
          continue;
        }
        var server = new Thread(() -> serve(socket), "fake-adb-connection");
        server.setDaemon(true);
        server.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      if (!nonsense.isEmpty()) {
        socket.getOutputStream().write(nonsense.getBytes(StandardCharsets.UTF_8));
        return;
      }
      String transport = "";
      while (true) {
        String service = request(socket.getInputStream());
        if (service.startsWith("host:transport:")) {
          transport = service.substring("host:transport:".length());
          okay(socket);
        } else if (service.startsWith("shell:")) {
          okay(socket);
          shell(socket, transport, service.substring("shell:".length()));
          return;
        } else if (service.equals("host:track-devices-l")) {
          synchronized (states) {
            okay(socket);
            block(socket.getOutputStream(), list());
            trackers.add(socket);
          }
        } else if (service.equals("host:devices-l")) {
          synchronized (states) {
            okay(socket);
            block(socket.getOutputStream(), list());
          }
          return;
        } else {
          socket.getOutputStream().write("FAIL".getBytes(StandardCharsets.US_ASCII));
          block(socket.getOutputStream(), "unknown host service");
          return;
        }
      }
    } catch (IOException e) {
      trackers.remove(socket);
    }
  }

  private void shell(Socket socket, String serial, String command) throws IOException {
    String output = outputs.getOrDefault(serial + " " + command, "");
    if (output.equals(SILENCE)) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else {
      socket.getOutputStream().write(output.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String request(InputStream in) throws IOException {
    return text(in, Integer.parseInt(text(in, 4), 16));
  }

  private static String text(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the client is gone");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void okay(Socket socket) throws IOException {
    socket.getOutputStream().write("OKAY".getBytes(StandardCharsets.US_ASCII));
  }

  private static void block(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write("%04x".formatted(bytes.length).getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.flush();
  }

  /** Goes away: ends every connection, the coming ones too. */
  void leave() throws IOException {
    away = true;
    for (var connection : connections) {
      connection.close();
    }
  }

  /** To be run for each connection that comes while the server is away. */
  void onRefusal(Runnable listener) {
    refused = listener;
  }

  /** Comes back with no devices. */
  void comeBack() {
    synchronized (states) {
      states.clear();
    }
    nonsense = "";
    away = false;
  }

  /** Comes back and says this to whoever connects, until it leaves again. */
  void comeBackTalking(String text) {
    nonsense = text;
    away = false;
  }

  /** Ends for good. */
  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    leave();
  }
}
