package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Page and interface for programs of a farm with 1,000 products and tests that wait, from the
 * request to the last octet, one after another; beside a server that has the same octets ready.
 */
final class WebTimes {
  private static final int PRODUCTS = 1_000;
  private static final int WAITING = 1_000;
  private static final int WARM_UP = 60;
  private static final int SAMPLES = 60;
  private static final List<String> PATHS =
      List.of("/", "/api/v1/products", "/api/v1/tests", "/api/v1/nodes", "/metrics");

  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalFarm farm;

  private WebTimes(LocalFarm farm) {
    this.farm = farm;
  }

  static List<Figure> measure(Scene scene) throws Exception {
    // Else the floor of a short answer is the 40 ms for which its reader keeps the acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    scene.endFarm();
    Path scratch = scene.scratch("web");
    var lines = new StringBuilder();
    for (int i = 0; i < PRODUCTS; i++) {
      lines.append(String.format(Locale.ROOT, "imei:%015d;rm-code:RM-%d;%n", i + 1, 764 + i % 20));
    }
    Path products = Files.writeString(scratch.resolve("products.txt"), lines);
    try (var farm = Scene.farm(scratch.resolve("farm"), 1)) {
      farm.addNode("node", products, PRODUCTS);
      try (var issuer = new Issuer(farm)) {
        for (int i = 0; i < WAITING; i++) {
          issuer.start("true", "/");
        }
        return new WebTimes(farm).measure();
      }
    }
  }

  private List<Figure> measure() throws Exception {
    var figures = new ArrayList<Figure>();
    for (String path : PATHS) {
      URI address = URI.create("http://" + farm.address() + path);
      byte[] answer = get(address);
      double value = median(address);
      HttpServer bare = serving(answer);
      try {
        double floor = median(URI.create("http://localhost:" + bare.getAddress().getPort() + "/"));
        String name = String.format(Locale.ROOT, "GET %s, %d KB", path, answer.length >> 10);
        figures.add(Figure.cost(name, value, floor, "ms"));
      } finally {
        bare.stop(0);
      }
    }
    return figures;
  }

  private double median(URI address) throws Exception {
    double[] times = new double[SAMPLES];
    for (int i = -WARM_UP; i < SAMPLES; i++) {
      long begin = System.nanoTime();
      get(address);
      if (i >= 0) {
        times[i] = (System.nanoTime() - begin) / 1e6;
      }
    }
    Arrays.sort(times);
    return times[SAMPLES / 2];
  }

  private byte[] get(URI address) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(address + " was answered with " + answer.statusCode());
    }
    return answer.body();
  }

  private static HttpServer serving(byte[] octets) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, octets.length);
            exchange.getResponseBody().write(octets);
          }
        });
    server.start();
    return server;
  }
}
