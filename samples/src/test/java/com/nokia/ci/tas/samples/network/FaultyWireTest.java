package com.nokia.ci.tas.samples.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyWireTest {
  private static final int LIMIT_MS = 60_000;

  private ServerSocket target;
  private FaultyWire wire;
  private Socket near;
  private Socket far;

  @BeforeEach
  void connect() throws IOException {
    target = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    target.setSoTimeout(LIMIT_MS);
    wire = FaultyWire.to("127.0.0.1", target.getLocalPort());
    near = dial();
    far = target.accept();
    far.setSoTimeout(LIMIT_MS);
  }

  @AfterEach
  void end() {
    Closing.all(near, far, wire, target);
  }

  @Test
  void bytesPassInBothDirectionsUpToTheEnd() throws IOException {
    say(near, "question");
    assertEquals("question", heard(far, 8));
    say(far, "answer");
    far.shutdownOutput();

    assertEquals("answer", heard(near, 6));
    assertEquals(-1, near.getInputStream().read());
  }

  @Test
  void aResetBreaksBothEnds() {
    wire.reset();

    assertThrows(IOException.class, () -> near.getInputStream().read());
    assertThrows(IOException.class, () -> far.getInputStream().read());
  }

  @Test
  void aCutEndsBothEndsInOrder() throws IOException {
    wire.cut();

    assertEquals(-1, near.getInputStream().read());
    assertEquals(-1, far.getInputStream().read());
  }

  @Test
  void behindAPulledCableNothingArrivesUntilItIsPluggedIn() throws IOException {
    wire.pullCable();
    say(near, "late");
    far.setSoTimeout(50);
    assertThrows(SocketTimeoutException.class, () -> far.getInputStream().read());
    far.setSoTimeout(LIMIT_MS);

    wire.plugIn();

    assertEquals("late", heard(far, 4));
  }

  @Test
  void aThrottledWireTakesItsTime() throws IOException {
    wire.throttle(20_000);
    long begin = System.nanoTime();
    say(near, "x".repeat(4_000));

    heard(far, 4_000);

    assertTrue(System.nanoTime() - begin >= 200_000_000L);
  }

  @Test
  void aDelayHoldsForAllThatPasses() throws IOException {
    wire.delay(Duration.ofMillis(120));
    long begin = System.nanoTime();
    say(near, "ping");

    heard(far, 4);

    assertTrue(System.nanoTime() - begin >= 120_000_000L);
  }

  @Test
  void connectionsMaySeemToComeFromAnotherAddress() throws IOException {
    wire.leaveFrom(InetAddress.getByName("127.0.0.7"));

    try (Socket dialled = dial();
        Socket arrived = target.accept()) {
      say(dialled, "hello");
      assertEquals("hello", heard(arrived, 5));
      assertEquals("127.0.0.7", arrived.getInetAddress().getHostAddress());
    }
  }

  private Socket dial() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), wire.port());
    socket.setSoTimeout(LIMIT_MS);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String heard(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
  }
}
