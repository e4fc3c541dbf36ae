package com.nokia.ci.tas.service.access.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.AccessRole;
import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.trust.Certificates;
import com.nokia.ci.tas.commons.trust.FarmKey;
import com.nokia.ci.tas.commons.trust.Identity;
import com.nokia.ci.tas.commons.trust.Tls;
import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.Credentials;
import com.nokia.ci.tas.service.access.Credentials.Known;
import com.nokia.ci.tas.service.access.store.AccessFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class FarmKeysTest {
  private static final KeyOrder CLIENT =
      new KeyOrder(
          AccessKey.Kind.CLIENT,
          "nightly",
          new AccessKey.Grant(Optional.of(AccessRole.OPERATE), Optional.empty(), Optional.empty()),
          Duration.ofDays(90));

  @TempDir Path directory;

  /** Certificates are good from a day before they are made, and TLS looks at the real time. */
  private Instant now = Instant.now();

  private FarmKeys keys;

  @BeforeEach
  void make() {
    keys = FarmKeys.in(directory.resolve("31415"), () -> now);
    keys.create("Lab 4", List.of("tas.example.org", "192.0.2.1", "::1"));
  }

  @Test
  void keyFileLetsItsHolderInOverTlsByTokenAndByCertificate() throws IOException {
    FarmKey client = farmKey(keys.make(CLIENT));
    try (var loopback = Loopback.listening(service())) {
      Optional<X509Certificate> shown = loopback.dial(client.towardsService());
      assertEquals(client.identity().map(Identity::certificate), shown);
      var credentials = new Credentials(AccessFile.in(directory.resolve("31415")).read(), now);
      var byCertificate = (Known) credentials.ofCertificate(shown.orElseThrow());
      assertEquals(byCertificate, credentials.ofToken(client.token().orElseThrow()));
      assertTrue(byCertificate.holder().rights().allow(AccessRole.OPERATE), "its role");
    }
  }

  @Test
  void peersCertificateCannotPoseAsTheServiceOnARealConnection() throws IOException {
    FarmKey node = farmKey(keys.make(KeyOrder.node("rack 4")));
    FarmKey client = farmKey(keys.make(CLIENT));
    try (var posing = Loopback.listening(node.asAcceptor())) {
      var failure = assertThrows(SSLException.class, () -> posing.dial(client.towardsService()));
      assertTrue(failure.getMessage().contains("it is not the service"), failure.getMessage());
    }
  }

  @Test
  void keyFileOfAnotherFarmIsOfNoUse() throws IOException {
    FarmKeys others = FarmKeys.in(directory.resolve("other"), () -> now);
    others.create("Lab 5", List.of("tas.example.org"));
    FarmKey stranger = farmKey(others.make(CLIENT));
    try (var loopback = Loopback.listening(service())) {
      var failure =
          assertThrows(SSLException.class, () -> loopback.dial(stranger.towardsService()));
      assertTrue(failure.getMessage().contains("belongs to another farm"), failure.getMessage());
    }
  }

  @Test
  void expiredCertificatePassesTlsSoThatTheDoorCanSayWhatToDo() throws IOException {
    now = now.minus(Duration.ofDays(100));
    FarmKey client = farmKey(keys.make(CLIENT));
    now = now.plus(Duration.ofDays(100));
    try (var loopback = Loopback.listening(service())) {
      X509Certificate shown = loopback.dial(client.towardsService()).orElseThrow();
      var credentials = new Credentials(AccessFile.in(directory.resolve("31415")).read(), now);
      String sentence =
          credentials.ofCertificate(shown).fold(Known::toString, Credentials.Unknown::sentence);
      assertTrue(sentence.contains("expired on"), sentence);
      assertTrue(sentence.contains("tas keys renew"), sentence);
    }
  }

  @Test
  void expiredServiceIsNotTrusted() throws IOException {
    now = now.minus(Duration.ofDays(731));
    keys.renewService(List.of("tas.example.org"));
    FarmKey client = farmKey(keys.make(CLIENT));
    try (var loopback = Loopback.listening(service())) {
      var failure = assertThrows(SSLException.class, () -> loopback.dial(client.towardsService()));
      assertTrue(failure.getMessage().contains("has expired on"), failure.getMessage());
    }
  }

  @Test
  void renewedServiceIsTrustedByKeyFilesMadeBefore() throws IOException {
    FarmKey client = farmKey(keys.make(CLIENT));
    Instant end = keys.renewService(List.of("elsewhere.example.org"));
    assertEquals(Optional.of(end), keys.serviceEnd());
    try (var loopback = Loopback.listening(service())) {
      assertTrue(loopback.dial(client.towardsService()).isPresent(), "the certificate was taken");
    }
  }

  @Test
  void revokedKeyIsKnownAndNoGood() {
    FarmKeys.Made made = keys.make(CLIENT);
    keys.revoke(made.key().id());
    assertFalse(keys.list().get(0).life().isGood(now), "good");
    var failure = assertThrows(SettingsException.class, () -> keys.revoke(new KeyId("00")));
    assertTrue(failure.getMessage().contains("tas keys list"), failure.getMessage());
  }

  @Test
  void successorMayDoTheSameAndTheOldKeyEndsWithinTwoWeeks() throws IOException {
    FarmKeys.Made old = keys.make(CLIENT);
    FarmKeys.Made made = keys.renew(old.key().id(), Duration.ofDays(10));
    assertEquals(old.key().grant(), made.key().grant());
    assertEquals(old.key().label(), made.key().label());
    AccessKey ending = AccessFile.in(directory.resolve("31415")).read().key(old.key().id()).get();
    assertTrue(ending.life().isGood(now.plus(Duration.ofDays(13))), "still good");
    assertFalse(ending.life().isGood(now.plus(Duration.ofDays(15))), "good for too long");
    keys.revoke(made.key().id());
    assertThrows(SettingsException.class, () -> keys.renew(made.key().id(), Duration.ofDays(1)));
  }

  @Test
  void certificatesSayWhatTheyAreForAndNeverOutliveTheAuthority()
      throws GeneralSecurityException, IOException {
    now = now.plus(Duration.ofDays(3_600));
    Instant authority =
        keys.directory().authority().identity().certificate().getNotAfter().toInstant();
    AccessKey late = keys.make(CLIENT).key();
    assertEquals(
        authority, late.life().expires().isAfter(authority) ? late.life().expires() : authority);
    X509Certificate service = keys.directory().serviceKey().identity().orElseThrow().certificate();
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), service.getExtendedKeyUsage());
    Collection<List<?>> names = service.getSubjectAlternativeNames();
    assertTrue(names.contains(List.of(2, "tas.example.org")), names.toString());
    assertTrue(names.contains(List.of(7, "192.0.2.1")), names.toString());
  }

  @Test
  void secondAuthorityIsRefusedAndTheFirstIsKept() {
    var before = keys.directory().authority();
    var failure =
        assertThrows(SettingsException.class, () -> keys.create("Lab 4", List.of("localhost")));
    assertTrue(failure.getMessage().contains("move that directory away"), failure.getMessage());
    assertEquals(
        before.identity().certificate(), keys.directory().authority().identity().certificate());
  }

  @Test
  void withoutItsAuthorityAFarmMakesNoKeys() throws IOException {
    Files.delete(keys.directory().service().resolveSibling("authority.pem"));
    var failure = assertThrows(SettingsException.class, () -> keys.make(CLIENT));
    assertTrue(failure.getMessage().contains("authority.pem is not there"), failure.getMessage());
  }

  @Test
  void keyFileHoldsWhatAPersonWantsToKnow() throws IOException {
    FarmKeys.Made made = keys.make(CLIENT);
    assertTrue(made.file().contains("\nkey=" + made.key().id() + "\n"), "its name");
    assertTrue(made.file().contains("\nlabel=nightly\n"), "its label");
    assertTrue(made.file().contains("\nrole=operate\n"), "its role");
    assertTrue(made.file().contains("\nexpires=" + made.key().life().expires() + "\n"), "its end");
    assertFalse(made.toString().contains("PRIVATE"), "secrets are not shown");
    FarmKey read = farmKey(made);
    assertEquals(
        made.key().proof().certificateSha256(),
        read.identity().map(it -> Certificates.sha256(it.certificate())));
  }

  private Tls service() {
    FarmKey key = keys.directory().serviceKey();
    return Tls.ofService(key.authority(), key.identity().orElseThrow());
  }

  private FarmKey farmKey(FarmKeys.Made made) throws IOException {
    return FarmKey.read(Files.writeString(directory.resolve("farm.key"), made.file()));
  }
}
