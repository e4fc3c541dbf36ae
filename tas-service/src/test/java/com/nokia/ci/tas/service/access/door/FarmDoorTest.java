package com.nokia.ci.tas.service.access.door;

import static com.nokia.ci.tas.service.access.Keys.CLIENT;
import static com.nokia.ci.tas.service.access.Keys.CLIENT_TOKEN;
import static com.nokia.ci.tas.service.access.Keys.NODE;
import static com.nokia.ci.tas.service.access.Keys.NODE_TOKEN;
import static com.nokia.ci.tas.service.access.Keys.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.message.RegistryOperation;
import com.nokia.ci.tas.commons.message.RegistryOperation.Remote;
import com.nokia.ci.tas.commons.message.SessionOffer;
import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionAdmission.Admitted;
import com.nokia.ci.tas.commons.transport.SessionAdmission.Answer;
import com.nokia.ci.tas.commons.transport.SessionAdmission.Dropped;
import com.nokia.ci.tas.commons.transport.SessionAdmission.Plain;
import com.nokia.ci.tas.commons.transport.SessionAdmission.Refused;
import com.nokia.ci.tas.service.access.AccessBook;
import com.nokia.ci.tas.service.access.Keys;
import com.nokia.ci.tas.service.access.LogInFailures;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FarmDoorTest {
  private static final InetSocketAddress SERVICE = new InetSocketAddress("192.0.2.1", 31_415);
  private static final Peer LOCAL =
      new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_000), SERVICE);
  private static final Peer STRANGER =
      new Peer(new InetSocketAddress("198.51.100.7", 4_000), SERVICE);
  private static final Peer OVER_TLS = STRANGER.secured(Optional.empty());
  private static final Peer OF_PLAIN_NETWORK =
      new Peer(new InetSocketAddress("10.1.0.9", 4_000), SERVICE);
  private static final SessionOffer OFFER = SessionOffer.of("0".repeat(32));

  private AccessBook book = Keys.BOOK;
  private Instant now = T0.plus(Duration.ofDays(1));
  private boolean hasKeys = true;
  private final List<KeyId> used = new ArrayList<>();
  private final FarmDoor door =
      new FarmDoor(
          new FarmDoor.Surroundings(
              () -> book,
              () -> hasKeys,
              Peer::isLocal,
              peer -> peer.equals(OF_PLAIN_NETWORK),
              used::add,
              () -> now),
          new LogInFailures(() -> now));

  @Test
  void peerOfThisMachineNeedsNeitherTlsNorToken() {
    assertEquals(new Admitted(Principal.LOCAL), asNode(OFFER, LOCAL));
    assertEquals(new Admitted(Principal.LOCAL), asClient(OFFER, LOCAL));
  }

  @Test
  void peerOfThisMachineThatShowsATokenIsItsHolder() {
    assertEquals(new Admitted(CLIENT.holder()), asClient(with(CLIENT_TOKEN.text()), LOCAL));
    assertRefused(asClient(with("tas_0_0"), LOCAL), "not known to this service");
  }

  @Test
  void tokenOverTlsLetsAStrangerIn() {
    assertEquals(new Admitted(NODE.holder()), asNode(with(NODE_TOKEN.text()), OVER_TLS));
    assertEquals(new Admitted(CLIENT.holder()), asClient(with(CLIENT_TOKEN.text()), OVER_TLS));
    assertEquals(List.of(NODE.id(), CLIENT.id()), used);
  }

  @Test
  void tokenOverPlaintextFromAnotherMachineIsRefused() {
    assertRefused(
        asNode(with(NODE_TOKEN.text()), STRANGER),
        "over TLS alone",
        "FarmKey=FILE",
        "TAS_FARM_KEY");
    assertEquals(List.of(), used);
  }

  @Test
  void serviceWithoutKeysSaysHowToMakeThem() {
    hasKeys = false;
    assertRefused(asNode(OFFER, STRANGER), "this service has no keys", "tas keys");
  }

  @Test
  void strangerWhoShowsNothingIsToldWhatToShow() {
    assertRefused(asClient(OFFER, OVER_TLS), "a token or a client certificate", "tas keys client");
  }

  @Test
  void peerOfANetworkThatMaySpeakPlainlyIsHeardPlainly() {
    assertEquals(new Plain(), asNode(OFFER, OF_PLAIN_NETWORK));
  }

  @Test
  void keyOpensTheDoorOfItsKindAlone() {
    assertRefused(
        asNode(with(CLIENT_TOKEN.text()), OVER_TLS),
        "is for a client and this is a node",
        "tas keys node");
    assertRefused(
        asClient(with(NODE_TOKEN.text()), OVER_TLS),
        "is for a node and this is a client",
        "tas keys client");
    assertEquals(List.of(), used);
  }

  @Test
  void revokedAndExpiredKeysAreRefusedWithTheRemedy() {
    book = book.with(NODE.revokedAt(now));
    assertRefused(asNode(with(NODE_TOKEN.text()), OVER_TLS), "was revoked on", "tas keys node");
    now = CLIENT.life().expires();
    assertRefused(asClient(with(CLIENT_TOKEN.text()), OVER_TLS), "expired on", "tas keys renew");
  }

  @Test
  void whoeverGuessesOnIsDroppedWithoutAWordAndTheRightTokenStillOpens() {
    for (int i = 0; i < 20; i++) {
      assertInstanceOf(Refused.class, asNode(with("tas_0_" + i), OVER_TLS));
    }
    assertEquals(new Dropped(), asNode(with("tas_0_0"), OVER_TLS));
    assertEquals(new Admitted(NODE.holder()), asNode(with(NODE_TOKEN.text()), OVER_TLS));
  }

  private Answer asNode(SessionOffer offer, Peer peer) {
    return door.admit(registration(Remote.TEST_NODE, offer), offer, peer);
  }

  private Answer asClient(SessionOffer offer, Peer peer) {
    return door.admit(registration(Remote.CLIENT, offer), offer, peer);
  }

  private static RegistryOperation registration(Remote remote, SessionOffer offer) {
    return new RegistryOperation(
            new Endpoint("ci.example.org", 4_000),
            new Endpoint("tas.example.org", 31_415),
            RegistryOperation.Kind.REGISTER,
            remote,
            Optional.empty())
        .offering(offer);
  }

  private static SessionOffer with(String token) {
    return OFFER.withToken(Optional.of(token));
  }

  private static void assertRefused(Answer answer, String... parts) {
    String sentence = assertInstanceOf(Refused.class, answer).sentence();
    for (String part : parts) {
      assertTrue(sentence.contains(part), sentence);
    }
  }
}
