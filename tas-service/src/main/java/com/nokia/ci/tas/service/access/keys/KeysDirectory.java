package com.nokia.ci.tas.service.access.keys;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.trust.FarmKey;
import com.nokia.ci.tas.commons.trust.Identity;
import com.nokia.ci.tas.commons.trust.Pem;
import com.nokia.ci.tas.service.access.store.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;

/**
 * Where a farm's authority and its service's certificate are kept: {@code store/PORT/keys}, for the
 * user of the service alone.
 *
 * <table>
 *   <caption>Files</caption>
 *   <tr><td>{@code authority.pem}</td><td>certificate and private key that sign all others; the
 *     service itself never needs it and it may be kept elsewhere</td></tr>
 *   <tr><td>{@code authority.crt}</td><td>its certificate, for browsers</td></tr>
 *   <tr><td>{@code service.pem}</td><td>what the service shows: its private key and certificate, and
 *     that of the authority</td></tr>
 * </table>
 */
public final class KeysDirectory {
  private final Path directory;

  private KeysDirectory(Path directory) {
    this.directory = directory;
  }

  /** The directory of a service. */
  public static KeysDirectory in(Path store) {
    return new KeysDirectory(store.resolve("keys"));
  }

  /** Whether the farm has keys at all. */
  public boolean hasKeys() {
    return Files.exists(service());
  }

  /** Whether certificates can be made here. */
  public boolean hasAuthority() {
    return Files.exists(authorityFile());
  }

  /** The file that the service reads. */
  public Path service() {
    return directory.resolve("service.pem");
  }

  /** The certificate that a browser may be told to trust. */
  public Path authorityCertificate() {
    return directory.resolve("authority.crt");
  }

  private Path authorityFile() {
    return directory.resolve("authority.pem");
  }

  /**
   * Reads the authority.
   *
   * @throws SettingsException when it is not there or cannot be used
   */
  public Authority authority() {
    if (!hasAuthority()) {
      throw new SettingsException(
          "%s is not there; put it back to make or renew keys, or make the farm's keys with: tas keys"
              .formatted(authorityFile()));
    }
    return new Authority(Identity.read(authorityFile()));
  }

  /**
   * Reads what the service shows.
   *
   * @throws SettingsException when it cannot be used
   */
  public FarmKey serviceKey() {
    FarmKey key = FarmKey.ofService(service());
    if (key.identity().isEmpty()) {
      throw new SettingsException(
          "%s has no certificate of its own; make it anew with: tas keys renew"
              .formatted(service()));
    }
    return key;
  }

  /** Keeps a new authority; one that is there is not replaced. */
  public void keep(Authority authority) {
    X509Certificate certificate = authority.identity().certificate();
    try {
      PrivateFile.createDirectory(directory);
      PrivateFile.create(authorityFile(), text(authority.identity()));
      PrivateFile.replace(authorityCertificate(), Pem.text(certificate));
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** Replaces what the service shows. */
  public void keep(X509Certificate authority, Identity service) {
    try {
      PrivateFile.replace(service(), text(service) + Pem.text(authority));
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private SettingsException cannotWrite(IOException e) {
    return new SettingsException(
        "%s cannot be written: %s; the user of the service has to own it".formatted(directory, e),
        e);
  }

  private static String text(Identity identity) {
    return Pem.text(identity.key()) + Pem.text(identity.certificate());
  }
}
