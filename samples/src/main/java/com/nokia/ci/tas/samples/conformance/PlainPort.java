package com.nokia.ci.tas.samples.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiPredicate;

/**
 * A port that takes plain messages as {@code docs/protocol.md} tells, and how plain messages are
 * sent.
 */
final class PlainPort implements AutoCloseable {
  private static final String END = "</message>";
  private static final int READ_LIMIT = 30_000;

  private final ServerSocket listener;
  private final Address address;
  private final Mailbox mailbox;
  private final BiPredicate<Socket, Spoken> keeps;

  /**
   * Listens.
   *
   * @param host under which the peer reaches this port
   * @param port 0 for any
   * @param keeps is given each connection with its first message and says whether it keeps it; else
   *     the message goes to the mailbox and the connection is closed
   */
  PlainPort(String host, int port, Mailbox mailbox, BiPredicate<Socket, Spoken> keeps)
      throws IOException {
    this.listener = new ServerSocket(port, 200);
    this.address = new Address(host, listener.getLocalPort());
    this.mailbox = mailbox;
    this.keeps = keeps;
    var thread = new Thread(this::listen, "kit-port-" + address.port());
    thread.setDaemon(true);
    thread.start();
  }

  /** A port for plain messages alone. */
  static PlainPort open(String host, Duration patience) throws IOException {
    return new PlainPort(host, 0, new Mailbox(patience), (socket, message) -> false);
  }

  Address address() {
    return address;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  /**
   * Sends bytes on a connection of their own.
   *
   * @return what the peer said on it until it closed
   */
  static String send(Address to, byte[] bytes) throws IOException {
    try (var socket = connect(to)) {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return heard(socket);
    }
  }

  static void send(Address to, String message) throws IOException {
    String answer = send(to, message.getBytes(StandardCharsets.UTF_8));
    BrokenClaim.unless(
        answer.isEmpty(), "the peer answers a message on its own connection: " + answer.strip());
  }

  static Socket connect(Address to) throws IOException {
    var socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_LIMIT);
    socket.connect(new InetSocketAddress(InetAddress.getByName(to.host()), to.port()), READ_LIMIT);
    return socket;
  }

  /** All that comes until the end; a reset is an end too. */
  static String heard(Socket socket) {
    var all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketTimeoutException e) {
      throw new BrokenClaim("the peer does not close the connection", e);
    } catch (IOException reset) {
      return all.toString(StandardCharsets.UTF_8);
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        var thread = new Thread(() -> take(socket), "kit-take-" + address.port());
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        if (!listener.isClosed()) {
          mailbox.trouble(e.toString());
        }
      }
    }
  }

  private void take(Socket socket) {
    boolean kept = false;
    try {
      socket.setSoTimeout(READ_LIMIT);
      byte[] xml = message(socket.getInputStream());
      if (xml.length > 0) {
        Spoken head = Spoken.of(xml, new byte[0]);
        boolean isFile = head.operation().equals("put");
        kept = !isFile && keeps.test(socket, head);
        if (!kept) {
          mailbox.add(isFile ? Spoken.of(xml, file(socket.getInputStream())) : head);
        }
      }
    } catch (IOException | BrokenClaim e) {
      mailbox.trouble(e.getMessage());
    } finally {
      if (!kept) {
        close(socket);
      }
    }
  }

  /** Up to and including the line feed behind the end; empty when nothing came at all. */
  private static byte[] message(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    byte[] end = END.getBytes(StandardCharsets.US_ASCII);
    int matched = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      bytes.write(b);
      matched = b == end[matched] ? matched + 1 : b == end[0] ? 1 : 0;
      if (matched == end.length) {
        return bytes.toByteArray();
      }
    }
    if (bytes.size() > 0) {
      throw new BrokenClaim("a message without its end came in: " + bytes);
    }
    return new byte[0];
  }

  private static byte[] file(InputStream in) throws IOException {
    byte[] rest = in.readAllBytes();
    int begin = 0;
    while (begin < rest.length && rest[begin] != '\n') {
      begin++;
    }
    return Arrays.copyOfRange(rest, Math.min(rest.length, begin + 1), rest.length);
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new BrokenClaim("a connection cannot be closed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
