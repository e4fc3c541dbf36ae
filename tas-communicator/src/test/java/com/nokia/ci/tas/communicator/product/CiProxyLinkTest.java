package com.nokia.ci.tas.communicator.product;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nokia.ci.tas.commons.model.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class CiProxyLinkTest {
  private static final String A = "RM-763|USB4|GConnId_a|004402136230483|15000";
  private static final String B = "RM-763|USB5|GConnId_b|004402136230484|15005";

  private final BlockingQueue<Map<String, Device>> told = new LinkedBlockingQueue<>();
  private final List<CiProxyLink> links = new ArrayList<>();

  @Test
  void afterALostConnectionTheListIsComparedAgain() throws Exception {
    try (var proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      link(proxy.getLocalPort());
      try (var first = accept(proxy)) {
        say(first, "2@" + A + "@" + B + "$");
        assertEquals(Set.of("004402136230483", "004402136230484"), told.take().keySet());
      }
      try (var second = accept(proxy)) {
        say(second, "garbage$9$2@" + B + "$");
        assertEquals(Set.of("004402136230484"), told.take().keySet());
        say(second, "1@" + A + "$");
        assertEquals(2, told.take().size());
      }
    }
  }

  @Test
  void aProxyThatComesLaterIsFound() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    link(port);
    try (var proxy = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        var connection = accept(proxy)) {
      say(connection, "2$");
      assertEquals(Map.of(), told.take());
    }
  }

  @Test
  void aProxyThatKnowsFactsIsAskedForThemAgainAndAgain() throws Exception {
    try (var proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      link(proxy.getLocalPort());
      for (var battery : List.of("81", "80")) {
        try (var connection = accept(proxy)) {
          assertEquals('2', connection.getInputStream().read());
          say(connection, "2@" + A + "$");
          assertEquals(Set.of("004402136230483"), told.take().keySet());
          say(connection, "3@004402136230483|battery=" + battery + "$");
          assertEquals(Map.of("battery", battery), told.take().get("004402136230483").facts());
        }
      }
    }
  }

  @Test
  void anEarlierProxyThatClosesBecauseOfTheQuestionIsNotAskedAgainAtOnce() throws Exception {
    try (var proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      link(proxy.getLocalPort());
      try (var first = accept(proxy)) {
        assertEquals('2', first.getInputStream().read());
      }
      try (var second = accept(proxy)) {
        say(second, "2@" + A + "$");
        assertEquals(Set.of("004402136230483"), told.take().keySet());
        assertEquals(0, second.getInputStream().available());
      }
      try (var third = accept(proxy)) {
        assertEquals('2', third.getInputStream().read());
      }
    }
  }

  @AfterEach
  void close() {
    links.forEach(CiProxyLink::close);
  }

  private void link(int port) {
    links.add(CiProxyLink.start(new Endpoint("localhost", port), Duration.ofMillis(1), told::add));
  }

  private static Socket accept(ServerSocket proxy) throws IOException {
    var connection = proxy.accept();
    assertEquals('1', connection.getInputStream().read());
    return connection;
  }

  private static void say(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(US_ASCII));
  }
}
