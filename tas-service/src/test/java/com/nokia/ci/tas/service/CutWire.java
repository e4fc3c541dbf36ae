package com.nokia.ci.tas.service;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A wire between a peer and a service of this machine that can be cut and mended. */
final class CutWire implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final int service;
  private volatile boolean isCut;

  CutWire(int service) throws IOException {
    this.service = service;
    begin("cut-wire", this::accept);
  }

  Endpoint address() {
    return new Endpoint("127.0.0.1", listening.getLocalPort());
  }

  /** Breaks what goes through, and lets nothing through. */
  void cut() throws IOException {
    isCut = true;
    for (var socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  void mend() {
    isCut = false;
  }

  private void accept() throws IOException {
    while (!listening.isClosed()) {
      var here = listening.accept();
      if (isCut) {
        here.close();
        continue;
      }
      var there = new Socket(InetAddress.getLoopbackAddress(), service);
      sockets.add(here);
      sockets.add(there);
      begin("cut-wire-to", () -> copy(here, there));
      begin("cut-wire-from", () -> copy(there, here));
    }
  }

  private static void copy(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      byte[] bytes = new byte[8192];
      for (int count = from.getInputStream().read(bytes);
          count >= 0;
          count = from.getInputStream().read(bytes)) {
        to.getOutputStream().write(bytes, 0, count);
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** A wire that breaks ends its threads. */
  private static void begin(String name, Work work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }
}
