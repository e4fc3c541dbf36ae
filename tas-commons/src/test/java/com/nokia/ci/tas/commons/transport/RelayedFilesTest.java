package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.NIGHTLY;
import static com.nokia.ci.tas.commons.transport.Net.at;
import static com.nokia.ci.tas.commons.transport.ReceivingTest.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.message.FileOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.session.ResetCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files between a client and a node, over real sockets, through a service that passes them on
 * (docs/session.md, section 7).
 */
@Timeout(120)
final class RelayedFilesTest {
  private static final Endpoint CLIENT = new Endpoint("client", 20_321);
  private static final Endpoint NODE = new Endpoint("node", 27_182);
  private static final Endpoint SERVICE = new Endpoint("service", 31_415);
  private static final int LARGE = 9 << 20;

  private final Net net = new Net();
  private final Transport service = net.transport();
  private final Transport client = net.transport();
  private final Transport node = net.transport();
  private final BlockingQueue<PathSink> sinks = new LinkedBlockingQueue<>();
  private final List<Cutter> cutters = new ArrayList<>();
  private final KeptWatch watch = new KeptWatch();
  @TempDir private Path directory;

  @AfterEach
  void closeEverything() {
    Closing.all(() -> Closing.all(cutters.toArray(AutoCloseable[]::new)), net);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, LARGE})
  void aFileGoesFromSessionToSession(int size) throws Exception {
    Listener listener = relaying(NODE);
    keep(client, CLIENT, at(listener), refusing());
    keep(node, NODE, at(listener), storing());

    assertEquals(size, send(client, at(listener), size));
    assertArrayEquals(content(size), stored());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 65_537, LARGE})
  void aFileGoesFromASessionToAPlainPeer(int size) throws Exception {
    Listener plain = node.listen(ListenSettings.on(0), storing());
    Listener listener = relaying(at(plain));
    keep(client, CLIENT, at(listener), refusing());

    assertEquals(size, send(client, at(listener), size));
    assertArrayEquals(content(size), stored());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 65_537, LARGE})
  void aFileGoesFromAPlainPeerToASession(int size) throws Exception {
    Listener listener = relaying(NODE);
    keep(node, NODE, at(listener), storing());

    assertEquals(size, send(client, at(listener), size));
    assertArrayEquals(content(size), stored());
  }

  @Test
  void aFileOfUnknownSizeGoesEitherWay() throws Exception {
    Listener plain = node.listen(ListenSettings.on(0), storing());
    Listener toNode = relaying(NODE);
    Listener toPlain = relaying(at(plain));
    keep(node, NODE, at(toNode), storing());
    sendUnknown(client, at(toNode));
    keep(client, CLIENT, at(toPlain), refusing());
    sendUnknown(client, at(toPlain));
  }

  private void sendUnknown(Transport from, Endpoint to) throws Exception {
    var source = FileSource.of(() -> new Counted(content(LARGE)), FileReference.UNKNOWN_SIZE);
    assertEquals(LARGE, Net.result(from.sendFile(to, put("a.zip", -1), source)));
    assertArrayEquals(content(LARGE), stored());
  }

  @Test
  void whatTheReceiverSaysIsPassedBack() throws Exception {
    Listener listener = relaying(NODE);
    keep(client, CLIENT, at(listener), refusing());
    keep(node, NODE, at(listener), refusing());
    for (int size : new int[] {10, LARGE}) {
      var failure = (RefusedException) Net.failure(sending(client, at(listener), size));

      assertEquals(ResetCode.NOT_WANTED, failure.code());
      assertTrue(failure.getMessage().endsWith("no files here"), failure.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReceiverThatTakesNothingMakesTheSenderWait(boolean hasSession) throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var slow = FakeReceiver.ofFiles(put -> FileAnswer.accept(new HeldUp(sink(put), begun, goOn)));
    Listener plain = node.listen(ListenSettings.on(0), slow);
    Listener listener = relaying(hasSession ? NODE : at(plain));
    keep(client, CLIENT, at(listener), refusing());
    keep(node, NODE, at(listener), slow);
    int size = 120 << 20;
    var stream = new Counted(content(size));

    var sent = client.sendFile(at(listener), put("a.zip", -1), FileSource.of(() -> stream, size));
    begun.await();
    long waiting = stream.untilStill();
    goOn.countDown();

    assertTrue(waiting < 60 << 20, waiting + " bytes are on the way, socket buffers included");
    assertEquals(size, Net.result(sent));
    assertArrayEquals(content(size), stored());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void filesArriveAlthoughBothConnectionsAreCutNowAndThen(long seed) throws Exception {
    var asked = new LinkedBlockingQueue<FileOperation>();
    Listener listener = relaying(NODE);
    Cutter clientsWire = wire(listener, new Random(seed));
    Cutter nodesWire = wire(listener, new Random(-seed));
    keep(client, CLIENT, clientsWire.endpoint(), refusing());
    keep(
        node,
        NODE,
        nodesWire.endpoint(),
        FakeReceiver.ofFiles(
            put -> {
              asked.add(put);
              return FileAnswer.accept(sink(put));
            }));
    var random = new Random(seed);
    List<CompletableFuture<Long>> sent = new ArrayList<>();
    int[] sizes = new int[12];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = random.nextInt(i % 2 == 0 ? 65_537 : 4 << 20);
      Path source = Files.write(directory.resolve("source" + i), content(sizes[i]));
      sent.add(client.sendFile(clientsWire.endpoint(), put("file" + i, -1), FileSource.of(source)));
    }

    for (int i = 0; i < sizes.length; i++) {
      assertEquals(sizes[i], Net.result(sent.get(i)), "seed " + seed);
      assertArrayEquals(content(sizes[i]), Files.readAllBytes(target("file" + i)));
    }
    assertEquals(sizes.length, asked.size(), "each is asked for once, seed " + seed);
  }

  @Test
  void aFileWaitsForAReceiverThatIsAway() throws Exception {
    Listener listener = relaying(NODE);
    keep(client, CLIENT, at(listener), refusing());
    Cutter wire = wire(listener);
    keep(node, NODE, wire.endpoint(), storing());
    wire.still(true);
    wire.cut();
    watch.expect("away " + NODE);

    var small = sending(client, at(listener), 10);
    var large = sending(client, at(listener), LARGE);
    wire.still(false);
    wire.cut();

    assertEquals(10, Net.result(small));
    assertEquals(LARGE, Net.result(large));
  }

  @Test
  void theEndOfTheReceiversSessionEndsTheFile() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Listener listener = relaying(NODE);
    keep(client, CLIENT, at(listener), refusing());
    keep(
        node,
        NODE,
        at(listener),
        FakeReceiver.ofFiles(put -> FileAnswer.accept(new HeldUp(sink(put), begun, goOn))));
    var sent = sending(client, at(listener), 60 << 20);
    begun.await();

    service.endSession(NODE, "node:27182 is lost");
    goOn.countDown();

    assertInstanceOf(ConnectionLostException.class, Net.failure(sent));
  }

  @Test
  void theEndOfTheSendersSessionEndsTheFile() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Listener listener = relaying(NODE);
    Session session = keep(client, CLIENT, at(listener), refusing());
    keep(
        node,
        NODE,
        at(listener),
        FakeReceiver.ofFiles(put -> FileAnswer.accept(new HeldUp(sink(put), begun, goOn))));
    var sent = sending(client, at(listener), 60 << 20);
    begun.await();

    session.close();
    goOn.countDown();

    assertInstanceOf(ConnectionLostException.class, Net.failure(sent));
    assertInstanceOf(ConnectionLostException.class, Net.failure(sinks.take().stored()));
  }

  @Test
  void aSenderWithoutSessionLearnsThatTheReceiverIsLost() throws Exception {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Listener listener = relaying(NODE);
    keep(
        node,
        NODE,
        at(listener),
        FakeReceiver.ofFiles(put -> FileAnswer.accept(new HeldUp(sink(put), begun, goOn))));
    var sent = sending(client, at(listener), 60 << 20);
    begun.await();

    service.endSession(NODE, "node:27182 is lost");
    goOn.countDown();

    Throwable failure = Net.failure(sent);
    assertTrue(failure.getMessage().contains("node:27182 is lost"), failure.getMessage());
  }

  private Listener relaying(Endpoint receiver) {
    return service.listen(
        ListenSettings.on(0)
            .withSessions(
                (registration, offer, peer) ->
                    new SessionAdmission.Admitted(Principal.LOCAL, Duration.ofMinutes(10)),
                watch),
        FakeReceiver.ofFiles(put -> FileAnswer.relay(receiver, put)));
  }

  private Session keep(
      Transport transport, Endpoint as, Endpoint acceptor, MessageReceiver receiver)
      throws InterruptedException {
    var registration =
        new RegistryOperation(
            as,
            SERVICE,
            RegistryOperation.Kind.REGISTER,
            RegistryOperation.Remote.CLIENT,
            Optional.empty());
    var owner = new KeptWatch();
    Session session =
        transport.keep(
            SessionWish.with(acceptor, () -> registration)
                .withLimits(
                    SessionLimits.DEFAULT
                        .withLongestPause(Duration.ofMillis(20))
                        .withAnswer(Duration.ofSeconds(20))),
            receiver,
            owner);
    owner.expect("established");
    watch.expect("opened " + as);
    return session;
  }

  /** A wire that is cut by itself, the more rarely the longer it goes on. */
  private Cutter wire(Listener to, Random random) {
    var cuts = new AtomicInteger();
    var cutter =
        new Cutter(
            to.port(),
            () -> {
              synchronized (random) {
                return cuts.getAndIncrement() > 24 ? -1 : 2_000 + random.nextInt(3 << 20);
              }
            });
    cutters.add(cutter);
    return cutter;
  }

  private Cutter wire(Listener to) {
    var cutter = new Cutter(to.port(), () -> -1);
    cutters.add(cutter);
    return cutter;
  }

  private long send(Transport from, Endpoint to, int size) throws IOException {
    return Net.result(sending(from, to, size));
  }

  private CompletableFuture<Long> sending(Transport from, Endpoint to, int size)
      throws IOException {
    Path source = Files.write(directory.resolve("source" + size), content(size));
    return from.sendFile(to, put("a" + size, -1), FileSource.of(source));
  }

  private static FileOperation put(String name, long size) {
    return new FileOperation(
        CLIENT, NODE, FileOperation.Kind.PUT, NIGHTLY, new FileReference(name, "", size));
  }

  private static FakeReceiver refusing() {
    return FakeReceiver.ofMessages();
  }

  private FakeReceiver storing() {
    return FakeReceiver.ofFiles(put -> FileAnswer.accept(sink(put)));
  }

  private PathSink sink(FileOperation put) {
    var sink = PathSink.into(target(put.file().name()), put.file().size());
    sinks.add(sink);
    return sink;
  }

  private Path target(String name) {
    return directory.resolve(name + ".stored");
  }

  private byte[] stored() throws Exception {
    PathSink sink = sinks.poll(60, TimeUnit.SECONDS);
    return Files.readAllBytes(Net.result(Optional.ofNullable(sink).orElseThrow().stored()));
  }
}
