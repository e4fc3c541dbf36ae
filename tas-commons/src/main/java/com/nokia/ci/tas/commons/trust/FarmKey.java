package com.nokia.ci.tas.commons.trust;

import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.trust.Tls.PeerCertificates;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What lets a node or a client into a farm from another machine: the content of a key file, as
 * {@code tas keys} writes it.
 *
 * <p>The file is text. Lines {@code key=value} hold the token and what a person wants to know,
 * {@code #} begins a comment, and in between stand the private key (PKCS#8), the certificate that
 * goes with it and the certificate of the farm's authority, each between its {@code BEGIN} and
 * {@code END} lines; programs that read PEM files understand them there. Unknown keys are skipped.
 *
 * @param authority signs the service's certificate and all others of the farm
 * @param identity own certificate and private key; empty when the file has a token alone
 * @param token to be sent over TLS only; never shown
 */
public record FarmKey(
    X509Certificate authority, Optional<Identity> identity, Optional<String> token) {

  /** The environment variable that names a key file where no argument does. */
  public static final String VARIABLE = "TAS_FARM_KEY";

  public FarmKey {
    Objects.requireNonNull(authority, "authority");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(token, "token");
  }

  /**
   * Reads a key file. One that others than its owner can read is read all the same and logged as a
   * warning: the files of secrets in many pipelines are so.
   *
   * @throws SettingsException with a sentence that names file, line and remedy
   */
  public static FarmKey read(Path file) {
    return FarmKeyFile.ofPeer(file).read();
  }

  /**
   * Reads the file with what a service shows: its certificate and key, and the authority.
   *
   * @throws SettingsException with a sentence that names file, line and remedy
   */
  public static FarmKey ofService(Path file) {
    return FarmKeyFile.ofService(file).read();
  }

  /**
   * The key file that an argument names, or else the environment.
   *
   * @param argument as given by the user; empty or blank: none
   * @param environment usually {@link System#getenv()}
   * @return empty when neither names one
   * @throws SettingsException when one is named that cannot be used
   */
  public static Optional<FarmKey> named(
      Optional<String> argument, Map<String, String> environment) {
    return argument
        .filter(name -> !name.isBlank())
        .or(() -> Optional.ofNullable(environment.get(VARIABLE)).filter(name -> !name.isBlank()))
        .map(name -> read(PemFile.path(name)));
  }

  /** TLS for dialing the farm's service: takes nobody else for it. */
  public Tls towardsService() {
    return Tls.of(
        identity, new FarmTrust(authority, InstantSource.system()), PeerCertificates.NONE);
  }

  /**
   * TLS for accepting peers of the same farm, as a client does for the nodes of its tests. Those
   * with a key of the farm may show it; a ticket tells who belongs to which test.
   *
   * @throws IllegalStateException when the file has no certificate
   */
  public Tls asAcceptor() {
    if (identity.isEmpty()) {
      throw new IllegalStateException("a key file without a certificate cannot accept connections");
    }
    return Tls.of(
        identity, new FarmTrust(authority, InstantSource.system()), PeerCertificates.WANTED);
  }

  /** The digest that others {@linkplain Tls#pinned(FarmKey, String) pin} to reach this one. */
  public Optional<String> certificateSha256() {
    return identity.map(own -> Certificates.sha256(own.certificate()));
  }

  @Override
  public String toString() {
    return "FarmKey[" + authority.getSubjectX500Principal() + ", " + identity + "]";
  }
}
