package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.at;
import static com.nokia.ci.tas.commons.transport.Net.encoded;
import static com.nokia.ci.tas.commons.transport.Net.put;
import static com.nokia.ci.tas.commons.transport.ReceivingTest.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.TasException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files over real sockets and disks. */
final class FilesTest {
  private static final int CHUNK = 64 * 1024;

  private final Net net = new Net();
  private final BlockingQueue<PathSink> sinks = new LinkedBlockingQueue<>();
  @TempDir private Path directory;

  @AfterEach
  void closeEverything() throws IOException {
    net.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 20 << 20})
  void aFileArrivesCompleteAndUnderItsName(int size) throws Exception {
    Transport transport = net.transport();
    Listener listener = storing(transport);
    Path source = file("source", size);

    long sent =
        Net.result(transport.sendFile(at(listener), put("a.zip", -1), FileSource.of(source)));

    assertEquals(size, sent);
    assertArrayEquals(content(size), stored());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, CHUNK, 256 * 1024, 256 * 1024 + 1, 3 << 20})
  void aStreamOfKnownSizeArrives(int size) throws Exception {
    Transport transport = net.transport();
    Listener listener = storing(transport);

    Net.result(transport.sendFile(at(listener), put("a.zip", -1), stream(size, size)));

    assertArrayEquals(content(size), stored());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 256 * 1024, 3 << 20})
  void aStreamOfUnknownSizeArrives(int size) throws Exception {
    Transport transport = net.transport();
    Listener listener = storing(transport);

    Net.result(
        transport.sendFile(
            at(listener), put("a.zip", -1), stream(size, FileReference.UNKNOWN_SIZE)));

    assertArrayEquals(content(size), stored());
  }

  @Test
  void manyFilesArriveAtTheSameTime() throws Exception {
    Transport transport = net.transport();
    Listener listener = storing(transport);
    Path source = file("source", 1 << 20);
    List<CompletableFuture<Long>> sending =
        Stream.generate(() -> put("a.zip", -1))
            .limit(30)
            .map(put -> transport.sendFile(at(listener), put, FileSource.of(source)))
            .toList();

    for (CompletableFuture<Long> one : sending) {
      assertEquals(1 << 20, Net.result(one));
      assertArrayEquals(content(1 << 20), stored());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 300_000})
  void aStreamThatIsNotAsLongAsAnnouncedFailsOnBothSides(int off) throws Exception {
    Transport transport = net.transport();
    Listener listener = storing(transport);
    for (int size : new int[] {500_000 - off, 500_000 + off}) {
      Throwable failure =
          Net.failure(transport.sendFile(at(listener), put("a.zip", -1), stream(size, 500_000)));

      assertEquals(TasException.class, failure.getClass());
      assertTrue(failure.getMessage().contains("500000"), failure.getMessage());
      assertEquals(ProtocolException.class, Net.failure(sinks.take().stored()).getClass());
    }
    assertNothingStored();
  }

  @Test
  void aSizeThatDiffersFromTheAnnouncedOneIsNotSent() throws Exception {
    Transport transport = net.transport();
    Listener listener = storing(transport);

    Throwable failure =
        Net.failure(
            transport.sendFile(at(listener), put("a.zip", 11), FileSource.of(file("source", 10))));

    assertEquals("file a.zip has 10 bytes, 11 are announced", failure.getMessage());
    assertTrue(sinks.isEmpty());
  }

  @Test
  void aFileThatIsNotThereIsNotAnnounced() {
    Transport transport = net.transport();
    Listener listener = storing(transport);
    Path missing = directory.resolve("missing");

    Throwable failure =
        Net.failure(transport.sendFile(at(listener), put("a.zip", -1), FileSource.of(missing)));

    assertEquals(TasException.class, failure.getClass());
    assertEquals(
        "file " + missing + " cannot be read: there is no such file", failure.getMessage());
    assertTrue(sinks.isEmpty());
  }

  @Test
  void aFileThatShrinksWhileItIsSentFails() throws Exception {
    Transport transport = net.transport();
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var received = new AtomicLong();
    Listener listener =
        transport.listen(
            ListenSettings.on(0),
            FakeReceiver.ofFiles(put -> FileAnswer.accept(new SlowSink(begun, goOn, received))));
    Path source = file("source", 100 << 20);
    CompletableFuture<Long> sending =
        transport.sendFile(at(listener), put("a.zip", -1), FileSource.of(source));

    begun.await();
    try (var channel =
        java.nio.channels.FileChannel.open(source, java.nio.file.StandardOpenOption.WRITE)) {
      channel.truncate(90 << 20);
    }
    goOn.countDown();

    Throwable failure = Net.failure(sending);
    assertEquals(
        "file "
            + source
            + " had "
            + (100 << 20)
            + " bytes and "
            + (90 << 20)
            + " after it was sent",
        failure.getMessage());
  }

  @Test
  void aFullFileNeedsNoEndOfStream() throws Exception {
    Listener listener = storing(net.transport());

    RawPeer peer = net.connect(listener).send(encoded(put("a.zip", 1000))).send(content(1000));

    assertArrayEquals(content(1000), stored());
    assertEquals("", peer.answer());
  }

  @Test
  void aPeerThatVanishesLeavesNoFile() throws Exception {
    Listener listener = storing(net.transport());
    for (long size : new long[] {-1, 1_000_000}) {
      net.connect(listener).send(encoded(put("a.zip", size))).send(content(500_000)).reset();

      assertEquals(ConnectionLostException.class, Net.failure(sinks.take().stored()).getClass());
    }
    assertNothingStored();
  }

  @Test
  void aPeerThatFallsSilentInsideAFileIsCutOff() throws Exception {
    Listener listener =
        storing(net.transport(Deadlines.DEFAULT.withFileIdle(Duration.ofMillis(100))));

    byte[] announcement = encoded(put("a.zip", 1000));
    byte[] begun =
        ByteBuffer.allocate(announcement.length + 10).put(announcement).put(content(10)).array();
    RawPeer peer = net.connect(listener).send(begun);

    assertEquals("file a.zip made no progress for 100 ms, after 10 of 1000 bytes\n", peer.answer());
    assertEquals(ProtocolException.class, Net.failure(sinks.take().stored()).getClass());
    assertNothingStored();
  }

  @Test
  void tooManyBytesLeaveNoFile() throws Exception {
    Listener listener = storing(net.transport());

    RawPeer peer = net.connect(listener).send(encoded(put("a.zip", 1000))).send(content(1001));

    assertEquals("file a.zip has more bytes than the announced 1000\n", peer.answer());
    assertEquals(ProtocolException.class, Net.failure(sinks.take().stored()).getClass());
    assertNothingStored();
  }

  @Test
  void aRefusedFileStopsItsSenderWithTheReason() throws Exception {
    Transport transport = net.transport();
    Listener listener =
        transport.listen(
            ListenSettings.on(0),
            FakeReceiver.ofFiles(put -> FileAnswer.refuse("test nightly has ended")));

    Throwable failure =
        Net.failure(
            transport.sendFile(
                at(listener), put("a.zip", -1), FileSource.of(file("source", 20 << 20))));

    assertEquals(RefusedException.class, failure.getClass());
    assertEquals(at(listener) + " refused: test nightly has ended", failure.getMessage());
  }

  @Test
  void aFileThatCannotBeStoredIsRefusedWithTheReason() throws Exception {
    Transport transport = net.transport();
    Path nowhere = directory.resolve("gone").resolve("a.zip");
    Listener listener =
        transport.listen(
            ListenSettings.on(0),
            FakeReceiver.ofFiles(put -> FileAnswer.accept(remembered(PathSink.into(nowhere, 10)))));

    Throwable failure =
        Net.failure(
            transport.sendFile(at(listener), put("a.zip", -1), FileSource.of(file("source", 10))));

    assertEquals(RefusedException.class, failure.getClass());
    assertTrue(failure.getMessage().contains("could not be stored"), failure.getMessage());
    assertTrue(Net.failure(sinks.take().stored()) instanceof IOException);
  }

  @Test
  void aFileThatCannotFitIsRefusedBeforeItsFirstByteIsStored() throws Exception {
    Listener listener = storing(net.transport());

    RawPeer peer =
        net.connect(listener).send(encoded(put("a.zip", Long.MAX_VALUE))).send(content(10));

    assertTrue(peer.answer().contains("there is room for only"), "");
    Throwable failure = Net.failure(sinks.take().stored());
    assertTrue(
        failure.getMessage().startsWith("a.zip has 9223372036854775807 bytes"),
        failure.getMessage());
    assertNothingStored();
  }

  @Test
  void aSenderThatCreepsIsRefused() throws Exception {
    var pace = new FilePace(Duration.ofMillis(300), 1 << 20);
    Transport transport = net.transport(Deadlines.DEFAULT.withSlowestFile(pace));
    Listener listener = storing(transport);
    RawPeer peer = net.connect(listener).send(encoded(put("a.zip", 200 << 20)));
    var creeping =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (true) {
                  peer.send("x");
                }
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            });

    Throwable failure = Net.failure(sinks.take().stored());
    assertTrue(failure.getMessage().contains("moved only"), failure.getMessage());
    Net.failure(creeping);
    assertNothingStored();
  }

  @Test
  void aReceiverThatCreepsIsGivenUp() throws Exception {
    var pace = new FilePace(Duration.ofMillis(300), 1 << 30);
    Transport transport = net.transport(Deadlines.DEFAULT.withSlowestFile(pace));
    try (var port = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var to = new Endpoint("127.0.0.1", port.getLocalPort());
      var sent = transport.sendFile(to, put("a.zip", -1), FileSource.of(file("source", 60 << 20)));
      try (var accepted = port.accept()) {
        InputStream from = accepted.getInputStream();
        while (!sent.isDone()) {
          if (from.read() < 0) {
            break;
          }
        }
      }

      Throwable failure = Net.failure(sent);
      assertEquals(ConnectionLostException.class, failure.getClass());
      assertTrue(failure.getMessage().contains("moved only"), failure.getMessage());
    }
  }

  @Test
  void anExistingFileIsReplacedAndALinkNotFollowed() throws Exception {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "untouched");
    Path link = directory.resolve("stored").resolve("a.zip");
    Listener listener = storing(net.transport());
    Files.createSymbolicLink(link, elsewhere);

    net.connect(listener).send(encoded(put("a.zip", 3))).send("new").endOutput().answer();

    assertArrayEquals(Net.bytes("new"), stored());
    assertEquals("untouched", Files.readString(elsewhere));
  }

  @Test
  void aCancelledStreamIsNotTakenForAWholeOne() throws Exception {
    Transport transport = net.transport();
    Listener listener = storing(transport);
    var read = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    CompletableFuture<Long> sending =
        transport.sendFile(
            at(listener),
            put("a.zip", -1),
            FileSource.of(() -> new Endless(read, closed), FileReference.UNKNOWN_SIZE));
    read.await();
    PathSink sink = sinks.take();

    sending.cancel(false);

    assertEquals(ConnectionLostException.class, Net.failure(sink.stored()).getClass());
    assertTrue(closed.await(60, TimeUnit.SECONDS));
    assertNothingStored();
  }

  @Test
  void aPeerThatClosesInTheMiddleFailsTheSender() throws Exception {
    Transport transport = net.transport();
    Path source = file("source", 50 << 20);
    try (var port = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var to = new Endpoint("127.0.0.1", port.getLocalPort());
      CompletableFuture<Long> sending =
          transport.sendFile(to, put("a.zip", -1), FileSource.of(source));
      try (var accepted = port.accept()) {
        accepted.getInputStream().readNBytes(1 << 20);
      }

      Throwable failure = Net.failure(sending);
      assertEquals(
          "the connection to " + to + " broke off before everything was received",
          failure.getMessage());
    }
  }

  @Test
  void aResetBehindTheLastByteOfAFileIsAFailure() throws Exception {
    Transport transport = net.transport();
    Path source = file("source", 1000);
    try (var port = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var to = new Endpoint("127.0.0.1", port.getLocalPort());
      CompletableFuture<Long> sending =
          transport.sendFile(to, put("a.zip", -1), FileSource.of(source));
      try (var accepted = port.accept()) {
        accepted.getInputStream().readAllBytes();
        accepted.setSoLinger(true, 0);
      }

      assertEquals(ConnectionLostException.class, Net.failure(sending).getClass());
    }
  }

  @Test
  void closingTheTransportEndsTheFilesThatComeIn() throws Exception {
    Transport transport = net.transport();
    Listener listener = storing(transport);
    net.connect(listener).send(encoded(put("a.zip", 1000))).send(content(10));
    PathSink sink = sinks.take();

    transport.close();

    assertEquals(ConnectionLostException.class, Net.failure(sink.stored()).getClass());
    assertNothingStored();
  }

  private Listener storing(Transport transport) {
    Path target = directory.resolve("stored");
    try {
      Files.createDirectories(target);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return transport.listen(
        ListenSettings.on(0),
        FakeReceiver.ofFiles(
            put ->
                FileAnswer.accept(
                    remembered(
                        PathSink.into(target.resolve(put.file().name()), put.file().size())))));
  }

  private PathSink remembered(PathSink sink) {
    sinks.add(sink);
    return sink;
  }

  private byte[] stored() throws Exception {
    return Files.readAllBytes(Net.result(sinks.take().stored()));
  }

  private void assertNothingStored() throws IOException {
    try (Stream<Path> left = Files.list(directory.resolve("stored"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  private Path file(String name, int size) throws IOException {
    return Files.write(directory.resolve(name), content(size));
  }

  private static FileSource stream(int size, long announced) {
    return FileSource.of(() -> new ByteArrayInputStream(content(size)), announced);
  }

  /** Stands still in its first write until it may go on. */
  private record SlowSink(CountDownLatch begun, CountDownLatch goOn, AtomicLong received)
      implements FileSink {
    @Override
    public void write(ByteBuffer bytes) throws IOException {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      received.addAndGet(bytes.remaining());
    }

    @Override
    public void completed(long bytes) {}

    @Override
    public void failed(Exception cause) {}
  }

  /** A stream without an end. */
  private static final class Endless extends InputStream {
    private final CountDownLatch read;
    private final CountDownLatch closed;

    private Endless(CountDownLatch read, CountDownLatch closed) {
      this.read = read;
      this.closed = closed;
    }

    @Override
    public int read() {
      read.countDown();
      return 'x';
    }

    @Override
    public int read(byte[] into, int from, int length) {
      read.countDown();
      Arrays.fill(into, from, from + length, (byte) 'x');
      return length;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
