package com.nokia.ci.tas.commons.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Keys of two farms for tests; they are good from 2020 to 2119. */
public final class TestFarmKeys {
  private TestFarmKeys() {}

  /** TLS of the service of the first farm. */
  public static Tls service() {
    return service("service.pem");
  }

  /** TLS of the service of another farm. */
  public static Tls strangeService() {
    return service("stranger-service.pem");
  }

  /** The key file of a node of the first farm. */
  public static FarmKey node() {
    return key("node.key");
  }

  /** The key file of a client of the first farm. */
  public static FarmKey client() {
    return key("client.key");
  }

  /** The key file of a node of another farm. */
  public static FarmKey stranger() {
    return key("stranger.key");
  }

  /** The certificate and key of the first farm's service. */
  static Identity serviceIdentity() {
    return key("service.pem").identity().orElseThrow();
  }

  private static Tls service(String name) {
    FarmKey key = key(name);
    return Tls.ofService(key.authority(), key.identity().orElseThrow());
  }

  private static FarmKey key(String name) {
    return FarmKeyFile.ofPeer(Path.of(name)).parse(text(name));
  }

  /** The text of one of the files. */
  static String text(String name) {
    try (InputStream in = TestFarmKeys.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
