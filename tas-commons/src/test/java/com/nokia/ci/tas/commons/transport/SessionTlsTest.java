package com.nokia.ci.tas.commons.transport;

import static com.nokia.ci.tas.commons.transport.Net.CLIENT;
import static com.nokia.ci.tas.commons.transport.Net.at;
import static com.nokia.ci.tas.commons.transport.Net.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.trust.FarmKey;
import com.nokia.ci.tas.commons.trust.Identity;
import com.nokia.ci.tas.commons.trust.TestFarmKeys;
import com.nokia.ci.tas.commons.trust.Tls;
import com.nokia.ci.tas.commons.xml.Dialect;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions over TLS, on the port that speaks everything else. */
@Timeout(120)
final class SessionTlsTest {
  private static final FarmKey NODE = TestFarmKeys.node();

  private final Net net = new Net();
  private final Transport near = net.transport();
  private final Transport far = net.transport();
  private final KeptWatch owner = new KeptWatch();
  private final KeptWatch watch = new KeptWatch();
  private final FakeReceiver heardNear = FakeReceiver.ofMessages();
  private final FakeReceiver heardFar = FakeReceiver.ofMessages();
  private final LinkedBlockingQueue<Optional<String>> tokens = new LinkedBlockingQueue<>();

  @AfterEach
  void closeEverything() throws IOException {
    net.close();
  }

  private Listener accept() {
    return far.listen(
        ListenSettings.on(0)
            .withTls(TestFarmKeys.service())
            .withSessions(
                (registration, offer, peer) -> {
                  tokens.add(offer.token());
                  return new SessionAdmission.Admitted(Principal.LOCAL, SessionRig.LONG);
                },
                watch),
        heardFar);
  }

  private Session keep(com.nokia.ci.tas.commons.model.Endpoint acceptor, Tls tls) {
    return near.keep(
        SessionWish.with(acceptor, () -> SessionRig.REGISTRATION)
            .withLimits(SessionRig.QUICK)
            .withToken(Optional.of("tas-n-1"))
            .withTls(Optional.of(tls)),
        heardNear,
        owner);
  }

  @Test
  void aSessionOverTlsShowsTokenAndCertificate() throws Exception {
    Listener listener = accept();
    keep(at(listener), NODE.towardsService());
    owner.expect("established");
    watch.expect("opened " + CLIENT);

    Net.result(near.send(at(listener), text("up"), Dialect.ESCAPED));
    Net.result(far.send(CLIENT, text("down"), Dialect.ESCAPED));

    Peer peer = watch.peers.take();
    assertTrue(peer.secure());
    assertEquals(NODE.identity().map(Identity::certificate), peer.certificate());
    assertEquals(Optional.of("tas-n-1"), tokens.take());
    assertEquals(SessionRig.REGISTRATION, heardFar.next());
    assertEquals(text("up"), heardFar.next());
    assertEquals(text("down"), heardNear.next());
  }

  @Test
  void everythingElseIsUnderstoodOnTheSamePort() throws Exception {
    Listener listener = accept();
    keep(at(listener), NODE.towardsService());
    owner.expect("established");
    heardFar.next();

    Net.result(near.probe(at(listener)));
    try (Transport plain = Transport.create(TransportSettings.defaults())) {
      Net.result(plain.send(at(listener), text("plainly"), Dialect.ESCAPED));
    }

    assertEquals(text("plainly"), heardFar.next());
  }

  @Test
  void anAcceptorOfAnotherFarmIsToldNothing() throws Exception {
    Listener listener =
        far.listen(
            ListenSettings.on(0)
                .withTls(TestFarmKeys.strangeService())
                .withSessions(SessionRig.admitting(SessionRig.LONG), watch),
            heardFar);
    Session session = keep(at(listener), NODE.towardsService());

    owner.expect("away");
    session.close();
    assertTrue(heardFar.isEmpty() && watch.told.isEmpty());
  }

  @Test
  void anAcceptorWithoutTlsIsNotTakenForAPlainOne() throws Exception {
    Listener listener = far.listen(ListenSettings.on(0), heardFar);
    Session session = keep(at(listener), NODE.towardsService());

    owner.expect("away");
    session.close();
    assertTrue(heardFar.isEmpty());
  }

  @Test
  void nothingIsLostOverTlsEither() throws Exception {
    var random = new Random(11);
    Listener listener = accept();
    try (var wire = new Cutter(listener.port(), () -> 20_000 + random.nextInt(60_000))) {
      keep(wire.endpoint(), NODE.towardsService());
      owner.expect("established");
      heardFar.next();
      var expected = new ArrayList<String>();
      var results = new ArrayList<CompletableFuture<Void>>();
      for (int i = 0; i < 300; i++) {
        expected.add("line " + i + " " + "x".repeat(i));
        results.add(near.send(wire.endpoint(), text(expected.get(i)), Dialect.ESCAPED));
        results.add(far.send(CLIENT, text(expected.get(i)), Dialect.ESCAPED));
      }
      results.forEach(Net::result);

      assertEquals(expected, heardFar.nextTexts(300));
      assertEquals(expected, heardNear.nextTexts(300));
      assertTrue(wire.connections() > 1, wire.connections() + " connections");
    }
  }

  @Test
  void aHandshakeThatNeverEndsIsCutOff() throws Exception {
    Transport impatient = net.transport(Deadlines.DEFAULT.withFirstByte(Duration.ofMillis(100)));
    Listener listener =
        impatient.listen(ListenSettings.on(0).withTls(TestFarmKeys.service()), heardFar);

    net.connect(listener).send(new byte[] {0x16, 3, 1, 2, 0}).answer();

    assertEquals(List.of(), List.copyOf(watch.told));
  }
}
