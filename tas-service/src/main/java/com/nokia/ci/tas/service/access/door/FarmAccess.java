package com.nokia.ci.tas.service.access.door;

import com.nokia.ci.tas.commons.model.Endpoint;
import com.nokia.ci.tas.commons.model.SettingsException;
import com.nokia.ci.tas.commons.transport.Peer;
import com.nokia.ci.tas.commons.transport.SessionAdmission;
import com.nokia.ci.tas.commons.transport.SessionWatch;
import com.nokia.ci.tas.commons.trust.Tls;
import com.nokia.ci.tas.service.access.AccessBook;
import com.nokia.ci.tas.service.access.LogInFailures;
import com.nokia.ci.tas.service.access.keys.KeysDirectory;
import com.nokia.ci.tas.service.access.store.AccessFile;
import com.nokia.ci.tas.service.access.store.LastUse;
import com.nokia.ci.tas.service.access.store.LiveAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything about who may come in, for as long as a service runs: what the farm knows of people
 * and keys, TLS, and the admission of sessions.
 *
 * <p>Keys that are made, revoked or renewed by the command line are in force within two seconds,
 * and sessions end with their keys. Safe for use by any thread.
 */
public final class FarmAccess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FarmAccess.class);
  private static final Duration ROUND = Duration.ofSeconds(30);

  private final LiveAccess book;
  private final LocalOperator operator;
  private final ServiceTls tls;
  private final UsedKeys used;
  private final LogInFailures failures;
  private final SessionAdmission admission;
  private final InstantSource clock;
  private final List<KeyedSessions> sessions = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "tas-access");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Who is looked at how, asked by event loops.
   *
   * @param isOfThisMachine needs neither TLS nor a key; usually {@link Peer#isLocal}
   * @param maySpeakPlainly is of a network that the owner has named
   */
  public record Rules(Predicate<Peer> isOfThisMachine, Predicate<Peer> maySpeakPlainly) {}

  private FarmAccess(Path store, Rules rules, InstantSource clock) {
    this.clock = clock;
    this.book = LiveAccess.open(AccessFile.in(store));
    this.tls = openTls(store);
    this.operator = LocalOperator.open(store);
    this.used = new UsedKeys(LastUse.in(store));
    this.failures = new LogInFailures(clock);
    var around =
        new FarmDoor.Surroundings(
            book::current,
            () -> tls.current().isPresent(),
            rules.isOfThisMachine(),
            rules.maySpeakPlainly(),
            key -> used.note(key, clock.instant()),
            clock);
    this.admission = new FarmDoor(around, failures);
  }

  private ServiceTls openTls(Path store) {
    try {
      return ServiceTls.open(KeysDirectory.in(store));
    } catch (SettingsException e) {
      book.close();
      throw e;
    }
  }

  /**
   * Reads what is there and keeps in step with it from now on.
   *
   * @param store of the service, {@code store/PORT}
   * @throws SettingsException when a file is there and cannot be used
   */
  public static FarmAccess open(Path store, Rules rules, InstantSource clock) {
    var access = new FarmAccess(store, rules, clock);
    access.book.onChange(access::check);
    access.rounds.scheduleWithFixedDelay(
        access::goRound, 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
    return access;
  }

  /** Whom the farm knows, to be read and changed. */
  public LiveAccess book() {
    return book;
  }

  /** Lets those operate who can read the files of the service. */
  public LocalOperator operator() {
    return operator;
  }

  /** By which keys expire. */
  public InstantSource clock() {
    return clock;
  }

  /** Refused log-ins of all kinds are counted here. */
  public LogInFailures failures() {
    return failures;
  }

  /** TLS of the port; empty as long as the farm has no keys. */
  public Optional<Tls> tls() {
    return tls.current();
  }

  /** Who may open a session. */
  public SessionAdmission admission() {
    return admission;
  }

  /**
   * Watches sessions, to end them with their keys.
   *
   * @param next is told of them as well
   * @param end ends the session of an address, with the reason; any thread
   */
  public SessionWatch watching(SessionWatch next, BiConsumer<Endpoint, String> end) {
    var keyed = new KeyedSessions(next, end);
    sessions.add(keyed);
    return keyed;
  }

  private void check(AccessBook now) {
    sessions.forEach(it -> it.check(now, clock.instant()));
  }

  private void goRound() {
    try {
      check(book.current());
      tls.warn(clock.instant());
      used.write();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("keys could not be looked after; tried again in a moment");
    }
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    operator.close();
    tls.close();
    book.close();
    used.write();
  }
}
