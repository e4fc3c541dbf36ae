package com.nokia.ci.tas.service.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** A real HTTP server that is told of tests, and answers as it is made to. */
final class Receiver implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 60;

  private final HttpServer server;
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private volatile IntSupplier answer = () -> 204;

  /** One request: what was said, and what was answered. */
  record Told(String body, String time, String signature, int status) {}

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook", this::take);
    server.start();
  }

  /** Answers with a status from now on. */
  void answers(IntSupplier status) {
    answer = status;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=of-the-address";
  }

  /** The next request there is. */
  Told next() throws InterruptedException {
    var next = told.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came");
    }
    return next;
  }

  /** The bodies that were taken from now on, up to one that contains a text. */
  List<String> takenUntil(String text) throws InterruptedException {
    var bodies = new ArrayList<String>();
    do {
      var next = next();
      if (next.status() < 300) {
        bodies.add(next.body());
      }
    } while (bodies.isEmpty() || !bodies.get(bodies.size() - 1).contains(text));
    return bodies;
  }

  /** What came and was not looked at yet. */
  List<Told> rest() {
    var rest = new ArrayList<Told>();
    told.drainTo(rest);
    return rest;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      int status = answer.getAsInt();
      var headers = exchange.getRequestHeaders();
      exchange.getResponseHeaders().add("location", "/elsewhere");
      exchange.sendResponseHeaders(status, -1);
      told.add(
          new Told(
              body,
              headers.getFirst("x-tas-timestamp"),
              headers.getFirst("x-tas-signature"),
              status));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
