package com.nokia.ci.tas.commons.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

final class TlsTest {
  private static final FarmKey NODE = TestFarmKeys.node();
  private static final FarmKey CLIENT = TestFarmKeys.client();

  @Test
  void peerAndServiceOfOneFarmTrustEachOtherAndSpeakTls13() throws SSLException {
    var outcome = shake(NODE.towardsService(), TestFarmKeys.service());
    assertEquals(
        new Handshake.Outcome("TLSv1.3", NODE.identity().map(Identity::certificate)), outcome);
  }

  @Test
  void peerWithATokenAloneIsLetInToShowIt() throws SSLException {
    var tokenAlone = new FarmKey(NODE.authority(), Optional.empty(), NODE.token());
    var outcome = shake(tokenAlone.towardsService(), TestFarmKeys.service());
    assertEquals(Optional.empty(), outcome.dialer());
  }

  @Test
  void serviceOfAnotherFarmIsNotTrusted() {
    String complaint = failure(NODE.towardsService(), TestFarmKeys.strangeService());
    assertTrue(complaint.contains("belongs to another farm"), complaint);
  }

  @Test
  void peersCertificateCannotPoseAsTheService() {
    String complaint = failure(NODE.towardsService(), CLIENT.asAcceptor());
    assertTrue(complaint.contains("it is not the service"), complaint);
  }

  @Test
  void servicesCertificateCannotPoseAsAPeer() {
    var service = TestFarmKeys.serviceIdentity();
    var posing = new FarmKey(NODE.authority(), Optional.of(service), Optional.empty());
    String complaint = failure(posing.towardsService(), TestFarmKeys.service());
    assertTrue(complaint.contains("none for a peer"), complaint);
  }

  @Test
  void peerOfAnotherFarmIsNotTrusted() {
    var chain =
        new X509Certificate[] {TestFarmKeys.stranger().identity().orElseThrow().certificate()};
    var trust = new FarmTrust(NODE.authority(), InstantSource.system());
    var failure =
        assertThrows(CertificateException.class, () -> trust.checkClientTrusted(chain, "EC"));
    assertTrue(failure.getMessage().contains("belongs to another farm"), failure.getMessage());
  }

  @Test
  void authorityItselfIsNoPeerAndNoService() {
    var chain = new X509Certificate[] {NODE.authority()};
    var trust = new FarmTrust(NODE.authority(), InstantSource.system());
    assertThrows(CertificateException.class, () -> trust.checkClientTrusted(chain, "EC"));
    assertThrows(CertificateException.class, () -> trust.checkServerTrusted(chain, "EC"));
  }

  @Test
  void expiredServiceIsNotTrustedAndTheSentenceNamesTheRemedy() {
    var late = InstantSource.fixed(Instant.parse("2120-01-01T00:00:00Z"));
    var tls =
        Tls.of(NODE.identity(), new FarmTrust(NODE.authority(), late), Tls.PeerCertificates.NONE);
    String complaint = failure(tls, TestFarmKeys.service());
    assertTrue(complaint.contains("expired on 2119-01-01T00:00:00Z"), complaint);
    assertTrue(complaint.contains("tas keys renew"), complaint);
  }

  @Test
  void serviceWhoseCertificateIsNotYetGoodIsNotTrusted() {
    var early = InstantSource.fixed(Instant.parse("2019-01-01T00:00:00Z"));
    var tls =
        Tls.of(NODE.identity(), new FarmTrust(NODE.authority(), early), Tls.PeerCertificates.NONE);
    String complaint = failure(tls, TestFarmKeys.service());
    assertTrue(complaint.contains("one of the two clocks is wrong"), complaint);
  }

  @Test
  void pinnedClientIsReachedAndNobodyElse() throws SSLException {
    String digest = CLIENT.certificateSha256().orElseThrow();
    var outcome = shake(Tls.pinned(NODE, digest), CLIENT.asAcceptor());
    assertEquals(NODE.identity().map(Identity::certificate), outcome.dialer());
    String complaint = failure(Tls.pinned(NODE, digest), NODE.asAcceptor());
    assertTrue(complaint.contains("another certificate"), complaint);
  }

  @Test
  void nodeWithoutAKeyFileReachesAPinnedClient() throws SSLException {
    String digest = CLIENT.certificateSha256().orElseThrow();
    var outcome = shake(Tls.pinned(Optional.empty(), digest), CLIENT.asAcceptor());
    assertEquals(Optional.empty(), outcome.dialer());
  }

  @Test
  void olderTlsIsNotSpoken() {
    SSLEngine dialing = NODE.towardsService().context().createSSLEngine();
    dialing.setUseClientMode(true);
    assertThrows(
        SSLException.class,
        () -> {
          var parameters = dialing.getSSLParameters();
          parameters.setProtocols(new String[] {"TLSv1.2"});
          dialing.setSSLParameters(parameters);
          Handshake.between(dialing, TestFarmKeys.service().acceptingEngine());
        });
  }

  @Test
  void onlyADigestCanBePinned() {
    assertThrows(IllegalArgumentException.class, () -> Tls.pinned(NODE, "12"));
    assertThrows(IllegalArgumentException.class, () -> Tls.pinned(NODE, "g".repeat(64)));
  }

  private static Handshake.Outcome shake(Tls dialing, Tls accepting) throws SSLException {
    return Handshake.between(dialing.dialingEngine(), accepting.acceptingEngine());
  }

  private static String failure(Tls dialing, Tls accepting) {
    Throwable failure = assertThrows(SSLException.class, () -> shake(dialing, accepting));
    return String.valueOf(failure.getMessage());
  }
}
