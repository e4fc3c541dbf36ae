package com.nokia.ci.tas.service.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.ProjectId;
import com.nokia.ci.tas.commons.model.Rights;
import com.nokia.ci.tas.commons.model.TestStatus;
import com.nokia.ci.tas.service.news.LiveFarm;
import com.nokia.ci.tas.service.news.News;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stream of events as its readers get it. */
@Timeout(120)
final class EventStreamTest {
  private final LiveFarm farm = new LiveFarm();
  private final News news = News.of(farm.snapshot(), "life");
  private final EventDesk desk = new EventDesk(news);
  private final Router router = new Router();

  EventStreamTest() {
    desk.addTo(router);
  }

  @AfterEach
  void close() {
    desk.close();
    news.close();
  }

  @Test
  void aReaderIsGreetedAndToldWhatHappens() throws Exception {
    var reader = reader(Asked.get("/api/v1/events"));
    assertTrue(next(reader).contains("event: hello\nid: life-0\n"));
    assertTrue(reader.next().isEmpty());

    happens("a");

    String events = next(reader);
    assertTrue(events.contains("event: test\nid: life-1\ndata: {\"id\":\"a\""), events);
    assertTrue(events.contains("\"state\":\"preparing\""), events);
    assertTrue(events.contains("event: product\n"), events);
    assertTrue(reader.next().isEmpty());
  }

  @Test
  void aReaderThatComesAgainGoesOnWhereItWas() throws Exception {
    happens("a");
    var first = reader(Asked.get("/api/v1/events?after=life-0"));
    next(first);
    String all = next(first);

    var again = reader(Asked.with(Asked.get("/api/v1/events"), "Last-Event-ID", "life-1"));
    next(again);

    assertEquals(all.substring(all.indexOf("\n\n") + 2), next(again));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other-0", "life-99", "life--7", "life-x", "nonsense", ""})
  void whoCannotGoOnIsToldThatThereIsAGap(String id) throws Exception {
    happens("a");
    var reader = reader(Asked.with(Asked.get("/api/v1/events"), "Last-Event-ID", id));

    String greeting = next(reader);

    assertTrue(greeting.contains("event: gap\nid: life-" + news.last() + "\n"), greeting);
    assertTrue(greeting.contains("read the lists again"), greeting);
    assertTrue(reader.next().isEmpty(), "and from there on it goes on");
  }

  @ParameterizedTest
  @CsvSource({
    "topic=test, test, product",
    "topic=product, product, test",
    "test=a, test, product",
    "test=b, , test",
    "product=004402136230483&topic=product, product, test",
    "product=1, , test",
    "node=node1.example:27182&topic=node, node, product",
    "node=node2.example:1, , test",
    "project=radio, test, node",
    "project=wlan, , test"
  })
  void aReaderGetsWhatItAskedFor(String query, String wanted, String unwanted) throws Exception {
    happens("a");
    var reader = reader(Asked.get("/api/v1/events?after=life-0&" + query));
    next(reader);

    String events = reader.next().map(Piece::text).orElse("");

    assertEquals(wanted != null, events.contains("event: " + wanted + "\n"), events);
    assertFalse(events.contains("event: " + unwanted + "\n"), events);
  }

  @Test
  void whoMaySeeOneProjectIsToldOfItsTestsAlone() throws Exception {
    happens("a");
    String wlan = eventsOf(Rights.in(new ProjectId("wlan"), AccessRole.VIEW));
    String radio = eventsOf(Rights.in(new ProjectId("radio"), AccessRole.VIEW));

    assertFalse(wlan.contains("event: test"), wlan);
    assertTrue(wlan.contains("event: product"), wlan);
    assertTrue(radio.contains("event: test"), radio);
  }

  @Test
  void whoReadsOfOneProductIsToldOfSettingsAsWell() throws Exception {
    var reader = reader(Asked.get("/api/v1/events?product=none"));
    var ofTests = reader(Asked.get("/api/v1/events?topic=test"));
    next(reader);
    next(ofTests);

    news.settingsChanged();
    happens("a");

    String events = next(reader);
    assertTrue(events.contains("event: settings\n"), events);
    assertFalse(events.contains("event: product\n"), events);
    assertFalse(next(ofTests).contains("event: settings\n"));
  }

  @Test
  void anUnknownTopicIsRefused() {
    var answer = Asked.answer(router, Asked.get("/api/v1/events?topic=weather"));

    assertEquals(400, answer.status());
    assertTrue(
        answer.body().contains("topic is test, product, node, detail or settings"), answer.body());
  }

  @Test
  void aHeartbeatTellsWhereAFilteredReaderIs() throws Exception {
    var reader = reader(Asked.get("/api/v1/events?test=other"));
    next(reader);
    happens("a");
    assertTrue(reader.next().isEmpty());

    reader.beat();

    assertEquals(":\nid: life-" + news.last() + "\n\n", next(reader));
  }

  @Test
  void eventsAreSentInChunksAsTheyCome() throws Exception {
    var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Answering forEverybody = request -> router.answer(request.by(Asked.get("/").visitor()));
    try (var door = new WebDoor(forEverybody)) {
      int port = listen(group, door);
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/events")).build();
      var answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (var lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        assertEquals("chunked", answer.headers().firstValue("transfer-encoding").orElse(""));
        hear(lines, "event: hello");

        happens("a");
        hear(lines, "data: {\"id\":\"a\",\"subId\":\"\",\"state\":\"preparing\"");

        desk.close();
        while (lines.readLine() != null) {
          // Up to the end, which comes because the service ends it.
        }
      }
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  /** Has a site answered on a port of its own. */
  static int listen(EventLoopGroup group, WebDoor door) {
    var initializer =
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            door.accept(channel.pipeline());
          }
        };
    var channel =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(initializer)
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private static void hear(BufferedReader lines, String wanted) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(wanted)) {
        return;
      }
    }
    throw new AssertionError("the stream ended before " + wanted);
  }

  private String eventsOf(Rights rights) throws Exception {
    var reader = reader(Asked.get("/api/v1/events?after=life-0").by(Visitor.anonymous(rights)));
    next(reader);
    return next(reader);
  }

  private EventReader reader(Request request) {
    var reader = (EventReader) Asked.answer(router, request).made().orElseThrow();
    reader.onMore(() -> {});
    return reader;
  }

  private static String next(Piecewise reader) {
    return reader.next().orElseThrow().text();
  }

  /** A test is submitted and starts, and the news are told. */
  private void happens(String test) throws InterruptedException {
    farm.submit(test);
    farm.report(test, 1, TestStatus.STARTED);
    news.accept(farm.snapshot());
    var done = new CountDownLatch(1);
    news.afterwards(done::countDown);
    assertTrue(done.await(60, TimeUnit.SECONDS));
  }
}
