package com.nokia.ci.tas.service;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A program that follows the guide and nothing else: a socket to speak to, a socket to speak from.
 */
final class PlainPeer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Endpoint service;
  private final ServerSocket listening;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final Thread listener = new Thread(this::listen, "plain-peer");

  PlainPeer(Endpoint service) throws IOException {
    this.service = service;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    listener.start();
  }

  Endpoint address() {
    return new Endpoint("127.0.0.1", listening.getLocalPort());
  }

  /** Says something and returns what comes back on the same connection: nothing, or a refusal. */
  String say(String bytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }

  /** The next message that contains all of this; others before it are passed over. */
  String hear(String... parts) throws InterruptedException {
    var before = new StringBuilder();
    while (true) {
      String message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError(
            "nothing with " + String.join(" and ", parts) + " was heard, but: " + before);
      }
      if (containsAll(message, parts)) {
        return message;
      }
      before.append(message);
    }
  }

  private static boolean containsAll(String message, String... parts) {
    for (String part : parts) {
      if (!message.contains(part)) {
        return false;
      }
    }
    return true;
  }

  private void listen() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        String message = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!message.isEmpty()) {
          heard.add(message);
        }
      } catch (SocketException e) {
        heard.add("the connection broke: " + e.getMessage());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
