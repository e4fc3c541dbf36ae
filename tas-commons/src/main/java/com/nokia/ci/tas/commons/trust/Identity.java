package com.nokia.ci.tas.commons.trust;

import com.nokia.ci.tas.commons.model.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * A certificate and the private key that belongs to it.
 *
 * @param certificate signed by the farm's authority
 * @param key never shown
 */
public record Identity(X509Certificate certificate, PrivateKey key) {
  public Identity {
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(key, "key");
  }

  /**
   * Reads a file that holds one certificate and its private key, as that of an authority.
   *
   * @throws SettingsException with a sentence that names file, line and remedy
   */
  public static Identity read(Path path) {
    var file = new PemFile(path, "file", "put back a copy of the file");
    return file.read(
        text -> {
          var certificates = text.blocks().stream().filter(it -> it.isA("CERTIFICATE")).toList();
          var keys = text.blocks().stream().filter(it -> it.isA("PRIVATE KEY")).toList();
          if (certificates.size() != 1 || keys.size() != 1) {
            throw file.bad(
                "it has %d certificates and %d private keys, it needs one of each"
                    .formatted(certificates.size(), keys.size()));
          }
          return FarmKeyFile.identity(Pem.certificate(certificates.get(0)), keys.get(0));
        });
  }

  /** A store in memory alone; its password guards nothing. */
  KeyManager[] keyManagers() throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      char[] none = new char[0];
      store.setKeyEntry("own", key, none, new Certificate[] {certificate});
      var factory = KeyManagerFactory.getInstance("SunX509");
      factory.init(store, none);
      return factory.getKeyManagers();
    } catch (IOException e) {
      throw new GeneralSecurityException("a store in memory could not be made", e);
    }
  }

  /** Whether the key is the certificate's: it signs something that the certificate confirms. */
  boolean belongsTogether() {
    byte[] something = certificate.getSerialNumber().toByteArray();
    try {
      var signature = Signature.getInstance(algorithm());
      signature.initSign(key);
      signature.update(something);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(something);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private String algorithm() {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm();
    };
  }

  @Override
  public String toString() {
    return "Identity[" + certificate.getSubjectX500Principal() + "]";
  }
}
