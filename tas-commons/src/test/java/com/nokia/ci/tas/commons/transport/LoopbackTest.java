package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.at;
import static com.nokia.ci.tas.commons.transport.Net.encoded;
import static com.nokia.ci.tas.commons.transport.Net.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.xml.Dialect;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages over real sockets. */
final class LoopbackTest {
  private final Net net = new Net();
  private final FakeReceiver receiver = FakeReceiver.ofMessages();

  @AfterEach
  void closeEverything() throws IOException {
    net.close();
  }

  @Test
  void aMessageArrivesAsItWasSent() throws Exception {
    Transport transport = net.transport();
    Listener listener = transport.listen(ListenSettings.on(0), receiver);

    Net.result(transport.send(at(listener), text("hällo <&>"), Dialect.ESCAPED));

    assertEquals(text("hällo <&>"), receiver.next());
  }

  @Test
  void theReceiverLearnsWhereAMessageReallyCameFrom() throws Exception {
    var peers = new LinkedBlockingQueue<Peer>();
    Transport transport = net.transport();
    Listener listener =
        transport.listen(
            ListenSettings.on(0), receiver.telling((message, peer) -> peers.add(peer)));

    Net.result(transport.send(at(listener), text("hello"), Dialect.ESCAPED));

    Peer peer = peers.take();
    assertTrue(peer.isLocal());
    assertTrue(peer.address().getAddress().isLoopbackAddress());
    assertEquals(listener.port(), peer.reached().getPort());
  }

  @Test
  void aSecondSendAfterTheFirstIsDoneIsHeardSecond() throws Exception {
    Transport transport = net.transport();
    Listener listener = transport.listen(ListenSettings.on(0), receiver);
    var expected = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      expected.add("line " + i);
      Net.result(transport.send(at(listener), text("line " + i), Dialect.ESCAPED));
    }

    assertEquals(expected, receiver.nextTexts(200));
  }

  @Test
  void aPeerThatDoesNotWaitIsHeardInItsOrderToo() throws Exception {
    Listener listener = net.transport().listen(ListenSettings.on(0), receiver);
    var expected = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      expected.add("line " + i);
      net.connect(listener).send(encoded(text("line " + i))).close();
    }

    assertEquals(expected, receiver.nextTexts(200));
  }

  @Test
  void oneAddressIsServedByOneThread() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    Listener listener =
        net.transport()
            .listen(
                ListenSettings.on(0),
                receiver.telling((message, peer) -> threads.add(Thread.currentThread().getName())));

    for (int i = 0; i < 20; i++) {
      net.connect(listener).send(encoded(text("hello"))).answer();
    }

    assertEquals(1, threads.size(), threads.toString());
  }

  @Test
  void aRefusalReachesTheSender() {
    Transport transport = net.transport(Net.PATIENT);
    Listener listener =
        transport.listen(
            ListenSettings.on(0),
            receiver.admitting(peer -> Optional.of("add 10.0.0.0/8 to plain-peer-networks")));

    Throwable failure = Net.failure(transport.send(at(listener), text("hello"), Dialect.ESCAPED));

    assertEquals(RefusedException.class, failure.getClass());
    assertEquals(
        at(listener) + " refused: add 10.0.0.0/8 to plain-peer-networks", failure.getMessage());
    assertTrue(receiver.isEmpty());
  }

  @Test
  void aPeerThatNeverClosesHasGotTheMessageAllTheSame() throws Exception {
    Transport transport = net.transport(Deadlines.DEFAULT.withPeerClose(Duration.ofMillis(50)));
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var to = new Endpoint("127.0.0.1", silent.getLocalPort());

      Net.result(transport.send(to, text("hello"), Dialect.ESCAPED));
    }
  }

  @Test
  void aPeerThatResetsBehindTheLastByteHasGotTheMessage() throws Exception {
    Transport transport = net.transport();
    try (var port = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> sent =
          transport.send(
              new Endpoint("127.0.0.1", port.getLocalPort()), text("hello"), Dialect.ESCAPED);
      try (var accepted = port.accept()) {
        accepted.getInputStream().readAllBytes();
        accepted.setSoLinger(true, 0);
      }

      Net.result(sent);
    }
  }

  @Test
  void aPeerThatTakesNothingFailsTheSender() throws Exception {
    Transport transport = net.transport(Deadlines.DEFAULT.withWriteStall(Duration.ofMillis(100)));
    try (var port = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var to = new Endpoint("127.0.0.1", port.getLocalPort());

      Throwable failure =
          Net.failure(transport.send(to, text("x".repeat(30 << 20)), Dialect.ESCAPED));

      assertEquals(to + " made no progress for 100 ms", failure.getMessage());
    }
  }

  @Test
  void nobodyListeningIsSaidInOneSentence() throws Exception {
    Transport transport = net.transport();
    Endpoint to = at(net.silentPort());

    Throwable failure = Net.failure(transport.send(to, text("hello"), Dialect.ESCAPED));

    assertEquals(ConnectionLostException.class, failure.getClass());
    assertEquals("cannot connect to " + to + ": nothing listens there", failure.getMessage());
  }

  @Test
  void anAddressThatIsNoneFailsAtOnce() {
    Transport transport = net.transport();

    assertEquals(
        ConnectionLostException.class,
        Net.failure(transport.send(Endpoint.UNKNOWN, text("hello"), Dialect.ESCAPED)).getClass());
    assertEquals(
        ConnectionLostException.class,
        Net.failure(transport.probe(new Endpoint("no such host.invalid", 1))).getClass());
  }

  @Test
  void aNameIsLookedUp() {
    Transport transport = net.transport();
    Listener listener = transport.listen(ListenSettings.on(0), receiver);

    InetAddress own = Net.result(transport.probe(new Endpoint("localhost", listener.port())));

    assertTrue(own.isLoopbackAddress());
  }

  @Test
  void aProbeIsNoMessage() throws Exception {
    Transport transport = net.transport();
    Listener listener = transport.listen(ListenSettings.on(0), receiver);

    Net.result(transport.probe(at(listener)));
    Net.result(transport.send(at(listener), text("hello"), Dialect.ESCAPED));

    assertEquals(text("hello"), receiver.next());
    assertTrue(receiver.isEmpty());
  }

  @Test
  void cancellingClosesTheConnection() throws Exception {
    Transport transport = net.transport();
    try (var port = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> sending =
          transport.send(
              new Endpoint("127.0.0.1", port.getLocalPort()),
              text("x".repeat(30 << 20)),
              Dialect.ESCAPED);
      try (var accepted = port.accept()) {
        accepted.setSoTimeout(30_000);
        accepted.getInputStream().read();

        sending.cancel(false);

        assertTrue(accepted.getInputStream().readAllBytes().length < 30 << 20);
      }
    }
  }

  @Test
  void malformedBytesNeverStallTheFarm() throws Exception {
    Listener listener = net.transport().listen(ListenSettings.on(0), receiver);
    byte[] message = encoded(text("hello"));
    for (int i = 0; i < 50; i++) {
      net.connect(listener).send(Arrays.copyOf(message, 10 + i));
      net.connect(listener).send(new byte[] {0, 1, 2, (byte) i});
      net.connect(listener).send("<a>").reset();
    }

    assertEquals("", net.connect(listener).send(message).answer());

    assertEquals(text("hello"), receiver.next());
    assertTrue(receiver.isEmpty());
  }

  @Test
  void aThousandIdleConnectionsCostLittleAndDelayNobody() throws Exception {
    Listener listener = net.transport().listen(ListenSettings.on(0), receiver);
    net.connect(listener).send(encoded(text("first"))).answer();
    for (int i = 0; i < 1_000; i++) {
      net.connect(listener);
    }

    net.connect(listener).send(encoded(text("second"))).answer();

    assertEquals(List.of("first", "second"), receiver.nextTexts(2));
  }

  @Test
  void aFullAddressLosesItsOldestIdleConnection() throws Exception {
    Listener listener =
        net.transport(Caps.DEFAULT.withConnectionsPerAddress(3))
            .listen(ListenSettings.on(0), receiver);
    RawPeer oldest = net.connect(listener);
    List<RawPeer> others = List.of(net.connect(listener), net.connect(listener));

    RawPeer newest = net.connect(listener);

    assertEquals("", oldest.answer());
    newest.send(encoded(text("new"))).answer();
    others.get(0).send(encoded(text("old"))).answer();
    assertEquals(List.of("new", "old"), receiver.nextTexts(2));
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws Exception {
    Listener listener =
        net.transport(Deadlines.DEFAULT.withFirstByte(Duration.ofMillis(50)))
            .listen(ListenSettings.on(0), receiver);

    assertEquals("", net.connect(listener).answer(), "not even why: it may be a browser's reserve");
  }

  @Test
  void aConnectionThatBeginsAWordAndNoMoreIsToldWhyItIsClosed() throws Exception {
    Listener listener =
        net.transport(Deadlines.DEFAULT.withFirstByte(Duration.ofMillis(50)))
            .listen(ListenSettings.on(0), receiver);

    assertEquals(
        "no message came within 50 ms\n", net.connect(listener).send(new byte[] {'G'}).answer());
  }

  @Test
  void aMessageThatDripsIsCutOff() throws Exception {
    Listener listener =
        net.transport(Deadlines.DEFAULT.withMessage(Duration.ofMillis(100)))
            .listen(ListenSettings.on(0), receiver);

    assertEquals(
        "the message was not complete within 100 ms\n",
        net.connect(listener).send("<?xml").answer());
  }

  @Test
  void aHalfClosedPeerGetsItsAnswer() throws Exception {
    Listener listener = net.transport().listen(ListenSettings.on(0), receiver);

    String answer = net.connect(listener).send("hello").endOutput().answer();

    assertEquals("this port speaks XML messages only, this is neither\n", answer);
  }

  @Test
  void httpAndXmlShareAPort() throws Exception {
    Listener listener =
        net.transport().listen(ListenSettings.on(0).withHttp(LoopbackTest::addHttp), receiver);
    String request = "GET /products HTTP/1.1\r\nHost: x\r\n\r\n";

    String whole = net.connect(listener).send(request).answer();
    RawPeer slow = net.connect(listener);
    for (byte each : Net.bytes(request)) {
      slow.send(new byte[] {each});
    }
    String halfClosed = net.connect(listener).send(request).endOutput().answer();
    net.connect(listener).send(encoded(text("hello"))).answer();

    assertTrue(whole.startsWith("HTTP/1.1 200 OK"), whole);
    assertTrue(whole.endsWith("/products"), whole);
    assertEquals(whole, slow.answer());
    assertEquals(whole, halfClosed);
    assertEquals(text("hello"), receiver.next());
    assertEquals(
        "this port speaks XML messages and HTTP, this is neither\n",
        net.connect(listener).send("\u0000").answer());
  }

  @Test
  void strangersMayReadPages() throws Exception {
    Listener listener =
        net.transport()
            .listen(
                ListenSettings.on(0).withHttp(LoopbackTest::addHttp),
                receiver.admitting(peer -> Optional.of("no")));

    assertEquals("no\n", net.connect(listener).send(encoded(text("hello"))).answer());
    String page = net.connect(listener).send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").answer();
    assertTrue(page.startsWith("HTTP/1.1 200"), page);
  }

  @Test
  void aTakenPortIsSaidInASentence() {
    Transport transport = net.transport();
    int taken = transport.listen(ListenSettings.on(0), receiver).port();

    var refusal =
        assertThrows(
            SettingsException.class, () -> transport.listen(ListenSettings.on(taken), receiver));

    assertEquals(
        "port " + taken + " is taken by another program; end that or choose another port",
        refusal.getMessage());
  }

  @Test
  void anAddressThatCannotBeBoundIsSaidInASentence() {
    Transport transport = net.transport();
    ListenSettings unknown = ListenSettings.on(4711).boundTo("no-such-host.invalid");
    ListenSettings foreign = ListenSettings.on(4711).boundTo("192.0.2.1");

    assertEquals(
        "the address no-such-host.invalid is unknown here",
        assertThrows(SettingsException.class, () -> transport.listen(unknown, receiver))
            .getMessage());
    assertEquals(
        "the address 192.0.2.1 does not belong to this machine",
        assertThrows(SettingsException.class, () -> transport.listen(foreign, receiver))
            .getMessage());
  }

  @Test
  void aTakenPortCanBeSkipped() {
    Transport transport = net.transport();
    int taken = transport.listen(ListenSettings.on(0), receiver).port();

    Listener next = transport.listen(ListenSettings.on(taken).orNextFree(16_180), receiver);

    assertFalse(next.port() == taken);
  }

  @Test
  void aClosedListenerFreesItsPort() {
    Transport transport = net.transport();
    Listener first = transport.listen(ListenSettings.on(0), receiver);
    first.close();
    first.close();

    Net.until(() -> canListen(transport, first.port()));
  }

  @Test
  void closingFailsWhatIsUnderWay() throws Exception {
    Transport transport = net.transport();
    try (var port = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var to = new Endpoint("127.0.0.1", port.getLocalPort());
      CompletableFuture<Void> sending =
          transport.send(to, text("x".repeat(30 << 20)), Dialect.ESCAPED);

      transport.close();

      assertEquals(ConnectionLostException.class, Net.failure(sending).getClass());
      assertEquals(
          ConnectionLostException.class,
          Net.failure(transport.send(to, text("late"), Dialect.ESCAPED)).getClass());
    }
  }

  private boolean canListen(Transport transport, int port) {
    try {
      transport.listen(ListenSettings.on(port), receiver);
      return true;
    } catch (SettingsException e) {
      return false;
    }
  }

  private static void addHttp(ChannelPipeline pipeline) {
    pipeline
        .addLast(new HttpServerCodec())
        .addLast(new HttpObjectAggregator(1024))
        .addLast(
            new SimpleChannelInboundHandler<FullHttpRequest>() {
              @Override
              protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
                ctx.writeAndFlush(
                        new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1,
                            HttpResponseStatus.OK,
                            Unpooled.copiedBuffer(request.uri(), StandardCharsets.UTF_8)))
                    .addListener(ChannelFutureListener.CLOSE);
              }
            });
  }
}
