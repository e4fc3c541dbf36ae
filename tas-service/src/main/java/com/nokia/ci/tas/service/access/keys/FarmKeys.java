package com.nokia.ci.tas.service.access.keys;

import com.nokia.ci.tas.commons.model.KeyId;
import com.nokia.ci.tas.commons.model.SafeName;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.trust.Certificates;
import com.nokia.ci.tas.commons.trust.FarmKey;
import com.nokia.ci.tas.commons.trust.Identity;
import com.nokia.ci.tas.service.access.AccessKey;
import com.nokia.ci.tas.service.access.Token;
import com.nokia.ci.tas.service.access.store.AccessFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Makes, renews and takes back the keys of one farm, while its service runs or not.
 *
 * <p>Not for many threads at once in what makes the farm's own keys; single keys are made, renewed
 * and revoked by any number of threads and programs.
 */
public final class FarmKeys {
  static final Duration SERVICE_LIFE = Duration.ofDays(730);

  /** How long a key is good after it was replaced, unless it expires before. */
  public static final Duration OVERLAP = Duration.ofDays(14);

  private final KeysDirectory directory;
  private final AccessFile access;
  private final InstantSource clock;

  private FarmKeys(KeysDirectory directory, AccessFile access, InstantSource clock) {
    this.directory = directory;
    this.access = access;
    this.clock = clock;
  }

  /**
   * The keys of a service.
   *
   * @param store its directory, {@code store/PORT}
   */
  public static FarmKeys in(Path store, InstantSource clock) {
    return new FarmKeys(KeysDirectory.in(store), AccessFile.in(store), clock);
  }

  /**
   * A new key.
   *
   * @param key as the service knows it
   * @param file the text of its key file, which holds its secrets and is kept nowhere else
   */
  public record Made(AccessKey key, String file) {
    @Override
    public String toString() {
      return "Made[" + key + "]";
    }
  }

  public KeysDirectory directory() {
    return directory;
  }

  /** All keys, those that are no longer good included. */
  public List<AccessKey> list() {
    return List.copyOf(access.read().keys().values());
  }

  /**
   * Makes an authority and the certificate of the service.
   *
   * @param farm what people call it
   * @param hosts names and addresses by which browsers reach the service
   * @throws SettingsException when there is an authority already, or it cannot be written
   */
  public void create(String farm, List<String> hosts) {
    if (directory.hasAuthority()) {
      throw new SettingsException(
          "the farm has keys already, in %s; to make them anew, move that directory away"
              .formatted(directory.service().getParent()));
    }
    var authority = Authority.create(farm, now());
    directory.keep(authority);
    renewService(hosts);
  }

  /**
   * Gives the service a new certificate, which a running service takes into use by itself.
   *
   * @return the last moment at which it is good
   */
  public Instant renewService(List<String> hosts) {
    Authority authority = directory.authority();
    Identity service = authority.service(hosts, now(), now().plus(SERVICE_LIFE));
    directory.keep(authority.identity().certificate(), service);
    return service.certificate().getNotAfter().toInstant();
  }

  /** Until when the certificate of the service is good; empty when there is none. */
  public Optional<Instant> serviceEnd() {
    return directory.hasKeys()
        ? directory.serviceKey().identity().map(it -> it.certificate().getNotAfter().toInstant())
        : Optional.empty();
  }

  /**
   * Makes a key. It is in force when this returns.
   *
   * @throws SettingsException when the farm has no authority or its files cannot be written
   */
  public Made make(KeyOrder order) {
    Authority authority = directory.authority();
    var token = Token.random(new SecureRandom());
    Instant made = now();
    Instant end = made.plus(order.life());
    Identity identity = authority.peer(token.key(), order.kind(), made, end);
    X509Certificate certificate = identity.certificate();
    var proof = new AccessKey.Proof(token.sha256(), Optional.of(Certificates.sha256(certificate)));
    var life = new AccessKey.Life(made, certificate.getNotAfter().toInstant(), Optional.empty());
    var key = new AccessKey(token.key(), order.kind(), order.label(), proof, order.grant(), life);
    access.change(book -> book.with(key));
    var own =
        new FarmKey(
            authority.identity().certificate(), Optional.of(identity), Optional.of(token.text()));
    return new Made(key, KeyFileText.of(key, own));
  }

  /**
   * Takes a key back; it lets nobody in from the moment at which this returns, and a running
   * service ends what goes on with it.
   *
   * @throws SettingsException when there is no such key
   */
  public AccessKey revoke(KeyId id) {
    return access
        .change(book -> book.with(existing(book.key(id), id).revokedAt(now())))
        .key(id)
        .orElseThrow();
  }

  /**
   * Replaces a key by a new one that may do the same; the old one is good for {@link #OVERLAP}
   * longer at most.
   *
   * @throws SettingsException when there is no such key, or it was revoked
   */
  public Made renew(KeyId id, Duration life) {
    AccessKey old = existing(access.read().key(id), id);
    if (old.life().revoked().isPresent()) {
      throw new SettingsException(
          "key %s (%s) was revoked; make a new one with: tas keys %s"
              .formatted(id, old.shown(), old.kind().text()));
    }
    Made made = make(new KeyOrder(old.kind(), old.label(), old.grant(), life));
    access.change(book -> book.with(existing(book.key(id), id).endingBy(now().plus(OVERLAP))));
    return made;
  }

  private static AccessKey existing(Optional<AccessKey> key, KeyId id) {
    return key.orElseThrow(
        () ->
            new SettingsException(
                "there is no key %s on this farm; see which there are with: tas keys list"
                    .formatted(SafeName.shown(id.value()))));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
