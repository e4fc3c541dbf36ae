package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.bytes;
import static com.nokia.ci.tas.commons.transport.Net.encoded;
import static com.nokia.ci.tas.commons.transport.Net.put;
import static com.nokia.ci.tas.commons.transport.Net.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.xml.MessageCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection makes of its bytes, however they are cut. */
final class ReceivingTest {
  private static final Peer PEER =
      new Peer(new InetSocketAddress("10.0.0.1", 4000), new InetSocketAddress("10.0.0.9", 31_415));

  private final ByteArrayOutputStream stored = new ByteArrayOutputStream();
  private final StreamSink sink = StreamSink.into(Channels.newChannel(stored));
  private final FakeReceiver receiver = FakeReceiver.ofFiles(put -> FileAnswer.accept(sink));
  private final EventLoops loops = new EventLoops(1);
  private final PartialMessages partialMessages = new PartialMessages(5 << 20);
  private EmbeddedChannel channel = connection(receiver, ListenSettings.on(0));

  @AfterEach
  void closeChannel() {
    channel.finishAndReleaseAll();
    loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
    assertEquals(0, partialMessages.held());
  }

  @Test
  void everyPrefixOfAMessageIsWaitedOnAndTheLastByteCompletesIt() throws Exception {
    byte[] message = encoded(text("hello"));
    int end = message.length - 1;
    for (int cut = 0; cut <= end; cut++) {
      channel = connection(receiver, ListenSettings.on(0));
      receive(Arrays.copyOf(message, cut));
      assertEquals(cut < end, receiver.isEmpty(), "after " + cut + " bytes");
      receive(Arrays.copyOfRange(message, cut, message.length));

      assertEquals(text("hello"), receiver.next());
      assertFalse(channel.isOpen());
    }
  }

  @Test
  void aMessageMayComeByteByByte() throws Exception {
    byteByByte(encoded(text("hello")));

    assertEquals(text("hello"), receiver.next());
    assertFalse(channel.isOpen());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF", "\r\n", "  \t\n\n"})
  void blanksAndAByteOrderMarkMayComeFirst(String before) throws Exception {
    byteByByte(bytes(before));
    receive(encoded(text("hello")));

    assertEquals(text("hello"), receiver.next());
  }

  @Test
  void carriageReturnsAreUnderstood() throws Exception {
    receive(bytes(asText(encoded(text("hello"))).replace("\n", "\r\n")));

    assertEquals(text("hello"), receiver.next());
  }

  @Test
  void theMessageIsHandedOverBeforeThePeerCloses() {
    receive(bytes(asText(encoded(text("hello"))).strip()));

    assertFalse(receiver.isEmpty());
  }

  @Test
  void bytesBehindAMessageAreIgnored() throws Exception {
    receive(concat(encoded(text("first")), encoded(text("second"))));

    assertEquals(text("first"), receiver.next());
    assertTrue(receiver.isEmpty());
    assertFalse(channel.isOpen());
    assertEquals("", answer());
  }

  @Test
  void aConnectionWithoutBytesIsAProbe() {
    endOfStream();

    assertFalse(channel.isOpen());
    assertEquals("", answer());
  }

  @Test
  void halfAMessageIsRefused() {
    receive(Arrays.copyOf(encoded(text("hello")), 100));
    endOfStream();

    assertTrue(receiver.isEmpty());
    assertTrue(answer().contains("100 bytes"), "");
  }

  @Test
  void tlsIsRefusedWhereThereAreNoKeys() {
    receive(bytes("\u0016\u0003\u0001\u0002"));

    assertTrue(answer().startsWith("this port speaks no TLS; "), "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0017\u0003\u0001\u0002", "SSH-2.0-x\r\n", "{\"id\": 1}", "get / HTTP/1.1"})
  void garbageIsRefusedAtItsFirstByte(String garbage) {
    receive(bytes(garbage));

    assertEquals("this port speaks XML messages only, this is neither\n", answer());
    assertTrue(receiver.isEmpty());
  }

  @Test
  void httpIsRefusedWhereNobodySpeaksIt() {
    receive(bytes("GET / HTTP/1.1\r\n\r\n"));

    assertEquals("this port speaks XML messages, no HTTP\n", answer());
  }

  @Test
  void htmlIsNoMessage() {
    receive(bytes("<html><body>hello</body></html>"));
    endOfStream();

    assertTrue(receiver.isEmpty());
    assertTrue(answer().endsWith("\n"));
  }

  @Test
  void aMalformedMessageIsRefusedInOneLine() {
    receive(bytes("<?xml version=\"1.0\"?>\n<message><type>nonsense</type></message>\n"));

    String sentence = answer();
    assertTrue(sentence.length() > 1, sentence);
    assertEquals(sentence.length() - 1, sentence.indexOf('\n'), sentence);
    assertTrue(receiver.isEmpty());
  }

  @Test
  void aStrangerIsRefusedAtTheFirstByteOfItsMessage() {
    channel =
        connection(
            FakeReceiver.ofMessages()
                .admitting(peer -> Optional.of(peer.address().getHostString() + " is not known")),
            ListenSettings.on(0));
    receive(bytes("<"));

    assertEquals("10.0.0.1 is not known\n", answer());
  }

  @Test
  void aRefusalIsOneLine() {
    channel =
        connection(
            FakeReceiver.ofMessages().admitting(peer -> Optional.of("two\r\nlines")),
            ListenSettings.on(0));
    receive(bytes("<"));

    assertEquals("two  lines\n", answer());
  }

  @Test
  void aMessageBeyondTheCapIsRefused() {
    receive(bytes("<?xml version=\"1.0\"?>\n<message>"));
    byte[] chunk = new byte[1 << 20];
    Arrays.fill(chunk, (byte) 'x');
    for (int i = 0; i < 5; i++) {
      receive(chunk);
    }

    assertTrue(answer().contains("longer than " + Caps.DEFAULT.messageBytes()), "");
  }

  @Test
  void theOldestOfTooManyLongMessagesGivesWay() throws Exception {
    EmbeddedChannel first = channel;
    receive(concat(bytes("<?xml version=\"1.0\"?>\n<message>"), new byte[4_000_000]));
    channel = connection(receiver, ListenSettings.on(0));
    byte[] message = encoded(text("line\n".repeat(400_000) + "end"));
    receive(Arrays.copyOf(message, 1_900_000));
    receive(Arrays.copyOfRange(message, 1_900_000, message.length));

    assertEquals("line", ((TextMessage) receiver.next()).text().substring(0, 4));
    channel = first;
    channel.runPendingTasks();
    assertEquals("too many long messages were coming in at once\n", answer());
  }

  @Test
  void aLongMessageIsUnderstood() throws Exception {
    String lines = "line\n".repeat(50_000) + "end";
    receive(encoded(text(lines)));

    assertEquals(text(lines), receiver.next());
  }

  @Test
  void aReceiverThatThrowsEndsThatConnectionAlone() {
    channel =
        connection(
            FakeReceiver.ofMessages()
                .telling(
                    (message, peer) -> {
                      throw new IllegalStateException("on purpose");
                    }),
            ListenSettings.on(0));
    receive(encoded(text("hello")));

    assertTrue(answer().contains("error on this side"), "");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 70_000})
  void aFileOfAnySizeMayComeInAnyPieces(int size) {
    byte[] content = content(size);
    byte[] whole = concat(encoded(put("a.zip", size)), content);
    for (int cut : new int[] {0, 1, whole.length - size - 1, whole.length - size, whole.length}) {
      stored.reset();
      var one = StreamSink.into(Channels.newChannel(stored));
      channel =
          connection(FakeReceiver.ofFiles(put -> FileAnswer.accept(one)), ListenSettings.on(0));
      receive(Arrays.copyOf(whole, cut));
      receive(Arrays.copyOfRange(whole, cut, whole.length));
      endOfStream();

      assertEquals((long) size, Net.result(one.received()));
      assertArrayEquals(content, stored.toByteArray());
      assertFalse(channel.isOpen());
    }
  }

  @Test
  void aFileMayComeByteByByteBehindCarriageReturns() {
    byteByByte(bytes(asText(encoded(put("a.zip", 3))).replace("\n", "\r\n")));
    byteByByte(new byte[] {'\r', '\n', '<'});
    endOfStream();

    assertEquals(3L, Net.result(sink.received()));
    assertArrayEquals(new byte[] {'\r', '\n', '<'}, stored.toByteArray());
  }

  @Test
  void anEmptyFileNeedsNoFinalLineBreak() {
    receive(bytes(asText(encoded(put("a.zip", 0))).strip()));
    endOfStream();

    assertEquals(0L, Net.result(sink.received()));
  }

  @Test
  void aFileOfUnknownSizeEndsWithTheStream() {
    receive(concat(encoded(put("a.zip", -1)), content(1000)));
    receive(content(500));
    assertFalse(sink.received().isDone());
    endOfStream();

    assertEquals(1500L, Net.result(sink.received()));
  }

  @Test
  void aFileThatEndsEarlyFailsWithBothSizes() {
    receive(concat(encoded(put("a.zip", 1000)), content(999)));
    endOfStream();

    Throwable failure = Net.failure(sink.received());
    assertEquals(ProtocolException.class, failure.getClass());
    assertEquals("file a.zip ended after 999 of 1000 bytes", failure.getMessage());
    assertEquals("file a.zip ended after 999 of 1000 bytes\n", answer());
  }

  @Test
  void aFileThatGoesOnFailsWithItsSize() {
    receive(concat(encoded(put("a.zip", 1000)), content(1000)));
    receive(content(1));

    Throwable failure = Net.failure(sink.received());
    assertEquals("file a.zip has more bytes than the announced 1000", failure.getMessage());
    assertEquals("file a.zip has more bytes than the announced 1000\n", answer());
  }

  @Test
  void aPeerThatVanishesFailsItsFile() {
    receive(concat(encoded(put("a.zip", -1)), content(1000)));
    channel.close();

    Throwable failure = Net.failure(sink.received());
    assertEquals(ConnectionLostException.class, failure.getClass());
    assertEquals(
        "the connection of 10.0.0.1:4000 broke off while file a.zip came in, after 1000 bytes",
        failure.getMessage());
  }

  @Test
  void aSlowDiskHoldsThePeerBackInsteadOfFillingMemory() {
    var disk = new ArrayDeque<Runnable>();
    var reads = new AtomicInteger();
    channel =
        new EmbeddedChannel(counting(reads), sniffer(receiver, ListenSettings.on(0), disk::add));
    receive(encoded(put("a.zip", -1)));
    for (int i = 0; i < 4; i++) {
      receive(content(1 << 20));
    }
    int readsBefore = reads.get();

    receive(content(1));
    assertEquals(readsBefore, reads.get(), "reads while the disk stands still");

    while (!disk.isEmpty()) {
      disk.remove().run();
    }
    channel.runPendingTasks();
    assertTrue(reads.get() > readsBefore, "the disk went on");
    assertEquals((4 << 20) + 1, stored.size());
  }

  @Test
  void aRefusedFileIsToldWhy() {
    channel =
        connection(
            FakeReceiver.ofFiles(put -> FileAnswer.refuse("nothing is known of test nightly")),
            ListenSettings.on(0));
    receive(concat(encoded(put("a.zip", 1000)), content(10)));

    assertEquals("nothing is known of test nightly\n", answer());
  }

  private EmbeddedChannel connection(MessageReceiver to, ListenSettings where) {
    return new EmbeddedChannel(sniffer(to, where, Runnable::run));
  }

  private static ChannelHandler counting(AtomicInteger reads) {
    return new ChannelOutboundHandlerAdapter() {
      @Override
      public void read(ChannelHandlerContext ctx) {
        reads.incrementAndGet();
        ctx.read();
      }
    };
  }

  private SessionServices services(Executor fileThreads) {
    return new SessionServices(
        TransportSettings.defaults(),
        new MessageCodec(),
        fileThreads,
        FileWindows.ofThisMachine(),
        loops,
        "0",
        partialMessages,
        (receiver, put, source) -> CompletableFuture.failedFuture(new AssertionError()));
  }

  private PortSniffer sniffer(MessageReceiver to, ListenSettings where, Executor fileThreads) {
    var reception =
        new Reception(
            to,
            where,
            TransportSettings.defaults(),
            new MessageCodec(),
            fileThreads,
            (receiver, put, source) -> CompletableFuture.failedFuture(new AssertionError()),
            partialMessages,
            new RefusalLog(System::nanoTime),
            new SessionDoor(new SessionBook(services(fileThreads), new Ways())));
    return new PortSniffer(reception, PEER);
  }

  /** What comes after the connection was closed is lost, as on a network. */
  private void receive(byte[] bytes) {
    if (channel.isOpen()) {
      channel.writeInbound(Unpooled.copiedBuffer(bytes));
    }
    channel.runPendingTasks();
  }

  private void byteByByte(byte[] bytes) {
    for (byte each : bytes) {
      receive(new byte[] {each});
    }
  }

  private void endOfStream() {
    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    channel.runPendingTasks();
  }

  private String answer() {
    var answer = new StringBuilder();
    ByteBuf part;
    while ((part = channel.readOutbound()) != null) {
      answer.append(part.toString(StandardCharsets.UTF_8));
      part.release();
    }
    return answer.toString();
  }

  private static String asText(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static byte[] content(int size) {
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      content[i] = (byte) (i * 31 + (i >> 8));
    }
    return content;
  }

  static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
