package com.nokia.ci.tas.ciproxy.detector;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

/**
 * Speaks with a running adb server on its socket: four hexadecimal digits of length and a service
 * name out, {@code OKAY} or {@code FAIL} and a reason in. Starts no adb and no shell of its own.
 *
 * @param address of the server
 */
record AdbServer(Endpoint address) {
  private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(3);
  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(5);
  private static final Duration OUTPUT_DEADLINE = Duration.ofSeconds(10);
  private static final int DEFAULT_PORT = 5037;
  private static final int LARGEST_OUTPUT = 1 << 20;

  /**
   * The server that adb's own programs would use in this environment: {@code ADB_SERVER_SOCKET},
   * else {@code ANDROID_ADB_SERVER_ADDRESS} and {@code ANDROID_ADB_SERVER_PORT}.
   *
   * @param environment a variable's value, or null
   */
  static AdbServer of(Function<String, String> environment) {
    String socket = environment.apply("ADB_SERVER_SOCKET");
    if (socket != null && !socket.isBlank()) {
      return at("ADB_SERVER_SOCKET", socket.startsWith("tcp:") ? socket.substring(4) : socket);
    }
    String host = environment.apply("ANDROID_ADB_SERVER_ADDRESS");
    String port = environment.apply("ANDROID_ADB_SERVER_PORT");
    return at(
        "ANDROID_ADB_SERVER_PORT",
        (host == null || host.isBlank() ? "127.0.0.1" : host)
            + ":"
            + (port == null || port.isBlank() ? DEFAULT_PORT : port));
  }

  /** The server at {@code host:port}, or at that port of this machine. */
  static AdbServer at(String source, String text) {
    try {
      return new AdbServer(
          Endpoint.parse(text.indexOf(':') < 0 ? "127.0.0.1:" + text.strip() : text.strip()));
    } catch (IllegalArgumentException e) {
      throw new SettingsException(source + ": " + e.getMessage(), e);
    }
  }

  /** A connection on which the server has accepted a service. */
  Connection open(String service) throws IOException {
    var socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(address.host(), address.port()), (int) CONNECT_DEADLINE.toMillis());
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      var connection = new Connection(socket);
      connection.request(service);
      return connection;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** What a command prints on a device. The command is one of ours, never text from outside. */
  String output(String serial, String command) throws IOException {
    try (var connection = open("host:transport:" + serial)) {
      connection.request("shell:" + command);
      return connection.readToEnd();
    }
  }

  /** The devices as the server lists them now. */
  String devices() throws IOException {
    try (var connection = open("host:devices-l")) {
      return connection.readBlock();
    }
  }

  /** One connection to the server; for one thread, but closed by any. */
  static final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    private Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    private void request(String service) throws IOException {
      byte[] name = service.getBytes(StandardCharsets.UTF_8);
      var request = new ByteArrayOutputStream();
      request.writeBytes("%04x".formatted(name.length).getBytes(StandardCharsets.US_ASCII));
      request.writeBytes(name);
      socket.getOutputStream().write(request.toByteArray());
      String answer = text(4, deadline(ANSWER_DEADLINE));
      if (answer.equals("FAIL")) {
        throw new IOException("adb refuses " + service + ": " + readBlock());
      }
      if (!answer.equals("OKAY")) {
        throw new IOException("this is no adb server: it answers \"" + answer + "\"");
      }
    }

    /**
     * Waits for a block to begin.
     *
     * @return false when none did for so long
     */
    boolean awaitBlock(Duration patience) throws IOException {
      try {
        in.mark(1);
        socket.setSoTimeout((int) patience.toMillis());
        if (in.read() < 0) {
          throw new EOFException("the adb server closed the connection");
        }
        in.reset();
        return true;
      } catch (SocketTimeoutException e) {
        return false;
      }
    }

    /** A block with its length in front. */
    String readBlock() throws IOException {
      long deadline = deadline(ANSWER_DEADLINE);
      String length = text(4, deadline);
      try {
        return text(Integer.parseInt(length, 16), deadline);
      } catch (NumberFormatException e) {
        throw new IOException("adb announces a block of length \"" + length + "\"", e);
      }
    }

    private String readToEnd() throws IOException {
      long deadline = deadline(OUTPUT_DEADLINE);
      var output = new ByteArrayOutputStream();
      byte[] part = new byte[4096];
      for (int n = read(part, deadline); n >= 0; n = read(part, deadline)) {
        output.write(part, 0, n);
        if (output.size() > LARGEST_OUTPUT) {
          throw new IOException("a device prints more than " + LARGEST_OUTPUT + " bytes");
        }
      }
      return output.toString(StandardCharsets.UTF_8);
    }

    private String text(int length, long deadline) throws IOException {
      byte[] bytes = new byte[length];
      int have = 0;
      while (have < length) {
        socket.setSoTimeout(left(deadline));
        int n = in.read(bytes, have, length - have);
        if (n < 0) {
          throw new EOFException("the adb server closed the connection");
        }
        have += n;
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }

    private int read(byte[] part, long deadline) throws IOException {
      socket.setSoTimeout(left(deadline));
      return in.read(part);
    }

    /** Milliseconds left, at least one: none would mean to wait for ever. */
    private static int left(long deadline) throws IOException {
      long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new SocketTimeoutException("adb does not answer in time");
      }
      return (int) left;
    }

    private static long deadline(Duration patience) {
      return System.nanoTime() + patience.toNanos();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
