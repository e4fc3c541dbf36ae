package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.RuntimeId;
import com.nokia.ci.tas.commons.model.TestDescription;
import com.nokia.ci.tas.commons.transport.FileAnswer;
import com.nokia.ci.tas.commons.transport.MessageReceiver;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.xml.Dialect;
import com.nokia.ci.tas.commons.xml.MessageCodec;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Messages a second through codec and socket, each acknowledged, so many under way at a time:
 * between two networks of this process over a session, beside octets of the same length that a bare
 * socket answers with one octet each.
 */
final class MessageRate {
  private static final int MESSAGES = 60_000;
  private static final int UNDER_WAY = 256;
  private static final long PATIENCE_SECONDS = 60;
  private static final String LINES = "12:00:00.123 case 17 of 200: calls, begins\n".repeat(4);

  private MessageRate() {}

  static List<Figure> measure() throws Exception {
    var arrived = new LongAdder();
    try (var networks = TwoNetworks.open(new Counting(arrived))) {
      var message = message(networks.acceptor());
      int length = new MessageCodec().write(message, Dialect.ESCAPED).length;
      session(networks, message);
      bare(length);
      double session = session(networks, message);
      double bare = bare(length);
      if (arrived.sum() != 2L * MESSAGES) {
        throw new IOException(arrived.sum() + " of " + 2 * MESSAGES + " messages arrived");
      }
      return List.of(
          Figure.rate(
              "messages over a session, both ends (floor: a bare echo)",
              session,
              bare,
              "messages/s"));
    }
  }

  private static Message message(Endpoint to) {
    return new TextMessage(
        TwoNetworks.CONNECTOR, to, TestDescription.named(RuntimeId.of("nightly_4711")), LINES);
  }

  private static double session(TwoNetworks networks, Message message) throws Exception {
    var room = new Semaphore(UNDER_WAY);
    long begin = System.nanoTime();
    for (int i = 0; i < MESSAGES; i++) {
      take(room, 1);
      var unused =
          networks
              .near()
              .send(networks.acceptor(), message, Dialect.ESCAPED)
              .thenRun(() -> room.release());
    }
    take(room, UNDER_WAY);
    return MESSAGES / ((System.nanoTime() - begin) / 1e9);
  }

  private static void take(Semaphore room, int count) throws Exception {
    if (!room.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new TimeoutException("messages were not acknowledged");
    }
  }

  private static double bare(int length) throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var socket = new Socket(server.getInetAddress(), server.getLocalPort());
        var accepted = server.accept()) {
      socket.setTcpNoDelay(true);
      accepted.setTcpNoDelay(true);
      var room = new Semaphore(UNDER_WAY);
      var echo = started("bench-echo", () -> answer(accepted, length));
      var answers = started("bench-answers", () -> count(socket, room));
      var out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
      byte[] octets = new byte[length];
      long begin = System.nanoTime();
      for (int i = 0; i < MESSAGES; i++) {
        if (!room.tryAcquire()) {
          out.flush();
          take(room, 1);
        }
        out.write(octets);
      }
      out.flush();
      take(room, UNDER_WAY);
      double rate = MESSAGES / ((System.nanoTime() - begin) / 1e9);
      echo.join();
      answers.join();
      return rate;
    }
  }

  /** Work of a thread of the bare echo. */
  private interface Work {
    void perform() throws IOException;
  }

  private static Thread started(String name, Work work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.perform();
              } catch (IOException e) {
                System.err.println(name + " stops: " + e);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void answer(Socket socket, int length) throws IOException {
    var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 65_536));
    var out = new BufferedOutputStream(socket.getOutputStream());
    byte[] octets = new byte[length];
    for (int i = 0; i < MESSAGES; i++) {
      in.readFully(octets);
      out.write(1);
      if (in.available() < length) {
        out.flush();
      }
    }
    out.flush();
  }

  private static void count(Socket socket, Semaphore room) throws IOException {
    byte[] answers = new byte[UNDER_WAY];
    for (int got = 0; got < MESSAGES; ) {
      int count = socket.getInputStream().read(answers);
      if (count < 0) {
        throw new IOException("the echo ended after " + got + " messages");
      }
      got += count;
      room.release(count);
    }
  }

  private record Counting(LongAdder arrived) implements MessageReceiver {
    @Override
    public void onMessage(Message message, Peer peer) {
      if (message instanceof TextMessage) {
        arrived.increment();
      }
    }

    @Override
    public FileAnswer onFile(FileOperation put, Peer peer) {
      return FileAnswer.refuse("no files here");
    }
  }
}
