package com.nokia.ci.tas.samples.bench;

import com.nokia.ci.tas.samples.farm.LocalFarm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What readers of the event stream cost a service whose farm changes twenty times a second:
 * processor time of its process with five hundred of them, and with none for its floor.
 */
final class EventReaders {
  private static final int READERS = 500;
  private static final int CHANGES_A_SECOND = 20;
  private static final Duration STRETCH = Duration.ofSeconds(6);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BLOCK = 64 * 1024;

  private final LocalFarm farm;
  private final String token;
  private final List<String> products = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
  private long changes;

  private EventReaders(LocalFarm farm) throws IOException, InterruptedException {
    this.farm = farm;
    this.token =
        Files.readString(farm.serviceHome().resolve("store/" + farm.port() + "/operator")).strip();
    for (var product : farm.products()) {
      products.add(product.path("imei").asText());
    }
  }

  static List<Figure> measure(Scene scene) throws Exception {
    scene.endFarm();
    try (var farm = LocalFarm.start(scene.scratch("events"));
        var selector = Selector.open()) {
      farm.addNode("events", CHANGES_A_SECOND);
      var bench = new EventReaders(farm);
      bench.change(selector, STRETCH); // what is compiled late has been
      double alone = bench.share(selector);
      bench.connect(selector);
      bench.awaitReaders(selector);
      double read = bench.share(selector);
      long octets = octets(selector);
      for (var key : selector.keys()) {
        key.channel().close();
      }
      return List.of(
          Figure.cost("20 changes a second, 500 readers", read, alone, "% of a core"),
          Figure.cost("the readers alone", read - alone, 0, "% of a core"),
          Figure.rate("what the readers got", octets / 1e6, 0, "MB"));
    }
  }

  /** Processor time of the service while the farm changes. */
  private double share(Selector selector) throws Exception {
    var share = CoreShare.begin(farm.service());
    change(selector, STRETCH);
    return share.percent();
  }

  /** Twenty products a second get a note; readers take what comes meanwhile. */
  private void change(Selector selector, Duration time) throws Exception {
    long pause = Duration.ofSeconds(1).toNanos() / CHANGES_A_SECOND;
    long next = System.nanoTime();
    long end = next + time.toNanos();
    while (System.nanoTime() < end) {
      note(products.get((int) (changes % products.size())), "note " + changes);
      changes++;
      next += pause;
      for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
        take(selector, Math.max(1, left / 1_000_000));
      }
    }
  }

  private void note(String imei, String text) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://" + farm.address() + "/api/v1/products/" + imei + "/note"))
            .timeout(Duration.ofSeconds(30))
            .header("authorization", "Bearer " + token)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"" + text + "\"}"))
            .build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new IOException("a note was answered with " + answer.body());
    }
  }

  private void connect(Selector selector) throws IOException {
    byte[] request =
        ("GET /api/v1/events HTTP/1.1\r\nhost: " + farm.address() + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < READERS; i++) {
      var channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), farm.port()));
      var bytes = ByteBuffer.wrap(request);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new long[1]);
    }
  }

  /** Until each has got something; a busy machine lets them wait. */
  private void awaitReaders(Selector selector) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    do {
      change(selector, Duration.ofSeconds(2));
    } while (System.nanoTime() < end
        && selector.keys().stream().anyMatch(key -> ((long[]) key.attachment())[0] == 0));
  }

  private void take(Selector selector, long millis) throws IOException {
    selector.select(millis);
    for (var key : selector.selectedKeys()) {
      block.clear();
      int count = ((SocketChannel) key.channel()).read(block);
      if (count < 0) {
        throw new IOException("the service has ended a stream");
      }
      ((long[]) key.attachment())[0] += count;
    }
    selector.selectedKeys().clear();
  }

  /** What all of them got; each must have got something. */
  private static long octets(Selector selector) throws IOException {
    long all = 0;
    for (var key : selector.keys()) {
      long own = ((long[]) key.attachment())[0];
      if (own == 0) {
        throw new IOException("a reader got nothing");
      }
      all += own;
    }
    return all;
  }
}
