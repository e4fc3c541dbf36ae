package com.nokia.ci.tas.commons.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FarmKeyTest {
  @TempDir Path directory;

  @Test
  void keyFileGivesAuthorityCertificateKeyAndToken() throws IOException {
    FarmKey key = FarmKey.read(file(TestFarmKeys.text("node.key")));
    assertEquals("CN=Authority of farm", key.authority().getSubjectX500Principal().getName());
    assertEquals(
        "CN=00000001",
        key.identity().orElseThrow().certificate().getSubjectX500Principal().getName());
    assertTrue(key.token().orElseThrow().startsWith("tas_00000001_"));
    assertEquals(
        Certificates.sha256(key.identity().orElseThrow().certificate()),
        key.certificateSha256().orElseThrow());
  }

  @Test
  void neitherTokenNorPrivateKeyIsShown() {
    FarmKey key = TestFarmKeys.node();
    String token = key.token().orElseThrow();
    assertFalse(key.toString().contains(token), key.toString());
    assertFalse(key.toString().contains("PrivateKey"), key.toString());
    assertFalse(key.identity().orElseThrow().toString().contains("rivate"), key.toString());
  }

  @Test
  void lineEndsOfWindowsAndUnknownKeysAreRead() throws IOException {
    String text = TestFarmKeys.text("node.key").replace("\n", "\r\n");
    FarmKey key = FarmKey.read(file("\uFEFF# a comment\r\ncolour = blue\r\n" + text));
    assertEquals(TestFarmKeys.node().token(), key.token());
  }

  @Test
  void argumentBeatsTheEnvironmentAndBothMayBeMissing() throws IOException {
    Path node = file(TestFarmKeys.text("node.key"));
    Path client = directory.resolve("client.key");
    Files.writeString(client, TestFarmKeys.text("client.key"));
    var environment = Map.of(FarmKey.VARIABLE, client.toString());
    assertEquals(
        TestFarmKeys.node().token(),
        FarmKey.named(Optional.of(node.toString()), environment).flatMap(FarmKey::token));
    assertEquals(
        TestFarmKeys.client().token(),
        FarmKey.named(Optional.empty(), environment).flatMap(FarmKey::token));
    assertEquals(Optional.empty(), FarmKey.named(Optional.of(" "), Map.of()));
  }

  @Test
  void missingFileIsNamedWithTheRemedy() {
    assertComplaint(directory.resolve("no.key"), "no.key is not there", "tas keys");
  }

  @Test
  void directoryIsNoKeyFile() {
    assertComplaint(directory, "cannot be read", "make it a file");
  }

  @Test
  void fileWithoutAnAuthorityIsRefused() throws IOException {
    assertComplaint(file("token=abc\n"), "0 certificates of an authority", "tas keys");
  }

  @Test
  void fileThatLetsNobodyInIsRefused() throws IOException {
    String text = TestFarmKeys.text("node.key");
    int authority = text.lastIndexOf("-----BEGIN CERTIFICATE");
    assertComplaint(
        file(text.substring(authority)), "neither a token nor a certificate", "tas keys");
  }

  @Test
  void damagedLinesAreNamed() throws IOException {
    String text = TestFarmKeys.text("node.key");
    assertComplaint(file("what is this\n" + text), "line 1", "key=value");
    assertComplaint(file("token=a b\n" + text), "line 1", "token is damaged");
    assertComplaint(
        file(text.replaceFirst("-----END PRIVATE KEY-----\n", "")),
        "line 4: what begins here",
        "tas keys");
    assertComplaint(
        file(text.replaceFirst("MIIB", "!!!!")), "line 9: what begins here is damaged", "tas keys");
    assertComplaint(
        file(text.replaceFirst("MIIB", "MIIA")),
        "line 9: the certificate that begins here is damaged",
        "tas keys");
    assertComplaint(
        file(text.replaceAll("PRIVATE KEY", "ENCRYPTED PRIVATE KEY")),
        "line 4: a key file holds no ENCRYPTED PRIVATE KEY",
        "tas keys");
  }

  @Test
  void privateKeyOfAnotherCertificateIsRefused() throws IOException {
    String text = TestFarmKeys.text("node.key");
    String other = TestFarmKeys.text("client.key");
    int end = text.indexOf("-----BEGIN CERTIFICATE");
    assertComplaint(
        file(other.substring(0, other.indexOf("-----BEGIN CERTIFICATE")) + text.substring(end)),
        "line 4: the private key that begins here is not the certificate's",
        "tas keys");
  }

  @Test
  void certificateWithoutAPrivateKeyIsRefused() throws IOException {
    String text = TestFarmKeys.text("node.key");
    String without =
        text.substring(0, text.indexOf("-----BEGIN PRIVATE"))
            + text.substring(text.indexOf("-----BEGIN CERTIFICATE"));
    assertComplaint(file(without), "1 certificates of its own and 0 private keys", "tas keys");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("farm.key"), text);
  }

  private static void assertComplaint(Path file, String... parts) {
    var failure = assertThrows(SettingsException.class, () -> FarmKey.read(file));
    for (String part : parts) {
      assertTrue(failure.getMessage().contains(part), failure.getMessage());
    }
    assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
  }
}
