package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.put;
import static com.nokia.ci.tas.commons.transport.ReceivingTest.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.Message;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.session.Frame;
import com.nokia.ci.tas.commons.xml.MessageCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer may say of files and what it may not (docs/session.md, section 6). */
final class StreamRulesTest {
  private static final int SIZE = 100_000;
  private static final byte[] CONTENT = content(SIZE);
  private static final byte[] DIGEST = Sha256.begun().digest(CONTENT);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final ByteArrayOutputStream stored = new ByteArrayOutputStream();
  private final StreamSink sink = StreamSink.into(Channels.newChannel(stored));
  private final Queue<Object> said = new ArrayDeque<>();
  private FakeReceiver receiver = FakeReceiver.ofFiles(put -> FileAnswer.accept(sink));
  private final FileStreams streams =
      new FileStreams(
          new StreamContext(
              channel.eventLoop(),
              /* dials= */ true,
              new Asking(),
              new MessageCodec(),
              Runnable::run,
              new FileWindows(0),
              Deadlines.DEFAULT,
              (to, put, source) -> CompletableFuture.failedFuture(new AssertionError())));

  StreamRulesTest() {
    streams.connected(new Recording());
  }

  @AfterEach
  void end() {
    streams.ended(new ConnectionLostException("the test is over"));
    channel.finishAndReleaseAll();
  }

  @Test
  void aFileComesInAsTheDocumentSaysIt() {
    streams.opened(2, put("a.zip", SIZE));
    assertEquals(new Frame.Accept(2, 0, 65_536), next());
    streams.received(2, octets(0, 65_536));
    assertEquals(new Frame.Credit(2, 65_536), next());
    streams.received(2, octets(65_536, SIZE));
    assertEquals(new Frame.Credit(2, SIZE - 65_536), next());
    streams.received(new Frame.End(2, DIGEST));

    assertEquals(new Frame.Done(2), next());
    assertArrayEquals(CONTENT, stored.toByteArray());
  }

  @Test
  void aSmallFileComesInWithoutWaiting() {
    streams.opened(2, put("a.zip", 10));
    streams.received(2, octets(0, 10));
    streams.received(new Frame.End(2, Sha256.begun().digest(Arrays.copyOf(CONTENT, 10))));

    assertEquals(new Frame.Accept(2, 0, 65_536), next());
    assertEquals(new Frame.Done(2), next());
  }

  @Test
  void anotherDigestIsAReasonToBeginAgain() {
    streams.opened(2, put("a.zip", 10));
    streams.received(2, octets(0, 10));
    streams.received(new Frame.End(2, DIGEST));

    next();
    assertEquals(
        new Frame.Reset(2, 3, "file a.zip arrived with another SHA-256 than it was sent"), next());
    assertInstanceOf(ProtocolException.class, Net.failure(sink.received()));
  }

  @Test
  void moreAndFewerBytesThanAnnouncedAreToo() {
    receiver = FakeReceiver.ofFiles(put -> FileAnswer.accept(new ForgetfulSink()));
    streams.opened(2, put("a.zip", 10));
    streams.received(2, octets(0, 11));
    streams.opened(4, put("a.zip", 10));
    streams.received(4, octets(0, 9));
    streams.received(new Frame.End(4, DIGEST));

    next();
    assertEquals(new Frame.Reset(2, 3, "file a.zip has more bytes than the announced 10"), next());
    next();
    assertEquals(new Frame.Reset(4, 3, "file a.zip ended after 9 of 10 bytes"), next());
  }

  @Test
  void moreThanTheCreditBreaksTheConnection() {
    streams.opened(2, put("a.zip", 200_000));
    ByteBuf most = octets(0, 65_536);
    most.retain();
    streams.received(2, Unpooled.wrappedBuffer(new byte[0]));

    assertThrows(
        ProtocolException.class,
        () -> streams.received(2, Unpooled.wrappedBuffer(most, octets(0, 1))));
    most.release();
  }

  @Test
  void anEndBeforeTheFileWasAcceptedBreaksTheConnection() {
    receiver =
        FakeReceiver.ofFiles(
            put ->
                FileAnswer.accept(
                    new ForgetfulSink() {
                      @Override
                      public CompletionStage<?> ready() {
                        return new CompletableFuture<>();
                      }
                    }));
    streams.opened(2, put("a.zip", FileReference.UNKNOWN_SIZE));

    assertThrows(ProtocolException.class, () -> streams.received(new Frame.End(2, DIGEST)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, -1})
  void aNumberOfThisSideIsNotForThePeerToUse(int number) {
    assertThrows(ProtocolException.class, () -> streams.opened(number, put("a.zip", 10)));
  }

  @Test
  void aNumberIsUsedOnceAndOnly256AreOpen() {
    receiver = FakeReceiver.ofFiles(put -> FileAnswer.accept(new ForgetfulSink()));
    streams.opened(2, put("a.zip", 10));
    assertThrows(ProtocolException.class, () -> streams.opened(2, put("a.zip", 10)));
    for (int i = 1; i < 256; i++) {
      streams.opened(2 + 2 * i, put("a.zip", 10));
    }

    assertThrows(ProtocolException.class, () -> streams.opened(1000, put("a.zip", 10)));
  }

  @Test
  void whatComesForAStreamThatIsOverIsIgnored() {
    ByteBuf octets = octets(0, 10);
    streams.received(8, octets);
    streams.received(new Frame.End(8, DIGEST));
    streams.received(new Frame.Reset(8, 2, ""));
    streams.received(new Frame.Accept(9, 0, 1));
    streams.received(new Frame.Credit(9, 1));
    streams.received(new Frame.Done(9));
    streams.received(new Frame.Reset(9, 1, ""));

    assertEquals(0, octets.refCnt());
    assertTrue(said.isEmpty());
  }

  @Test
  void whatOnlyTheOtherSideOfAFileSaysBreaksTheConnection() {
    for (Frame.OfStream frame :
        new Frame.OfStream[] {
          new Frame.Accept(2, 0, 1),
          new Frame.Credit(2, 1),
          new Frame.Done(2),
          new Frame.End(1, DIGEST)
        }) {
      assertThrows(ProtocolException.class, () -> streams.received(frame), frame.toString());
    }
  }

  @Test
  void aFileGoesOutAsTheDocumentSaysIt() {
    CompletableFuture<Long> sent = send();
    var open = (Frame.Open) next();
    assertEquals(1, open.stream());
    assertEquals(SIZE, ((FileOperation) new MessageCodec().read(open.xml())).file().size());
    streams.received(new Frame.Accept(1, 40_000, 50_000));
    run();
    assertEquals(octets(40_000, 90_000), next());
    streams.received(new Frame.Credit(1, 50_000));
    run();
    assertEquals(octets(90_000, SIZE), next());
    var end = (Frame.End) next();
    assertArrayEquals(DIGEST, end.sha256());
    streams.received(new Frame.Done(1));

    assertEquals(SIZE, Net.result(sent));
  }

  @Test
  void answersThatMakeNoSenseBreakTheConnection() {
    send();
    next();
    assertThrows(ProtocolException.class, () -> streams.received(new Frame.Accept(1, SIZE + 1, 1)));
    assertThrows(ProtocolException.class, () -> streams.received(new Frame.Done(1)));
    streams.received(new Frame.Accept(1, 0, 1));
    assertThrows(ProtocolException.class, () -> streams.received(new Frame.Accept(1, 0, 1)));
  }

  @Test
  void whatBrokeOffBehindThePeerIsOpenedAgainUnderANewNumber() {
    send();
    assertEquals(1, ((Frame.Open) next()).stream());
    streams.received(new Frame.Reset(1, 6, "the node is away"));
    run();

    assertEquals(3, ((Frame.Open) next()).stream());
  }

  @Test
  void afterALossTheSameNumberIsOpenedAgainAndAWholeFileIsAskedForNoByte() {
    streams.opened(2, put("a.zip", SIZE));
    streams.received(2, octets(0, 60_000));
    streams.received(2, octets(60_000, SIZE));
    streams.received(new Frame.End(2, DIGEST));
    streams.lost("cut");
    said.clear();
    streams.connected(new Recording());
    streams.opened(2, put("a.zip", SIZE));
    assertEquals(SIZE, ((Frame.Accept) next()).offset());
    streams.received(new Frame.End(2, DIGEST));

    assertEquals(new Frame.Done(2), next());
    assertEquals(SIZE, stored.size(), "stored once");
  }

  private CompletableFuture<Long> send() {
    var source = FileSource.of(() -> new ByteArrayInputStream(CONTENT), SIZE);
    CompletableFuture<Long> sent = streams.send(put("a.zip", -1), source);
    run();
    return sent;
  }

  private void run() {
    channel.runPendingTasks();
  }

  private Object next() {
    run();
    return said.remove();
  }

  private static ByteBuf octets(int from, int to) {
    return Unpooled.copiedBuffer(CONTENT, from, to - from);
  }

  /** Asks whichever receiver the test wants. */
  private final class Asking implements MessageReceiver {
    @Override
    public void onMessage(Message message, Peer peer) {
      receiver.onMessage(message, peer);
    }

    @Override
    public FileAnswer onFile(FileOperation put, Peer peer) {
      return receiver.onFile(put, peer);
    }
  }

  private static class ForgetfulSink implements FileSink {
    @Override
    public void write(ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }

    @Override
    public void completed(long bytes) {}

    @Override
    public void failed(Exception cause) {}
  }

  /** Remembers what is written. */
  private final class Recording implements StreamLink {
    @Override
    public Peer peer() {
      var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
      return new Peer(
          loopback,
          loopback,
          /* secure= */ false,
          Optional.empty(),
          Optional.of(new SessionIdentity(new Endpoint("peer", 2), Optional.empty())));
    }

    @Override
    public boolean isWritable() {
      return true;
    }

    @Override
    public void write(Frame.OfStream frame) {
      said.add(frame);
    }

    @Override
    public void write(Frame.Open frame) {
      said.add(frame);
    }

    @Override
    public void write(int stream, ByteBuf octets) {
      said.add(Unpooled.copiedBuffer(octets));
      octets.release();
    }

    @Override
    public void breakOff(String why) {
      said.add(why);
    }
  }
}
