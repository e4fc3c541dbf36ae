package com.nokia.ci.tas.samples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that breaks the protocol is told so, and by which claim. */
class BrokenPeersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String WELCOME =
      """
      session=0a
      key=0b
      resumed=no
      received=0
      you=%s
      acceptor=%s
      beat=5000
      silence=15000
      retention=600000
      """;

  private final ByteArrayOutputStream table = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(table, true, StandardCharsets.UTF_8);
  private ServerSocket listener;

  /** What a peer does with one connection. */
  @FunctionalInterface
  private interface Manner {
    void with(Socket socket) throws Exception;
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private Address peer(Manner manner) throws IOException {
    listener = new ServerSocket(0);
    var thread =
        new Thread(
            () -> {
              while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                  manner.with(socket);
                } catch (Exception e) {
                  out.println("the broken peer: " + e);
                }
              }
            },
            "test-broken-peer");
    thread.setDaemon(true);
    thread.start();
    return new Address("localhost", listener.getLocalPort());
  }

  private String triedAsService(Address peer) throws Exception {
    int code =
        Conformance.run(
            List.of("--peer", "service", peer.toString(), "--patience", "3", "--plain"), out);
    assertEquals(1, code, text());
    return text();
  }

  private String triedInSession(Address peer) throws Exception {
    var report = new Report(out);
    new ServiceInSession(new Kit(report, PATIENCE, "localhost"), peer).talk();
    assertEquals(1, report.exitCode(), text());
    return text();
  }

  private String text() {
    return table.toString(StandardCharsets.UTF_8);
  }

  private static void isBroken(String table, String claim, String how) {
    List<String> lines = table.lines().toList();
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).contains("BROKEN") && lines.get(i).contains(claim)) {
        assertTrue(lines.get(i + 1).contains(how), lines.get(i + 1));
        return;
      }
    }
    throw new AssertionError("the claim \"" + claim + "\" is not broken in\n" + table);
  }

  /** Reads up to the end of the message. */
  private static void read(Socket socket) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf("</message>\n") < 0) {
      int b = socket.getInputStream().read();
      if (b < 0) {
        return;
      }
      text.append((char) b);
    }
  }

  private static SessionLine welcomed(Socket socket, String welcome) throws IOException {
    read(socket);
    var line = new SessionLine(socket, PATIENCE);
    line.send(SessionLine.WELCOME, welcome.getBytes(StandardCharsets.UTF_8));
    return line;
  }

  @Test
  void aServiceThatHearsNothing() throws Exception {
    String table = triedAsService(peer(Socket::close));

    isBroken(table, "one element a line", "there was no stop");
    assertTrue(table.contains("not reached"), table);
  }

  @Test
  void aServiceThatAnswersOnTheConnection() throws Exception {
    String table =
        triedAsService(
            peer(
                socket -> {
                  socket.getInputStream().read();
                  socket.getOutputStream().write("thanks\n".getBytes(StandardCharsets.US_ASCII));
                }));

    isBroken(table, "one element a line", "answers a message on its own connection: thanks");
    assertTrue(table.contains("kept        protocol 9     bytes that are no XML"), table);
  }

  @Test
  void anAcceptorThatKnowsNoSessions() throws Exception {
    String table = triedInSession(peer(BrokenPeersTest::read));

    isBroken(table, "answered with WELCOME", "a plain peer");
  }

  @Test
  void aWelcomeThatLacksAKey() throws Exception {
    String table =
        triedInSession(
            peer(
                socket -> {
                  try (SessionLine line =
                      welcomed(socket, WELCOME.replace("key=0b\n", "").formatted("x:1", "0c"))) {
                    line.next(PATIENCE);
                  }
                }));

    isBroken(table, "the welcome has every key", "there is no key");
  }

  @Test
  void anAcceptorThatAcknowledgesNothing() throws Exception {
    String table =
        triedInSession(
            peer(
                socket -> {
                  try (SessionLine line = welcomed(socket, WELCOME.formatted("x:1", "0c"))) {
                    while (line.next(PATIENCE.multipliedBy(3)).isPresent()) {
                      line.send(SessionLine.BEAT);
                    }
                  }
                }));

    isBroken(table, "message 1 is acknowledged", "waiting for ACK of 1");
    isBroken(table, "you is the address of the registration", "you=x:1");
  }

  @Test
  void anAcceptorThatTakesEveryFrame() throws Exception {
    String table =
        triedInSession(
            peer(
                socket -> {
                  try (SessionLine line = welcomed(socket, WELCOME.formatted("x:1", "0c"))) {
                    socket.setSoTimeout(10_000);
                    while (socket.getInputStream().read() >= 0) {
                      line.send(SessionLine.BEAT);
                    }
                  }
                }));

    isBroken(table, "a frame of unknown type below 0x80 ends it", "");
  }

  @Test
  void whoAsksForNothingIsToldHow() throws Exception {
    listener = new ServerSocket(0);

    assertEquals(2, Conformance.run(List.of("--peer", "oven", "localhost:1"), out));
    assertEquals(2, Conformance.run(List.of("--peer", "service"), out));
    assertTrue(text().contains("usage: ./tas conformance --peer"), text());
  }
}
