package com.nokia.ci.tas.service.access.door;

import com.nokia.ci.tas.commons.launch.FileWatch;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.trust.FarmKey;
import com.nokia.ci.tas.commons.trust.Tls;
import com.nokia.ci.tas.service.access.keys.KeysDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the service, with the keys that are in its directory: those that are made or renewed while
 * it runs are in force within two seconds, for connections from then on.
 */
final class ServiceTls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceTls.class);
  private static final Duration WARNED_BEFORE = Duration.ofDays(30);
  private static final Duration WARNED_EVERY = Duration.ofDays(1);

  private final KeysDirectory directory;
  private final FileWatch watch;
  private volatile Optional<Loaded> loaded = Optional.empty();
  private Instant warned = Instant.EPOCH;

  private record Loaded(Tls tls, Instant end) {}

  private ServiceTls(KeysDirectory directory) {
    this.directory = directory;
    this.watch = FileWatch.start(directory.service(), this::readAgain);
  }

  /**
   * Reads the keys, if there are any, and watches for others.
   *
   * @throws SettingsException when there are keys that cannot be used
   */
  static ServiceTls open(KeysDirectory directory) {
    var tls = new ServiceTls(directory);
    try {
      tls.read();
      return tls;
    } catch (SettingsException e) {
      tls.close();
      throw e;
    }
  }

  /** Empty as long as there are no keys. */
  Optional<Tls> current() {
    return loaded.map(Loaded::tls);
  }

  private synchronized void read() {
    if (!directory.hasKeys()) {
      return;
    }
    FarmKey key = directory.serviceKey();
    loaded =
        key.identity()
            .map(
                own ->
                    new Loaded(
                        Tls.ofService(key.authority(), own),
                        own.certificate().getNotAfter().toInstant()));
    LOG.atInfo()
        .addKeyValue("until", loaded.map(Loaded::end).orElse(Instant.EPOCH))
        .log("TLS is on, with the certificate of {}", directory.service());
  }

  private void readAgain() {
    try {
      read();
    } catch (SettingsException e) {
      LOG.atError().log("{}; the former certificate stays in use", e.getMessage());
    }
  }

  /** Warns once a day of a certificate that has ended or soon will. */
  synchronized void warn(Instant now) {
    Optional<Instant> end = loaded.map(Loaded::end);
    if (end.isEmpty()
        || now.plus(WARNED_BEFORE).isBefore(end.get())
        || now.isBefore(warned.plus(WARNED_EVERY))) {
      return;
    }
    warned = now;
    if (now.isBefore(end.get())) {
      LOG.atWarn()
          .log(
              "the certificate of the service ends on {}; renew it with: tas keys renew",
              end.get());
    } else {
      LOG.atError()
          .log(
              "the certificate of the service has ended on {}: nobody from another machine can"
                  + " connect any more; renew it with: tas keys renew",
              end.get());
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
