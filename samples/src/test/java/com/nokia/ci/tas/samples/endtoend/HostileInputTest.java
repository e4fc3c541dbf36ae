package com.nokia.ci.tas.samples.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.nokia.ci.tas.samples.farm.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad input at every door of real daemons: it is refused, costs little, and a test runs through all
 * the same.
 */
class HostileInputTest {
  private static final long ONE_MEGABYTE = 1 << 20;

  @TempDir static Path scratch;
  private static LocalFarm farm;
  private static LocalFarm.Node node;

  @BeforeAll
  static void startFarm() throws Exception {
    farm = LocalFarm.start(scratch);
    node = farm.addNode("node", 2);
  }

  @AfterAll
  static void endFarm() {
    farm.close();
  }

  private static int nodePort() throws Exception {
    return Patience.until(
        "the node is listed",
        () -> {
          var nodes =
              new com.fasterxml.jackson.databind.ObjectMapper()
                  .readTree(farm.get("/api/v1/nodes").body());
          var list = nodes.isArray() ? nodes : nodes.elements().next();
          return list.isEmpty()
              ? java.util.Optional.<Integer>empty()
              : java.util.Optional.of(list.get(0).path("port").asInt());
        });
  }

  private static List<Integer> doors() throws Exception {
    return List.of(farm.port(), nodePort());
  }

  private static void aTestStillRuns(String id) throws Exception {
    var test = ShellTest.in(scratch, id, "echo still here\n");
    try (var client = test.start(farm, "--require", "rm-code:RM-763;")) {
      assertEquals(0, client.exitCode(), client.text());
    }
    assertTrue(farm.service().isRunning());
    assertTrue(node.communicator().isRunning());
  }

  @Test
  void aThousandIdleConnectionsDelayNobody() throws Exception {
    var idle = new ArrayList<Socket>();
    try {
      for (int door : doors()) {
        for (int i = 0; i < 1_000; i++) {
          var socket = new Socket();
          socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), door), 5_000);
          idle.add(socket);
        }
      }
      aTestStillRuns("beside-idle-connections");
      assertEquals(200, farm.get("/").statusCode());
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void garbageAndHalfMessagesAreRefusedAndForgotten() throws Exception {
    var random = new Random(1);
    byte[] noise = new byte[65_536];
    random.nextBytes(noise);
    String start = "<?xml version=\"1.0\"?>\n<message><type>test-operation</type>";
    for (int door : doors()) {
      PlainPeer.send(door, noise);
      PlainPeer.send(door, "");
      PlainPeer.send(door, "hello\n");
      PlainPeer.send(door, start);
      PlainPeer.send(door, start + "<".repeat(10_000));
      PlainPeer.send(door, start + "<a>".repeat(200_000) + "</message>\n");
      PlainPeer.send(
          door,
          "<!DOCTYPE m [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><message><type>&a;</type></message>\n");
      PlainPeer.send(door, start + "</message>\n");
      PlainPeer.send(door, "<message><type>coffee-operation</type></message>\n");
      PlainPeer.send(door, "GET /" + "x".repeat(100_000) + " HTTP/1.1\r\n\r\n");
      PlainPeer.send(door, "POST / HTTP/1.1\r\nContent-Length: 999999999999\r\n\r\n");
    }
    aTestStillRuns("after-garbage");
    assertFalse(farm.get("/").body().contains("root:"), "no file is read through an entity");
  }

  @Test
  void aLineWithoutEndCostsBoundedMemory() throws Exception {
    byte[] block = new byte[(int) ONE_MEGABYTE];
    Arrays.fill(block, (byte) 'x');
    for (int door : doors()) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), door)) {
        var out = socket.getOutputStream();
        out.write("<message><type>".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 300; i++) {
          out.write(block);
        }
      } catch (IOException e) {
        assertTrue(true, "the daemon closed the connection, as it should: " + e.getMessage());
      }
    }
    aTestStillRuns("after-a-long-line"); // each daemon has 256 MB in all: more would have ended it
  }

  @Test
  void namesNeverLeaveTheWorkspace() throws Exception {
    Path outside = node.home().resolve("outside.txt");
    Files.writeString(outside, "untouched");
    List<String> names =
        List.of(
            "../../outside.txt",
            "..\\..\\outside.txt",
            outside.toString(),
            "C:\\outside.txt",
            "a/../../../outside.txt");
    for (String name : names) {
      String test = "<test><id>x</id></test>";
      PlainPeer.send(
          nodePort(),
          "<message><type>file-operation</type><sender><hostname>localhost</hostname><port>1</port></sender><envelope>"
              + "<operation>put</operation>"
              + test
              + "<file><name>"
              + name
              + "</name><size>4</size></file></envelope></message>\nevil");
      try (var issuer = new PlainPeer()) {
        PlainPeer.send(
            farm.port(),
            "<message><type>test-operation</type><sender><hostname>localhost</hostname><port>"
                + issuer.port()
                + "</port></sender><envelope><operation>start</operation><test><id>names</id><executor-application>sh</executor-application>"
                + "<artifacts><artifact>"
                + name
                + "</artifact></artifacts><required-products><product><rm-code>RM-763</rm-code>"
                + "</product></required-products></test></envelope></message>\n");
        assertTrue(!issuer.untilStatus("names", "failed").leaf("status-details").isBlank());
      }
      for (String id : List.of(name, "..", ".", "x/../..", "con")) {
        try (var issuer = new PlainPeer()) {
          PlainPeer.send(
              farm.port(),
              "<message><type>test-operation</type><sender><hostname>localhost</hostname><port>"
                  + issuer.port()
                  + "</port></sender><envelope><operation>start</operation><test><id>"
                  + id
                  + "</id><executor-application>true</executor-application><target>nose</target></test></envelope></message>\n");
          issuer.untilStatus(id, "failed");
        }
      }
    }
    assertEquals("untouched", Files.readString(outside));
    aTestStillRuns("after-bad-names");
  }
}
