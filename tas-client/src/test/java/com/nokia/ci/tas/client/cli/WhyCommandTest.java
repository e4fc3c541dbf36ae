package com.nokia.ci.tas.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command that says why a test waits. */
final class WhyCommandTest {
  private static final String WHY =
      """
      {"id": "pair", "waitingFor": "waiting for 2 products on one node", "possible": true,
       "maintenance": false, "place": 3, "waitingCount": 9, "rivalPlace": 1, "rivalCount": 2,
       "demands": [{"demand": "(rm-code:rm-1;)", "asked": 2, "fitting": 2, "free": 1,
         "products": [
           {"imei": "1", "node": "n:1", "use": "free"},
           {"imei": "2", "node": "n:1", "use": "run", "test": "one", "until": 1795165200000,
            "expectedEnd": 1795161600000}],
         "misses": [{"count": 3, "example": "7", "clauses": [
           {"name": "environment", "wanted": "office", "found": "lab"}]}]}],
       "nodes": [{"node": "m:1", "detail": "it runs 4 tests already"}],
       "kept": {"node": "n:1", "products": ["1"], "lacking": ["(rm-code:rm-1;)"]},
       "relaxations": [{"node": "n:1", "products": ["1", "7"], "changes": [
         {"demand": "(rm-code:rm-1;)", "name": "environment", "wanted": "office", "found": "lab"}]}]}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer service;
  private int status = 200;
  private String answer = WHY;
  private String asked = "";

  @BeforeEach
  void open() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestURI().toString();
          byte[] body = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
  }

  @AfterEach
  void close() {
    service.stop(0);
  }

  @Test
  void theAnswerIsTextForPeople() {
    assertEquals(0, run("pair"));

    assertEquals("/api/v1/tests/pair/why", asked);
    assertEquals(
        """
        test pair is waiting for 2 products on one node
        place 3 of 9 in the queue; 1 of 2 that could use the same products
        (rm-code:rm-1;) (2 of these): 2 products fit, 1 could be given to it now
          product 1 on n:1 is free
          product 2 on n:1 is used by test one, usually until 2026-11-20T08:00:00Z, until 2026-11-20T09:00:00Z at the latest
          3 products would fit, but environment:lab instead of environment:office (product 7, for example)
        node m:1: it runs 4 tests already
        set aside for it on node n:1: 1; lacking (rm-code:rm-1;)
        it would start now, if it asked for
          environment:lab instead of environment:office (product 1, 7 on n:1)
        """,
        out.toString());
  }

  @Test
  void allPartsOfADividedTestAreExplained() {
    answer =
        """
        {"id": "t", "subId": "_2", "alike": ["t_3", "t_5"], "waitingFor": "waiting for a phone",
         "possible": true, "place": 1, "waitingCount": 4, "rivalPlace": 1, "rivalCount": 3,
         "others": [{"id": "t", "subId": "_4", "waitingFor": "waiting for a tablet",
           "possible": true, "place": 3, "waitingCount": 4, "rivalPlace": 1, "rivalCount": 1}]}
        """;

    assertEquals(0, run("t"));

    assertEquals(
        """
        test t_2 is waiting for a phone
        so are t_3, t_5
        place 1 of 4 in the queue; 1 of 3 that could use the same products
        no change of one or two values would start it now

        test t_4 is waiting for a tablet
        place 3 of 4 in the queue; 1 of 1 that could use the same products
        no change of one or two values would start it now
        """,
        out.toString());
  }

  @Test
  void theAnswerIsJsonForPrograms() {
    assertEquals(0, run("pair", "--json"));

    assertTrue(out.toString().contains("\"rivalPlace\" : 1"), out.toString());
  }

  @Test
  void aTestThatDoesNotWaitIsSaidSo() {
    status = 409;
    answer = "{\"error\": \"The test does not wait: it is running.\"}";

    assertEquals(3, run("a b"));

    assertEquals("/api/v1/tests/a%20b/why", asked);
    assertEquals("tas: The test does not wait: it is running.\n", err.toString());
  }

  @Test
  void anEarlierServiceThatKnowsNoSuchPageIsSaidSo() {
    status = 404;
    answer = "There is no such page on this service.";

    assertEquals(5, run("a"));

    assertTrue(err.toString().endsWith("is it of an earlier version?\n"), err.toString());
  }

  private int run(String id, String... further) {
    var arguments = new ArrayList<String>();
    arguments.addAll(
        List.of("why", "--service", "localhost:" + service.getAddress().getPort(), "--id", id));
    arguments.addAll(List.of(further));
    return TasCommandLine.run(
        new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
  }
}
