package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.CLIENT;
import static com.nokia.ci.tas.commons.transport.Net.SERVICE;
import static com.nokia.ci.tas.commons.transport.Net.at;
import static com.nokia.ci.tas.commons.transport.Net.text;
import static com.nokia.ci.tas.commons.transport.SessionRig.LONG;
import static com.nokia.ci.tas.commons.transport.SessionRig.QUICK;
import static com.nokia.ci.tas.commons.transport.SessionRig.REGISTRATION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.Closing;
import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.message.TextMessage;
import com.nokia.ci.tas.commons.model.ConnectionLostException;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.FileReference;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.model.ProtocolException;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two programs and the session between them, over real sockets. */
@Timeout(120)
final class SessionTest {
  private final Net net = new Net();
  private final Transport near = net.transport();
  private final Transport far = net.transport();
  private final FakeReceiver heardNear = FakeReceiver.ofMessages();
  private FakeReceiver heardFar = FakeReceiver.ofMessages();
  private final KeptWatch owner = new KeptWatch();
  private final KeptWatch watch = new KeptWatch();
  private final List<Cutter> cutters = new ArrayList<>();

  @AfterEach
  void closeEverything() {
    Closing.all(() -> Closing.all(cutters.toArray(AutoCloseable[]::new)), net);
  }

  private Listener accept(Duration retention, SessionLimits limits) {
    return far.listen(
        ListenSettings.on(0).withSessions(SessionRig.admitting(retention), watch, limits),
        heardFar);
  }

  private Listener accept() {
    return accept(LONG, SessionLimits.DEFAULT);
  }

  private Cutter wire(Listener to) {
    var cutter = new Cutter(to.port(), () -> -1);
    cutters.add(cutter);
    return cutter;
  }

  private Session keep(Endpoint acceptor) {
    return near.keep(
        SessionWish.with(acceptor, () -> REGISTRATION).withLimits(QUICK), heardNear, owner);
  }

  private Session established(Endpoint acceptor) throws InterruptedException {
    Session session = keep(acceptor);
    owner.expect("established");
    watch.expect("opened " + CLIENT);
    assertEquals(REGISTRATION, heardFar.next());
    return session;
  }

  @Test
  void bothSidesSpeakOnOneConnection() throws Exception {
    Cutter wire = wire(accept());
    Session session = established(wire.endpoint());

    Net.result(near.send(wire.endpoint(), text("to the service"), Dialect.ESCAPED));
    Net.result(far.send(CLIENT, text("to the client"), Dialect.ESCAPED));

    assertEquals(text("to the service"), heardFar.next());
    assertEquals(text("to the client"), heardNear.next());
    assertEquals(1, wire.connections());
    assertEquals(Optional.of(CLIENT), session.you());
    assertTrue(session.isLive());
  }

  @Test
  void theReceiverLearnsWhoseSessionItIs() throws Exception {
    var peers = new LinkedBlockingQueue<Peer>();
    heardFar = heardFar.telling((message, peer) -> peers.add(peer));
    Listener listener =
        far.listen(ListenSettings.on(0).withSessions(SessionRig.admitting(LONG), watch), heardFar);
    keep(at(listener));
    owner.expect("established");
    Net.result(
        near.send(
            at(listener),
            new TextMessage(new Endpoint("pretender", 1), SERVICE, Net.NIGHTLY, "x"),
            Dialect.ESCAPED));

    Peer peer = peers.take();
    assertEquals(
        Optional.of(new SessionIdentity(CLIENT, Optional.of(Principal.LOCAL))), peer.session());
    assertFalse(peer.secure());
    heardFar.next();
    assertEquals(CLIENT, heardFar.next().sender());
  }

  @Test
  void whatIsSaidWhileTheConnectionIsGoneArrivesOnceItIsBack() throws Exception {
    Listener listener = accept();
    Cutter wire = wire(listener);
    established(wire.endpoint());

    wire.cut();
    owner.expect("away");
    CompletableFuture<Void> up =
        near.send(wire.endpoint(), text("said near while away"), Dialect.ESCAPED);
    CompletableFuture<Void> down = far.send(CLIENT, text("said far while away"), Dialect.ESCAPED);

    owner.expect("returned");
    Net.result(up);
    Net.result(down);
    assertEquals(text("said near while away"), heardFar.next());
    assertEquals(text("said far while away"), heardNear.next());
    watch.expect("away " + CLIENT);
    watch.expect("resumed " + CLIENT);
    assertTrue(heardFar.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nothingIsLostAndNothingDoubledHoweverOftenTheWireIsCut(long seed) throws Exception {
    var random = new Random(seed);
    Listener listener = accept();
    var wire = new Cutter(listener.port(), () -> cutAt(random));
    cutters.add(wire);
    keep(wire.endpoint());
    owner.expect("established");
    heardFar.next();

    var expected = new ArrayList<String>();
    var results = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < 400; i++) {
      String line = "line " + i + " " + "x".repeat(i % 50 == 0 ? 70_000 : i);
      expected.add(line);
      results.add(near.send(wire.endpoint(), text(line), Dialect.ESCAPED));
      results.add(far.send(CLIENT, text(line), Dialect.ESCAPED));
    }
    results.forEach(Net::result);

    assertEquals(expected, heardFar.nextTexts(400), "seed " + seed);
    assertEquals(expected, heardNear.nextTexts(400), "seed " + seed);
    assertTrue(heardFar.isEmpty() && heardNear.isEmpty(), "seed " + seed);
    assertTrue(wire.connections() > 2, wire.connections() + " connections, seed " + seed);
  }

  private static int cutAt(Random random) {
    synchronized (random) {
      return 2_000 + random.nextInt(300_000);
    }
  }

  @Test
  void aSilentConnectionIsReplaced() throws Exception {
    Listener listener = accept(LONG, SessionLimits.DEFAULT.withSilence(Duration.ofMillis(300)));
    Cutter wire = wire(listener);
    established(wire.endpoint());

    wire.still(true);
    owner.expect("away");
    watch.expect("away " + CLIENT);
    wire.still(false);

    owner.expect("returned");
    watch.expect("resumed " + CLIENT);
  }

  @Test
  void anIdleConnectionIsKept() throws Exception {
    Listener listener = accept(LONG, SessionLimits.DEFAULT.withSilence(Duration.ofSeconds(3)));
    Cutter wire = wire(listener);
    Session session = established(wire.endpoint());

    String told = owner.told.poll(4, TimeUnit.SECONDS);

    assertEquals(null, told);
    assertTrue(session.isLive());
    assertEquals(1, wire.connections());
  }

  @Test
  void anAcceptorThatWasRestartedIsToldAnewWhatItDidNotAcknowledge() throws Exception {
    Listener listener = accept();
    Cutter wire = wire(listener);
    Session session = established(wire.endpoint());
    wire.still(true);
    CompletableFuture<Void> sent =
        near.send(wire.endpoint(), text("not acknowledged"), Dialect.ESCAPED);
    wire.cut();
    far.close();
    wire.still(false);
    Transport restarted = net.transport();
    var heard = FakeReceiver.ofMessages();
    Net.until(() -> listens(restarted, listener.port(), heard));

    owner.expect("away");
    owner.expect("established");
    Net.result(sent);
    assertEquals(REGISTRATION, heard.next());
    assertEquals(text("not acknowledged"), heard.next());
    assertTrue(session.isLive());
    assertFalse(
        owner.welcomes.take().acceptor().equals(owner.welcomes.take().acceptor()), "one acceptor");
  }

  @Test
  void theSameFileOfAnAcceptorThatWasRestartedIsAnotherFile(@TempDir Path directory)
      throws Exception {
    Listener listener = accept();
    Cutter wire = wire(listener);
    var asked = new AtomicInteger();
    near.keep(
        SessionWish.with(wire.endpoint(), () -> REGISTRATION).withLimits(QUICK),
        FakeReceiver.ofFiles(
            put ->
                FileAnswer.accept(
                    PathSink.into(directory.resolve("copy" + asked.incrementAndGet()), 5))),
        owner);
    watch.expect("opened " + CLIENT);
    owner.expect("established");
    Path source = Files.writeString(directory.resolve("source"), "bytes");
    var put = Net.put("a.zip", FileReference.UNKNOWN_SIZE);
    Net.result(far.sendFile(CLIENT, put, FileSource.of(source)));
    wire.still(true);
    wire.cut();
    far.close();
    wire.still(false);
    Transport restarted = net.transport();
    var heard = FakeReceiver.ofMessages();
    Net.until(() -> listens(restarted, listener.port(), heard));
    assertEquals(REGISTRATION, heard.next());

    Net.result(restarted.sendFile(CLIENT, put, FileSource.of(source)));

    assertEquals("bytes", Files.readString(directory.resolve("copy2")));
  }

  private boolean listens(Transport transport, int port, FakeReceiver heard) {
    try {
      transport.listen(
          ListenSettings.on(port).withSessions(SessionRig.admitting(LONG), new KeptWatch()), heard);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Test
  void anAcceptorWithoutSessionsIsPlain() throws Exception {
    Listener listener = far.listen(ListenSettings.on(0), heardFar);
    keep(at(listener));

    owner.expect("plain from 127.0.0.1");
    assertEquals(REGISTRATION, withoutOffer(heardFar.next()));
    Net.result(near.send(at(listener), text("plainly"), Dialect.ESCAPED));
    assertEquals(text("plainly"), heardFar.next());
  }

  private static RegistryOperation withoutOffer(Object message) {
    return SessionDoor.plain((RegistryOperation) message);
  }

  @Test
  void anAcceptorThatDoesNotAnswerIsPlain() throws Exception {
    try (var port = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      near.keep(
          SessionWish.with(new Endpoint("127.0.0.1", port.getLocalPort()), () -> REGISTRATION)
              .withLimits(QUICK.withAnswer(Duration.ofMillis(50))),
          heardNear,
          owner);
      try (Socket accepted = port.accept()) {
        owner.expect("plain from 127.0.0.1");
        String registration =
            new String(accepted.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(registration.contains("<session>1 instance="), registration);
      }
    }
  }

  @Test
  void anAcceptorThatHasKeptASessionIsNotTakenForAPlainOneBecauseItIsSlow() throws Exception {
    Cutter wire = wire(accept());
    established(wire.endpoint()).close();
    wire.still(true);
    SessionLimits hasty = QUICK.withAnswer(Duration.ofMillis(50)).withOffer(Duration.ofSeconds(2));
    near.keep(
        SessionWish.with(wire.endpoint(), () -> REGISTRATION).withLimits(hasty), heardNear, owner);
    aStrangerIsTakenForAPlainOne(SessionWish.with(wire.endpoint(), () -> REGISTRATION), hasty);

    wire.still(false);

    assertEquals("established", nextButAway());
  }

  @Test
  void whoIsSaidToKeepSessionsIsNotTakenForAPlainOneBecauseItIsSlow() throws Exception {
    Cutter wire = wire(accept());
    wire.still(true);
    SessionLimits hasty = QUICK.withAnswer(Duration.ofMillis(50)).withOffer(Duration.ofSeconds(2));
    var wish = SessionWish.with(wire.endpoint(), () -> REGISTRATION).withLimits(hasty);
    near.keep(wish.withoutPlain(), heardNear, owner);
    aStrangerIsTakenForAPlainOne(wish, hasty);

    wire.still(false);

    assertEquals("established", nextButAway());
  }

  private String nextButAway() throws InterruptedException {
    String next = owner.told.poll(60, TimeUnit.SECONDS);
    while ("away".equals(next)) {
      next = owner.told.poll(60, TimeUnit.SECONDS);
    }
    return next;
  }

  /** Another one who does not answer, later than the first, is plain by now. */
  private void aStrangerIsTakenForAPlainOne(SessionWish like, SessionLimits limits)
      throws Exception {
    var other = new KeptWatch();
    try (var port = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var silent = new Endpoint("127.0.0.1", port.getLocalPort());
      near.keep(SessionWish.with(silent, like.registration()).withLimits(limits), heardNear, other);
      other.expect("plain from 127.0.0.1");
    }
  }

  @Test
  void whoHasKeptASessionAndClosesTwiceWithoutAnAnswerSpeaksPlainlyNow() throws Exception {
    Listener listener = accept();
    Cutter wire = wire(listener);
    established(wire.endpoint()).close();
    far.close();
    Transport earlier = net.transport();
    Net.until(
        () -> {
          try {
            earlier.listen(ListenSettings.on(listener.port()), FakeReceiver.ofMessages());
            return true;
          } catch (RuntimeException stillTaken) {
            return false;
          }
        });

    keep(wire.endpoint());

    owner.expect("plain from 127.0.0.1");
  }

  @Test
  void aPlainPeerIsHeardAsBefore() throws Exception {
    Listener listener = accept();

    Net.result(near.send(at(listener), REGISTRATION, Dialect.ESCAPED));
    Net.result(near.send(at(listener), text("hello"), Dialect.ESCAPED));

    assertEquals(REGISTRATION, heardFar.next());
    assertEquals(text("hello"), heardFar.next());
    assertTrue(watch.told.isEmpty());
  }

  @Test
  void aPlainRegistrationEndsTheSessionOfItsAddress() throws Exception {
    Listener listener = accept();
    established(at(listener));

    try (Transport other = Transport.create(TransportSettings.defaults())) {
      Net.result(other.send(at(listener), REGISTRATION, Dialect.ESCAPED));
    }

    watch.expect("ended " + CLIENT + ": its peer has registered without a session");
    assertEquals(REGISTRATION, heardFar.next());
    owner.expect(
        "ended: "
            + at(listener)
            + " has ended the session: its peer has registered without a session");
  }

  @Test
  void aSessionThatIsClosedIsOverAtOnce() throws Exception {
    Listener listener = accept();
    Session session = established(at(listener));

    session.close();

    watch.expect("ended " + CLIENT + ": " + CLIENT + " has ended the session");
    assertTrue(owner.told.isEmpty());
  }

  @Test
  void aSessionThatStaysAwayTooLongIsOver() throws Exception {
    Listener listener = accept(Duration.ofSeconds(2), SessionLimits.DEFAULT);
    Cutter wire = wire(listener);
    established(wire.endpoint());
    wire.still(true);
    wire.close();
    watch.expect("away " + CLIENT);
    CompletableFuture<Void> waiting = far.send(CLIENT, text("too late"), Dialect.ESCAPED);
    CompletableFuture<Void> waitingNear =
        near.send(wire.endpoint(), text("too late"), Dialect.ESCAPED);

    watch.expect("ended " + CLIENT + ": it was away for 2000 ms");
    assertEquals(
        "the session with " + CLIENT + " has ended: it was away for 2000 ms",
        Net.failure(waiting).getMessage());
    assertEquals(
        wire.endpoint() + " could not be reached for 2000 ms",
        Net.failure(waitingNear).getMessage());
  }

  @Test
  void anEndedSessionFailsWhatWaits() throws Exception {
    Listener listener = accept();
    Cutter wire = wire(listener);
    established(wire.endpoint());
    wire.still(true);
    CompletableFuture<Void> waiting = far.send(CLIENT, text("in vain"), Dialect.ESCAPED);

    far.endSession(CLIENT, "nobody wants it");

    watch.expect("ended " + CLIENT + ": nobody wants it");
    assertEquals(ConnectionLostException.class, Net.failure(waiting).getClass());
  }

  @Test
  void aRefusalReachesTheOwner() throws Exception {
    Listener listener =
        far.listen(
            ListenSettings.on(0)
                .withSessions(
                    (registration, offer, peer) ->
                        new SessionAdmission.Refused("make keys with tas keys"),
                    watch),
            heardFar);
    keep(at(listener));

    owner.expect("refused: make keys with tas keys");
    assertTrue(heardFar.isEmpty());
  }

  @Test
  void aStrangerThatMayNotSpeakPlainlyMayOfferASession() throws Exception {
    heardFar = heardFar.admitting(peer -> Optional.of("no plain peers"));
    Listener listener =
        far.listen(ListenSettings.on(0).withSessions(SessionRig.admitting(LONG), watch), heardFar);

    Transport plain = net.transport(Net.PATIENT);
    Throwable refusal = Net.failure(plain.send(at(listener), text("hello"), Dialect.ESCAPED));
    established(at(listener));

    assertEquals(at(listener) + " refused: no plain peers", refusal.getMessage());
    assertEquals("no plain peers\n", net.connect(listener).send("<a></message>").answer());
  }

  @Test
  void aMessageThatIsRefusedHoldsNothingUp() throws Exception {
    heardFar =
        heardFar.telling(
            (message, peer) -> {
              if (message.equals(text("bad"))) {
                throw new ProtocolException("not like that");
              }
            });
    Listener listener = accept();
    established(at(listener));

    CompletableFuture<Void> bad = near.send(at(listener), text("bad"), Dialect.ESCAPED);
    Net.result(near.send(at(listener), text("good"), Dialect.ESCAPED));

    assertEquals(at(listener) + " refused: not like that", Net.failure(bad).getMessage());
  }

  @Test
  void noAcknowledgementOvertakesARefusal() throws Exception {
    var inGoodHands = new CompletableFuture<Void>();
    heardFar =
        heardFar
            .telling(
                (message, peer) -> {
                  if (message.equals(text("bad"))) {
                    throw new ProtocolException("not like that");
                  }
                })
            .settlingWith(() -> inGoodHands);
    Listener listener = accept();
    keep(at(listener));
    owner.expect("established");

    CompletableFuture<Void> bad = near.send(at(listener), text("bad"), Dialect.ESCAPED);
    CompletableFuture<Void> good = near.send(at(listener), text("good"), Dialect.ESCAPED);
    assertEquals(REGISTRATION, heardFar.next());
    assertEquals(text("bad"), heardFar.next());
    assertEquals(text("good"), heardFar.next());
    inGoodHands.complete(null);

    Net.result(good);
    assertEquals(at(listener) + " refused: not like that", Net.failure(bad).getMessage());
  }

  @Test
  void aRefusalThatIsLostWithItsConnectionIsSaidAgainOnTheNext() throws Exception {
    var inGoodHands = new CompletableFuture<Void>();
    var settled = new AtomicReference<CompletableFuture<Void>>(inGoodHands);
    heardFar =
        heardFar
            .telling(
                (message, peer) -> {
                  if (message.equals(text("bad"))) {
                    throw new ProtocolException("not like that");
                  }
                })
            .settlingWith(settled::get);
    Cutter wire = wire(accept());
    established(wire.endpoint());

    CompletableFuture<Void> first = near.send(wire.endpoint(), text("first"), Dialect.ESCAPED);
    CompletableFuture<Void> bad = near.send(wire.endpoint(), text("bad"), Dialect.ESCAPED);
    CompletableFuture<Void> last = near.send(wire.endpoint(), text("last"), Dialect.ESCAPED);
    assertEquals(text("first"), heardFar.next());
    assertEquals(text("bad"), heardFar.next());
    assertEquals(text("last"), heardFar.next());
    settled.set(CompletableFuture.completedFuture(null));
    wire.cut();
    owner.expect("away");
    watch.expect("away " + CLIENT);
    inGoodHands.complete(null);

    assertEquals(wire.endpoint() + " refused: not like that", Net.failure(bad).getMessage());
    Net.result(first);
    Net.result(last);
    Net.result(near.send(wire.endpoint(), text("afterwards"), Dialect.ESCAPED));
    assertEquals(text("afterwards"), heardFar.next());
  }

  @Test
  void whatIsSaidToARoutedPeerGoesOverTheSession() throws Exception {
    Listener listener = accept();
    established(at(listener));
    var node = new Endpoint("node.example.org", 27182);
    near.route(node, at(listener));
    var message = new TextMessage(CLIENT, node, Net.NIGHTLY, "for the node");

    Net.result(near.send(node, message, Dialect.ESCAPED));
    Net.result(near.probe(node));

    assertEquals(message, heardFar.next());
    near.unroute(node);
    near.route(node, new Endpoint("nobody.example.org", 1));
    assertEquals(
        node + " is reached through nobody.example.org:1, with whom there is no session",
        Net.failure(near.send(node, message, Dialect.ESCAPED)).getMessage());
  }

  @Test
  void aProbeTellsWhetherThereIsAConnectionNow() throws Exception {
    Listener listener = accept();
    Cutter wire = wire(listener);
    established(wire.endpoint());
    assertTrue(Net.result(far.probe(CLIENT)).isLoopbackAddress());

    wire.close();
    watch.expect("away " + CLIENT);

    assertEquals(
        "there is no connection of the session that leads to " + CLIENT,
        Net.failure(far.probe(CLIENT)).getMessage());
  }

  @Test
  void aSecondPeerOfTheSameNameGetsAnother() throws Exception {
    Listener listener = accept();
    established(at(listener));
    Transport third = net.transport();
    var other = new KeptWatch();
    Session second =
        third.keep(
            SessionWish.with(at(listener), () -> REGISTRATION).withLimits(QUICK),
            FakeReceiver.ofMessages(),
            other);

    other.expect("established");
    var twin = new Endpoint(CLIENT.host() + "~2", CLIENT.port());
    assertEquals(Optional.of(twin), second.you());
    watch.expect("opened " + twin);
    assertEquals(twin, heardFar.next().sender());
  }

  @Test
  void aProgramThatWasRestartedGetsItsNameBack() throws Exception {
    Listener listener = accept();
    Cutter wire = wire(listener);
    Transport crashing = Transport.create(TransportSettings.defaults());
    crashing.keep(
        SessionWish.with(wire.endpoint(), () -> REGISTRATION).withLimits(QUICK),
        FakeReceiver.ofMessages(),
        owner);
    owner.expect("established");
    watch.expect("opened " + CLIENT);
    crashing.close();
    watch.expect("away " + CLIENT);
    heardFar.next();

    Session again = keep(at(listener));

    watch.expect("ended " + CLIENT + ": a new session has taken its place");
    watch.expect("opened " + CLIENT);
    Net.until(() -> again.you().isPresent());
    assertEquals(Optional.of(CLIENT), again.you());
  }

  @Test
  void aLostWelcomeLeavesAPlainPeer() throws Exception {
    Listener listener = accept();

    RawPeer impatient = net.connect(listener);
    impatient.send(Net.encoded(REGISTRATION.offering(SessionOffer.of("0".repeat(32)))));
    impatient.close();

    assertEquals(REGISTRATION, heardFar.next());
    assertTrue(watch.told.isEmpty());
  }

  @Test
  void moreThanMayWaitIsDeclined() throws Exception {
    Listener listener = accept();
    Cutter wire = wire(listener);
    Transport small = net.transport(Caps.DEFAULT.withOutbox(3, 1 << 20));
    small.keep(
        SessionWish.with(wire.endpoint(), () -> REGISTRATION).withLimits(QUICK), heardNear, owner);
    owner.expect("established");
    wire.close();
    owner.expect("away");

    var waiting = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < 3; i++) {
      waiting.add(small.send(wire.endpoint(), text("line " + i), Dialect.ESCAPED));
    }
    Throwable declined =
        Net.failure(small.send(wire.endpoint(), text("one too many"), Dialect.ESCAPED));

    assertTrue(
        declined.getMessage().startsWith("too much waits for " + wire.endpoint() + ": 3 entries"),
        declined.getMessage());
    assertFalse(waiting.stream().anyMatch(CompletableFuture::isDone));
  }

  /** It would be declined again and again, and hold up everything behind it. */
  @Test
  void aMessageThatNoPeerTakesIsNotSent() throws Exception {
    Listener listener = accept();
    established(at(listener));

    Throwable declined =
        Net.failure(near.send(at(listener), text("x".repeat(5 << 20)), Dialect.ESCAPED));
    Net.result(near.send(at(listener), text("next"), Dialect.ESCAPED));

    assertTrue(declined.getMessage().contains("is longer than the 4194304"), declined.toString());
    assertEquals(text("next"), heardFar.next());
  }

  @Test
  void closingFailsWhatWaits() throws Exception {
    Listener listener = accept();
    Cutter wire = wire(listener);
    established(wire.endpoint());
    wire.still(true);
    CompletableFuture<Void> sending = near.send(wire.endpoint(), text("late"), Dialect.ESCAPED);

    near.close();

    assertEquals(ConnectionLostException.class, Net.failure(sending).getClass());
    owner.expect("ended: this program is ending");
  }

  @Test
  void oneLongMessageDoesNotMixUpTheOrder() throws Exception {
    Listener listener = accept();
    established(at(listener));
    var expected = new ArrayList<String>();
    for (int i = 0; i < 20; i++) {
      String line = i + "x".repeat(i % 3 == 0 ? 200_000 : 10);
      expected.add(line);
      near.send(at(listener), text(line), Dialect.ESCAPED);
    }

    assertEquals(expected, heardFar.nextTexts(20));
  }
}
