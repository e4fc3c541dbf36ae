package com.nokia.ci.tas.client.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.client.verdict.Ending;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.Fault;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ends of tests of others, as a service tells them that answers what it is told to. */
final class TestEndsTest {
  private static final String HELLO = "event: hello\ndata: {}\n\n";
  private static final String GAP = "event: gap\ndata: {}\n\n";
  private static final String RUNNING = "{\"id\": \"a b\", \"state\": \"running\"}";
  private static final String FAILED =
      "{\"id\": \"a b\", \"verdict\": \"failed\", \"attempts\": 2, \"products\": [\"1\"],"
          + " \"reason\": {\"fault\": \"farm\", \"code\": \"no-resources\","
          + " \"sentence\": \"nothing could serve it\"}}";
  private static final TestEnds.End END =
      new TestEnds.End(
          new Ending(
              Ending.Kind.FAILED,
              "nothing could serve it",
              Optional.of(Fault.FARM),
              "no-resources"),
          2);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** What the next streams say; one that is empty ends, others stay open. */
  private final BlockingQueue<Telling> streams = new LinkedBlockingQueue<>();

  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile String test = RUNNING;
  private volatile int status = 200;
  private HttpServer service;

  /**
   * What is told on one stream.
   *
   * @param rest told when this is completed
   */
  private record Telling(String text, CompletableFuture<String> rest) {
    static Telling atOnce(String text) {
      return new Telling(text, CompletableFuture.completedFuture(""));
    }
  }

  @BeforeEach
  void open() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.setExecutor(threads);
    service.createContext("/api/v1/events", this::tell);
    service.createContext("/api/v1/tests/", this::answer);
    service.start();
  }

  @AfterEach
  void close() {
    over.complete(null);
    service.stop(0);
    threads.shutdownNow();
  }

  @Test
  void theEndOfATestIsHeardWhenItComes() throws Exception {
    var rest = new CompletableFuture<String>();
    streams.add(new Telling(HELLO, rest));
    var end = ends().of("a b");
    assertEquals("/api/v1/tests/a%20b", asked.poll(60, TimeUnit.SECONDS));
    assertFalse(end.isDone());

    rest.complete(
        "event: test\nid: x-1\ndata: "
            + RUNNING
            + "\n\n:\n\nevent: test\ndata: "
            + FAILED
            + "\n\n");

    assertEquals(END, end.get(60, TimeUnit.SECONDS));
  }

  @Test
  void aTestThatHasEndedIsToldAtOnce() throws Exception {
    test = FAILED;
    streams.add(new Telling(HELLO, new CompletableFuture<>()));

    assertEquals(END, ends().of("a b").get(60, TimeUnit.SECONDS));
  }

  @Test
  void whatWasLostInAGapIsAskedFor() throws Exception {
    var rest = new CompletableFuture<String>();
    streams.add(new Telling(HELLO, rest));
    var end = ends().of("a b");
    assertEquals("/api/v1/tests/a%20b", asked.poll(60, TimeUnit.SECONDS));

    test = FAILED;
    rest.complete(GAP);

    assertEquals(END, end.get(60, TimeUnit.SECONDS));
  }

  @Test
  void aStreamThatBreaksIsOpenedAgain() throws Exception {
    streams.add(Telling.atOnce(HELLO));
    streams.add(Telling.atOnce(HELLO));
    streams.add(
        new Telling(
            HELLO, CompletableFuture.completedFuture("event: test\ndata: " + FAILED + "\n\n")));

    assertEquals(END, ends().of("a b").get(60, TimeUnit.SECONDS));
    assertTrue(streams.isEmpty());
  }

  @Test
  void aTestThatNobodyKnowsIsNotWaitedFor() throws Exception {
    status = 404;
    streams.add(new Telling(HELLO, new CompletableFuture<>()));

    var outcome = ends().of("a b").get(60, TimeUnit.SECONDS).outcome();

    assertEquals(Ending.Kind.REFUSED, outcome.kind());
    assertEquals("test a b is not known on the service " + place(), outcome.reason());
  }

  @Test
  void aServiceThatIsNotThereIsNotWaitedForAndItsStandByIsAsked() throws Exception {
    Endpoint nobody;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = new Endpoint("127.0.0.1", closed.getLocalPort());
    }
    var outcome =
        TestEnds.of(List.of(nobody), Optional.empty()).of("a b").get(60, TimeUnit.SECONDS);
    assertEquals(Ending.Kind.LOST, outcome.outcome().kind());
    assertTrue(
        outcome.outcome().reason().startsWith("the service " + nobody + " does not answer: "),
        outcome.outcome().reason());

    test = FAILED;
    streams.add(new Telling(HELLO, new CompletableFuture<>()));
    assertEquals(
        END,
        TestEnds.of(List.of(nobody, place()), Optional.empty())
            .of("a b")
            .get(60, TimeUnit.SECONDS));
  }

  @Test
  void whatIsNoJsonIsNoEnd() {
    for (String text : List.of("", "[1]", "{\"verdict\": \"failed\"", "{\"a\": {\"b\": 1}", "x")) {
      assertThrows(IOException.class, () -> FlatJson.read(text), text);
    }
  }

  private TestEnds ends() {
    return TestEnds.of(List.of(place()), Optional.empty());
  }

  private Endpoint place() {
    return new Endpoint("127.0.0.1", service.getAddress().getPort());
  }

  /** Whoever opens a stream when none is left to tell finds one that says nothing. */
  private void tell(HttpExchange exchange) throws IOException {
    var next = Optional.ofNullable(streams.poll());
    exchange.sendResponseHeaders(200, 0);
    try (var body = exchange.getResponseBody()) {
      if (next.isPresent()) {
        body.write(next.get().text().getBytes(UTF_8));
        body.flush();
        var rest = CompletableFuture.anyOf(next.get().rest(), over).join();
        body.write(String.valueOf(rest).getBytes(UTF_8));
        body.flush();
      } else {
        over.join();
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().toString());
    byte[] body = test.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
