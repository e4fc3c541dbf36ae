package com.nokia.ci.tas.service.http.neighbours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookoutTest {
  private static final Map<String, String> FARM =
      Map.of(
          "/api/v1/nodes",
          "{\"nodes\": [{\"hostname\": \"n1.example\", \"port\": 27182, \"condition\":"
              + " \"connected\"}, {\"condition\": \"lost\"}]}",
          "/api/v1/products",
          "{\"products\": [{\"imei\": \"1\", \"rmCode\": \"RM-1\", \"status\": \"free\"},"
              + " {\"imei\": \"2\", \"status\": \"busy\"}]}",
          "/api/v1/tests",
          "{\"tests\": [{\"id\": \"Nightly_1\", \"state\": \"running\"}]}",
          "/api/v1/queue",
          "{\"waitingCount\": 7}");

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<HttpServer> servers = new ArrayList<>();
  private final List<HttpExchange> asked = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void end() {
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void aFarmIsSeenInNumbersAndByItsThings() throws Exception {
    var seen = look(farm(200, FARM));

    assertTrue(seen.isReachable(), seen.trouble());
    assertEquals(List.of(1, 1, 2, 7), numbers(seen));
    assertTrue(seen.things().stream().anyMatch(it -> it.words().contains("nightly_1")));
    assertTrue(seen.things().stream().anyMatch(it -> it.words().contains("rm-1")));
  }

  @Test
  void noCredentialsGoAlong() throws Exception {
    look(farm(200, FARM));

    for (var exchange : asked) {
      assertNull(exchange.getRequestHeaders().getFirst("Authorization"));
      assertNull(exchange.getRequestHeaders().getFirst("Cookie"));
    }
    assertFalse(asked.isEmpty());
  }

  @Test
  void whoDoesNotAnswerAsAFarmIsNotSeenAndSaidWhy() throws Exception {
    int closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    var redirected = new ArrayList<Neighbour>();
    redirected.addAll(Neighbour.of("localhost:" + closed));
    redirected.add(farm(302, Map.of()));
    redirected.add(farm(200, Map.of("/api/v1/nodes", "<html>", "/api/v1/queue", "[")));

    var seen =
        new Lookout(InstantSource.system(), PATIENCE).look(redirected).get(60, TimeUnit.SECONDS);

    assertEquals(3, seen.size());
    seen.forEach(it -> assertFalse(it.isReachable()));
    assertTrue(seen.get(1).trouble().contains("302"), seen.get(1).trouble());
    assertTrue(seen.get(2).trouble().contains("no JSON"), seen.get(2).trouble());
  }

  @Test
  void theSettingIsReadAndWhatIsNoAddressIsLeftOut() {
    assertEquals(
        List.of("http://a.example:1", "https://b.example:2"),
        Neighbour.of("a.example:1, https://b.example:2,, nonsense, ftp://c.example:3, d:99999")
            .stream()
            .map(it -> it.base().toString())
            .toList());
  }

  private static List<Integer> numbers(Sight seen) {
    return List.of(seen.nodes(), seen.free(), seen.products(), seen.waiting());
  }

  private static Sight look(Neighbour farm) throws Exception {
    return new Lookout(InstantSource.system(), PATIENCE)
        .look(List.of(farm))
        .get(60, TimeUnit.SECONDS)
        .get(0);
  }

  private Neighbour farm(int status, Map<String, String> answers) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange);
          byte[] body =
              answers
                  .getOrDefault(exchange.getRequestURI().getPath(), "{}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    servers.add(server);
    return Neighbour.of("localhost:" + server.getAddress().getPort()).get(0);
  }
}
