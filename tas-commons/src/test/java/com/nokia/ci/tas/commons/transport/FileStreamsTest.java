package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.put;
import static com.nokia.ci.tas.commons.transport.ReceivingTest.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.model.TasException;
import com.nokia.ci.tas.commons.session.ResetCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files on a session (docs/session.md, section 6). */
final class FileStreamsTest {
  private static final Deadlines DEADLINES = Deadlines.DEFAULT;
  private static final Duration SHORT = Duration.ofMillis(200);

  private final Net net = new Net();
  private final List<StreamPair> pairs = new ArrayList<>();
  private final BlockingQueue<PathSink> sinks = new LinkedBlockingQueue<>();
  @TempDir private Path directory;

  @AfterEach
  void closeEverything() {
    Closing.all(() -> Closing.all(pairs.toArray(AutoCloseable[]::new)), net);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 262_144, 262_145, 9 << 20})
  void aFileArrivesInEitherDirection(int size) throws Exception {
    StreamPair pair = storing();
    Path source = file("source", size);

    assertEquals(size, Net.result(pair.send(put("a.zip", -1), FileSource.of(source))));
    assertArrayEquals(content(size), stored());
    assertEquals(size, Net.result(pair.sendBack(put("b.zip", size), FileSource.of(source))));
    assertArrayEquals(content(size), stored());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 65_537, 262_144, 3 << 20})
  void aStreamOfAnyKindArrives(int size) throws Exception {
    StreamPair pair = storing();

    assertEquals(size, Net.result(pair.send(put("a.zip", -1), stream(size, size))));
    assertArrayEquals(content(size), stored());
    assertEquals(
        size, Net.result(pair.send(put("a.zip", -1), stream(size, FileReference.UNKNOWN_SIZE))));
    assertArrayEquals(content(size), stored());
  }

  @Test
  void twoThousandSmallFilesAreOnTheWayTogether() throws Exception {
    var received = new LinkedBlockingQueue<FileOperation>();
    StreamPair pair =
        pair(
            DEADLINES,
            put -> {
              received.add(put);
              return accepted(put);
            });
    Path source = file("source", 1000);

    List<CompletableFuture<Long>> sent = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      sent.add(pair.send(put("file" + i, -1), FileSource.of(source)));
    }

    for (CompletableFuture<Long> each : sent) {
      assertEquals(1000, Net.result(each));
      assertArrayEquals(content(1000), stored());
    }
    assertEquals(2_000, received.stream().map(put -> put.file().name()).distinct().count());
    assertTrue(received.stream().allMatch(put -> put.file().sha256().isPresent()));
  }

  @Test
  void ofAFileThatTheReceiverHasNotAByteIsSentNorRead() throws Exception {
    var digests = new DigestBook(Clock.systemUTC());
    Path source = file("source", 1 << 20);
    Files.setLastModifiedTime(source, FileTime.fromMillis(0));
    String digest = digests.of(source).text();
    var sink = new Held();
    StreamPair pair = pair(DEADLINES, put -> FileAnswer.accept(sink));

    assertEquals(1 << 20, Net.result(pair.send(put("a.zip", -1), FileSource.of(source, digests))));

    assertEquals(1 << 20, Net.result(sink.completed));
    assertEquals(digest, sink.digest);
    assertEquals(0, pair.octetsOnTheWire());
  }

  @Test
  void aSenderWaitsWhileAnotherTransferMayBringTheSame() throws Exception {
    Path source = file("source", 1 << 20);
    var sink = new Held();
    sink.ready = new CompletableFuture<>();
    StreamPair pair = pair(DEADLINES, put -> FileAnswer.accept(sink));
    var digests = new DigestBook(Clock.systemUTC());

    var sent = pair.send(put("a.zip", -1), FileSource.announced(source, digests));
    Net.result(sink.asked);
    sink.ready.complete(null);

    assertEquals(1 << 20, Net.result(sent));
    assertEquals(0, pair.octetsOnTheWire());
  }

  /** Has every file already. */
  private static final class Held implements FileSink {
    private final CompletableFuture<Long> completed = new CompletableFuture<>();
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private CompletableFuture<Void> ready = CompletableFuture.completedFuture(null);
    private volatile String digest = "";

    @Override
    public CompletableFuture<Void> ready() {
      asked.complete(null);
      return ready;
    }

    @Override
    public boolean isHeldWhole() {
      return true;
    }

    @Override
    public void verified(String sha256) {
      digest = sha256;
    }

    @Override
    public void write(ByteBuffer bytes) {
      throw new AssertionError("not a byte is to come");
    }

    @Override
    public void completed(long bytes) {
      completed.complete(bytes);
    }

    @Override
    public void failed(Exception cause) {
      completed.completeExceptionally(cause);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void filesGoOnWhereTheWireWasCut(long seed) throws Exception {
    var random = new Random(seed);
    var asked = new LinkedBlockingQueue<FileOperation>();
    StreamPair pair =
        pair(
            DEADLINES,
            put -> {
              asked.add(put);
              return accepted(put);
            });
    int[] sizes = new int[10];
    List<CompletableFuture<Long>> sent = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = random.nextInt(random.nextBoolean() ? 100_000 : 3 << 20);
      var source = i % 3 == 0 ? stream(sizes[i], sizes[i]) : FileSource.of(file("s" + i, sizes[i]));
      sent.add(pair.send(put("file" + i, -1), source));
    }

    int cuts = 0;
    var all = CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
    pair.cutAfter(1 + random.nextInt(1 << 20));
    while (cuts < 8 && !all.isDone()) {
      Net.until(() -> pair.isCut() || all.isDone());
      cuts++;
      pair.join();
      pair.cutAfter(cuts < 8 ? 1 + random.nextInt(2 << 20) : Long.MAX_VALUE);
    }

    for (int i = 0; i < sizes.length; i++) {
      assertEquals(sizes[i], Net.result(sent.get(i)), "seed " + seed);
      assertArrayEquals(
          content(sizes[i]), Files.readAllBytes(directory.resolve("file" + i + ".stored")));
    }
    assertEquals(sizes.length, asked.size(), "each is asked for once, seed " + seed);
  }

  @Test
  void aFileWhoseDoneWasLostIsNotStoredTwice() throws Exception {
    var asked = new LinkedBlockingQueue<FileOperation>();
    var goOn = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    StreamPair pair =
        pair(
            DEADLINES,
            put -> {
              asked.add(put);
              return FileAnswer.accept(new StoredLate(path(put), begun, goOn));
            });

    var sent = pair.send(put("a.zip", -1), FileSource.of(file("source", 100_000)));
    begun.await();
    pair.cut();
    goOn.countDown();
    stored();
    pair.join();

    assertEquals(100_000, Net.result(sent));
    assertEquals(1, asked.size());
  }

  @Test
  void anotherContentThanAnnouncedIsRefusedAndNotStored() throws Exception {
    StreamPair pair = storing();
    FileOperation put = put("a.zip", -1);
    var lying =
        new FileOperation(
            put.sender(),
            put.receiver(),
            put.kind(),
            put.test(),
            put.file().digested("0".repeat(64)));

    Throwable failure = Net.failure(pair.send(lying, FileSource.of(file("source", 300_000))));

    assertEquals(TasException.class, failure.getClass());
    assertEquals(ConnectionLostException.class, Net.failure(sinks.take().stored()).getClass());
    assertNothingStored();
  }

  @Test
  void aFileThatIsNotAsLongAsAnnouncedFailsOnBothSides() throws Exception {
    StreamPair pair = storing();
    for (int off : new int[] {-10, 10, -300_000, 300_000}) {
      Throwable failure = Net.failure(pair.send(put("a.zip", -1), stream(500_000 + off, 500_000)));

      assertEquals(TasException.class, failure.getClass());
      assertTrue(failure.getMessage().contains("500000"), failure.getMessage());
      assertInstanceOf(TasException.class, Net.failure(sinks.take().stored()));
    }
    assertNothingStored();
  }

  @Test
  void aRefusalIsToldInItsSentence() throws Exception {
    StreamPair pair = pair(DEADLINES, put -> FileAnswer.refuse("test nightly has ended"));
    for (int size : new int[] {10, 1 << 20}) {
      var failure =
          (RefusedException)
              Net.failure(pair.send(put("a.zip", -1), FileSource.of(file("s", size))));

      assertEquals(ResetCode.NOT_WANTED, failure.code());
      assertEquals("acceptor:2 refused: test nightly has ended", failure.getMessage());
    }
  }

  @Test
  void aDiskThatFailsAndInterestThatIsLostAreTold() throws Exception {
    for (var cause :
        List.of(new IOException("the disk is full"), new NoInterestException("it is over"))) {
      StreamPair pair = pair(DEADLINES, put -> FileAnswer.accept(new FailingSink(cause)));

      var failure =
          (RefusedException)
              Net.failure(pair.send(put("a.zip", -1), FileSource.of(file("s", 1 << 20))));

      assertEquals(
          cause instanceof NoInterestException ? ResetCode.NO_INTEREST : ResetCode.NOT_STORED,
          failure.code());
      assertTrue(failure.getMessage().endsWith(cause.getMessage()), failure.getMessage());
    }
  }

  @Test
  void aSenderThatLosesInterestEndsTheFileOnTheOtherSide() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    StreamPair pair = pair(DEADLINES, put -> FileAnswer.accept(new HeldUp(path(put), begun, goOn)));

    var sent = pair.send(put("a.zip", -1), FileSource.of(file("source", 20 << 20)));
    begun.await();
    sent.cancel(false);
    goOn.countDown();

    assertInstanceOf(ConnectionLostException.class, Net.failure(sinks.take().stored()));
    assertNothingStored();
  }

  @Test
  void aSlowSinkHoldsNoMoreThanItsWindow() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    StreamPair pair = pair(DEADLINES, put -> FileAnswer.accept(new HeldUp(path(put), begun, goOn)));
    var stream = new Counted(content(20 << 20));

    var sent = pair.send(put("a.zip", -1), FileSource.of(() -> stream, 20 << 20));
    begun.await();
    long settled = stream.untilStill();
    goOn.countDown();

    assertTrue(settled <= 6 << 20, settled + " bytes were read for a sink that takes none");
    assertEquals(20 << 20, Net.result(sent));
    assertArrayEquals(content(20 << 20), stored());
  }

  @Test
  void aSenderThatStallsIsGivenUp() throws Exception {
    var block = new CountDownLatch(1);
    StreamPair pair = pair(DEADLINES.withFileIdle(SHORT), this::accepted);

    var sent =
        pair.send(
            put("a.zip", -1),
            FileSource.of(() -> new Counted(content(1 << 20)).blocking(block), 1 << 20));

    assertInstanceOf(ProtocolException.class, Net.failure(sinks.take().stored()));
    block.countDown();
    assertEquals(ResetCode.NO_INTEREST, ((RefusedException) Net.failure(sent)).code());
  }

  @Test
  void aSenderThatCreepsIsGivenUp() throws Exception {
    StreamPair pair = pair(DEADLINES.withSlowestFile(new FilePace(SHORT, 1 << 20)), this::accepted);

    var sent =
        pair.send(
            put("a.zip", -1),
            FileSource.of(() -> new Counted(content(1 << 20)).creeping(), 1 << 20));

    assertTrue(Net.failure(sinks.take().stored()).getMessage().contains("moved only"), "creeping");
    assertEquals(ResetCode.NO_INTEREST, ((RefusedException) Net.failure(sent)).code());
  }

  @Test
  void aReceiverThatTakesNothingIsGivenUp() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    StreamPair pair =
        pair(
            DEADLINES.withWriteStall(SHORT),
            put -> FileAnswer.accept(new HeldUp(path(put), begun, goOn)));

    var sent = pair.send(put("a.zip", -1), FileSource.of(file("source", 20 << 20)));

    Throwable failure = Net.failure(sent);
    goOn.countDown();
    assertEquals(ConnectionLostException.class, failure.getClass());
    assertEquals("file a.zip to acceptor:2 made no progress for 200 ms", failure.getMessage());
    assertInstanceOf(ConnectionLostException.class, Net.failure(sinks.take().stored()));
  }

  @Test
  void whatIsHeldFromBeforeIsNotSentAgain() throws Exception {
    byte[] content = content(3 << 20);
    Files.write(
        directory.resolve(".a.zip.3145728.part"), java.util.Arrays.copyOf(content, 2 << 20));
    var stream = new Counted(content);
    StreamPair pair =
        pair(
            DEADLINES,
            put -> {
              var sink = PathSink.resuming(directory.resolve("a.zip"), put.file());
              sinks.add(sink);
              return FileAnswer.accept(sink);
            });

    assertEquals(
        3 << 20, Net.result(pair.send(put("a.zip", -1), FileSource.of(() -> stream, 3 << 20))));
    assertArrayEquals(content, stored());
    assertTrue(pair.octetsOnTheWire() <= 1 << 20, "only the rest is sent");
  }

  @Test
  void whenTheSessionEndsAllFilesEndWithIt() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    StreamPair pair = pair(DEADLINES, put -> FileAnswer.accept(new HeldUp(path(put), begun, goOn)));
    var sent = pair.send(put("a.zip", -1), FileSource.of(file("source", 20 << 20)));
    begun.await();

    pair.end("acceptor:2 was away too long");
    goOn.countDown();

    assertEquals("acceptor:2 was away too long", Net.failure(sent).getMessage());
    assertInstanceOf(ConnectionLostException.class, Net.failure(sinks.take().stored()));
    assertNothingStored();
  }

  private StreamPair storing() {
    return pair(DEADLINES, this::accepted);
  }

  private StreamPair pair(Deadlines deadlines, Function<FileOperation, FileAnswer> onFile) {
    FileSending nobody =
        (to, put, source) -> CompletableFuture.failedFuture(new AssertionError("not passed on"));
    var pair = new StreamPair(deadlines, nobody, onFile, onFile);
    pairs.add(pair);
    return pair;
  }

  private FileAnswer accepted(FileOperation put) {
    return FileAnswer.accept(path(put));
  }

  private PathSink path(FileOperation put) {
    var sink = PathSink.into(directory.resolve(put.file().name() + ".stored"), put.file().size());
    sinks.add(sink);
    return sink;
  }

  private byte[] stored() throws Exception {
    return Files.readAllBytes(Net.result(sinks.take().stored()));
  }

  private void assertNothingStored() throws IOException {
    try (var files = Files.list(directory)) {
      assertEquals(
          List.of(),
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".stored") || name.endsWith(".part"))
              .toList());
    }
  }

  private Path file(String name, int size) throws IOException {
    return Files.write(directory.resolve(name), content(size));
  }

  private static FileSource stream(int size, long announced) {
    return FileSource.of(() -> new ByteArrayInputStream(content(size)), announced);
  }

  /** Waits at the end until the test lets it go on. */
  private record StoredLate(FileSink to, CountDownLatch ended, CountDownLatch goOn)
      implements FileSink {
    @Override
    public void write(ByteBuffer bytes) throws IOException {
      to.write(bytes);
    }

    @Override
    public void completed(long bytes) throws IOException {
      new HeldUp(to, ended, goOn).write(ByteBuffer.allocate(0));
      to.completed(bytes);
    }

    @Override
    public void failed(Exception cause) {
      to.failed(cause);
    }
  }

  private record FailingSink(Exception cause) implements FileSink {
    @Override
    public void write(ByteBuffer bytes) throws IOException {
      if (cause instanceof IOException onDisk) {
        throw onDisk;
      }
      throw (NoInterestException) cause;
    }

    @Override
    public void completed(long bytes) {
      throw new AssertionError("nothing was written");
    }

    @Override
    public void failed(Exception failure) {
      assertEquals(Optional.of(cause), Optional.of(failure));
    }
  }
}
