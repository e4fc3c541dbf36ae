package com.nokia.ci.tas.commons.transport;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A peer that does exactly what a test tells it to, over a plain socket. */
final class RawPeer implements Closeable {
  private final Socket socket;

  RawPeer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    socket.setTcpNoDelay(true);
  }

  RawPeer send(byte[] bytes) throws IOException {
    OutputStream to = socket.getOutputStream();
    to.write(bytes);
    to.flush();
    return this;
  }

  RawPeer send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Waits until the other side says something. */
  RawPeer awaitByte() throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new EOFException("the other side has closed the connection");
    }
    return this;
  }

  RawPeer endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Closes with a reset where {@link #close} would end the stream in order. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Everything the other side says until it closes; a reset counts as a close. */
  String answer() throws IOException {
    var answer = new StringBuilder();
    byte[] chunk = new byte[4096];
    try {
      int count;
      while ((count = socket.getInputStream().read(chunk)) > 0) {
        answer.append(new String(chunk, 0, count, StandardCharsets.UTF_8));
      }
    } catch (SocketException e) {
      if (!"Connection reset".equals(e.getMessage())) {
        throw e;
      }
    }
    return answer.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
