package com.nokia.ci.tas.service.access;

import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.Principal;
import com.nokia.ci.tas.commons.trust.Certificates;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds out whose token or certificate it is that somebody shows.
 *
 * <p>That a key has expired or was revoked is told only to one who shows its secret; whoever
 * guesses learns nothing. Comparing takes as long for every wrong secret.
 *
 * @param book whom the farm knows
 * @param now the time by which keys expire
 */
public record Credentials(AccessBook book, Instant now) {

  /** Whose it is, or why it lets nobody in. */
  public sealed interface Finding {
    /** Goes on with the one or the other. */
    <T> T fold(Function<Known, T> known, Function<Unknown, T> unknown);
  }

  /**
   * The key is good.
   *
   * @param key that was shown
   * @param holder who may do what with it
   */
  public record Known(AccessKey key, Principal holder) implements Finding {
    @Override
    public <T> T fold(Function<Known, T> known, Function<Unknown, T> unknown) {
      return known.apply(this);
    }
  }

  /**
   * It lets nobody in.
   *
   * @param sentence says why and what to do
   */
  public record Unknown(String sentence) implements Finding {
    @Override
    public <T> T fold(Function<Known, T> known, Function<Unknown, T> unknown) {
      return unknown.apply(this);
    }
  }

  /** Looks at a token. */
  public Finding ofToken(String text) {
    Optional<AccessKey> key =
        Token.parse(text).flatMap(it -> book.key(it.key()).filter(own -> own.isTokenOf(it)));
    return key.map(this::checked)
        .orElseGet(
            () ->
                new Unknown(
                    "the token is not known to this service; ask its admin for a key file, made"
                        + " with: tas keys client, or: tas keys node"));
  }

  /** Looks at a certificate that the farm's authority has signed. */
  public Finding ofCertificate(X509Certificate certificate) {
    String digest = Certificates.sha256(certificate);
    Optional<AccessKey> key =
        book.keys().values().stream().filter(own -> own.isCertificateOf(digest)).findFirst();
    if (key.isPresent() && now.isAfter(certificate.getNotAfter().toInstant())) {
      return expired(key.get().endingBy(certificate.getNotAfter().toInstant()));
    }
    return key.map(this::checked)
        .orElseGet(
            () ->
                new Unknown(
                    "the certificate is not known to this service; ask its admin for a key file,"
                        + " made with: tas keys client, or: tas keys node"));
  }

  private Finding checked(AccessKey key) {
    KeyId id = key.id();
    if (key.life().revoked().isPresent()) {
      return new Unknown(
          "key %s (%s) was revoked on %s; ask the farm's admin for another, made with: tas keys %s"
              .formatted(id, key.shown(), key.life().revoked().get(), key.kind().text()));
    }
    return key.life().hasExpired(now) ? expired(key) : new Known(key, book.holder(key));
  }

  private static Finding expired(AccessKey key) {
    return new Unknown(
        "key %s (%s) expired on %s; the farm's admin makes its successor with: tas keys renew %s"
            .formatted(key.id(), key.shown(), key.life().expires(), key.id()));
  }
}
