package com.nokia.ci.tas.ciproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.nokia.ci.tas.ciproxy.detector.Device;
import com.nokia.ci.tas.ciproxy.detector.Facts;
import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The CI Proxy protocol over real sockets. */
final class BridgeProgramTest {
  private static final Device USB1 =
      new Device("004402136230483", "RM-763", "USB1", "GConnId_a", "15000");
  private static final Device USB2 =
      new Device("004402470970868", "RM-980", "USB2", "GConnId_b", "15001");
  private static final String USB1_TEXT = "@RM-763|USB1|GConnId_a|004402136230483|15000";
  private static final String USB2_TEXT = "@RM-980|USB2|GConnId_b|004402470970868|15001";

  private final FakeDetector detector = new FakeDetector();
  private final List<Client> clients = new ArrayList<>();
  private BridgeProgram bridge;

  @BeforeEach
  void start() {
    bridge = BridgeProgram.start(anyPort(), List.of(detector), Optional.empty());
  }

  @AfterEach
  void end() {
    Closing.all(() -> Closing.all(clients.toArray(AutoCloseable[]::new)), bridge);
  }

  @Test
  void theListIsSentToWhoeverAsksForIt() throws IOException {
    var witness = joined();
    detector.sees(USB1, USB2);
    assertEquals("1" + USB1_TEXT + USB2_TEXT + "$", witness.message());
    var client = connect();
    client.send("1");
    assertEquals("2" + USB1_TEXT + USB2_TEXT + "$", client.message());
    client.send("1");
    assertEquals("2" + USB1_TEXT + USB2_TEXT + "$", client.message());
  }

  @Test
  void everyChangeIsToldToAllClients() throws IOException {
    var first = joined();
    var second = joined();
    detector.sees(USB1);
    assertEquals("1" + USB1_TEXT + "$", first.message());
    assertEquals("1" + USB1_TEXT + "$", second.message());
    detector.sees();
    assertEquals("0" + USB1_TEXT + "$", first.message());
    assertEquals("0" + USB1_TEXT + "$", second.message());
  }

  @Test
  void factsAreToldToWhoeverAskedForThemAndToNobodyElse() throws IOException {
    var plain = joined();
    var curious = joined();
    curious.send("2");
    assertEquals("3$", curious.message());
    curious.send("1");
    assertEquals("2$", curious.message());
    detector.sees(USB1.with(Facts.of(Map.of("battery", "85"))));
    assertEquals("1" + USB1_TEXT + "$", curious.message());
    assertEquals("3@004402136230483|battery=85$", curious.message());
    curious.send("1");
    assertEquals("2" + USB1_TEXT + "$", curious.message());
    assertEquals("3@004402136230483|battery=85$", curious.message());
    var late = connect();
    late.send("12");
    assertEquals("2" + USB1_TEXT + "$", late.message());
    assertEquals("3$", late.message());
    assertEquals("3@004402136230483|battery=85$", late.message());
    detector.sees(USB1, USB2);
    assertEquals("1" + USB1_TEXT + "$", plain.message());
    assertEquals("1" + USB2_TEXT + "$", plain.message());
  }

  @Test
  void otherBytesAreIgnored() throws IOException {
    var client = connect();
    client.send("hello \r\n\u0000 0 3 4 $@|");
    client.send("1");
    assertEquals("2$", client.message());
  }

  @Test
  void aClientThatDiesDisturbsNoOther() throws IOException {
    joined().reset();
    joined().close();
    var living = joined();
    detector.sees(USB1);
    assertEquals("1" + USB1_TEXT + "$", living.message());
    detector.sees(USB1, USB2);
    assertEquals("1" + USB2_TEXT + "$", living.message());
  }

  @Test
  void aClientThatDoesNotReadIsDroppedAndTheOthersAreServed() throws IOException {
    var witness = joined();
    detector.sees(
        IntStream.range(0, 5_000)
            .mapToObj(it -> new Device("imei" + it, "RM-763", "USB", "x".repeat(90), "15000"))
            .toArray(Device[]::new));
    assertTrue(witness.message().startsWith("1"));
    var slow = connect();
    var good = connect();
    for (int i = 0; i < 1_000; i++) {
      good.send("1");
      assertTrue(good.message().length() > 500_000);
      if (!slow.trySend("1")) {
        return;
      }
    }
    fail("a client that has not read a thousand lists is still connected");
  }

  @Test
  void oneClientTooManyCostsTheOldestItsPlace() throws IOException {
    var oldest = joined();
    var second = joined();
    for (int i = 2; i < CiProxyServer.MOST_CLIENTS; i++) {
      joined();
    }
    var newest = joined();
    assertTrue(oldest.isAtEnd());
    second.send("1");
    assertEquals("2$", second.message());
    newest.send("1");
    assertEquals("2$", newest.message());
  }

  @Test
  void aPortThatIsTakenIsRefusedWithASentence() {
    var taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), bridge.port());
    var refusal =
        assertThrows(
            SettingsException.class, () -> BridgeProgram.start(taken, List.of(), Optional.empty()));
    assertTrue(refusal.getMessage().contains("port " + bridge.port()), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("CIProxyPortNumber="), refusal.getMessage());
  }

  @Test
  void theEndOfTheBridgeIsTheEndOfItsConnections() throws IOException {
    var client = joined();
    bridge.close();
    assertTrue(client.isAtEnd());
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private Client connect() throws IOException {
    var client = new Client(bridge.port());
    clients.add(client);
    return client;
  }

  /** A client that the bridge certainly knows. */
  private Client joined() throws IOException {
    var client = connect();
    client.send("1");
    assertEquals("2$", client.message());
    return client;
  }

  /** A communicator's end of a connection; a read that takes too long fails. */
  private static final class Client implements AutoCloseable {
    private static final int PATIENCE_MILLISECONDS = 60_000;
    private final Socket socket;
    private final InputStream in;

    Client(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLISECONDS);
      in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    void send(String bytes) throws IOException {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
    }

    boolean trySend(String bytes) {
      try {
        send(bytes);
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    String message() throws IOException {
      var message = new StringBuilder();
      int c;
      do {
        c = in.read();
        assertTrue(c >= 0, () -> "the bridge closed the connection after " + message);
        message.append((char) c);
      } while (c != '$');
      return message.toString();
    }

    /** Waits for the bridge to close the connection. */
    boolean isAtEnd() throws IOException {
      try {
        return in.read() < 0;
      } catch (SocketException e) {
        return true;
      }
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
