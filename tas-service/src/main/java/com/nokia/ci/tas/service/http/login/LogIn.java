package com.nokia.ci.tas.service.http.login;

import com.nokia.ci.tas.commons.model.UserId;
import com.nokia.ci.tas.service.access.AccessBook;
import com.nokia.ci.tas.service.access.AuditEntry;
import com.nokia.ci.tas.service.access.PasswordHash;
import com.nokia.ci.tas.service.access.User;
import com.nokia.ci.tas.service.access.password.PasswordDesk;
import com.nokia.ci.tas.service.access.password.PasswordDesk.Verdict;
import com.nokia.ci.tas.service.access.password.PasswordRules;
import com.nokia.ci.tas.service.access.store.LiveAccess;
import com.nokia.ci.tas.service.audit.AuditLog;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Lets people log in by name and password, within limits for each address and each name, and write
 * down in the audit log who did and who tried. Never blocks; safe for use by any thread.
 */
public final class LogIn {
  private static final int MOST_OF_AN_ADDRESS = 20;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_OF_A_NAME = 10;
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final int NETWORK_BYTES = 8;
  private static final String UNKNOWN = "(unknown name)";

  private final LiveAccess access;
  private final PasswordDesk passwords;
  private final BrowserSessions sessions;
  private final AuditLog audit;
  private final InstantSource clock;
  private final AttemptLimit<String> ofAnAddress = new AttemptLimit<>(MOST_OF_AN_ADDRESS, MINUTE);
  private final AttemptLimit<String> ofAName = new AttemptLimit<>(MOST_OF_A_NAME, QUARTER);

  /** What came of an attempt. */
  public sealed interface Outcome {}

  /** The person is in. */
  public record Welcome(BrowserSessions.Begun begun) implements Outcome {}

  /** Name or password is wrong; which of them is not told. */
  public record Wrong() implements Outcome {}

  /** Nothing was checked; later it may be. */
  public record Later(String sentence) implements Outcome {}

  public LogIn(
      LiveAccess access,
      PasswordDesk passwords,
      BrowserSessions sessions,
      AuditLog audit,
      InstantSource clock) {
    this.access = access;
    this.passwords = passwords;
    this.sessions = sessions;
    this.audit = audit;
    this.clock = clock;
  }

  /** Somebody tries. */
  public CompletableFuture<Outcome> attempt(String name, String password, InetAddress from) {
    Instant now = clock.instant();
    var user = access.current().user(new UserId(name));
    String who = user.map(it -> it.id().value()).orElse(UNKNOWN);
    if (!ofAnAddress.tryOnce(origin(from), now)) {
      return later(who, from, "too many log-ins from this address; try again in a minute");
    }
    if (!ofAName.tryOnce(name.toLowerCase(Locale.ROOT), now)) {
      return later(who, from, "too many log-ins by this name; try again in a quarter of an hour");
    }
    return passwords
        .check(password, user.map(User::password))
        .thenApply(verdict -> outcome(verdict, user, name, from));
  }

  /** What came of changing a password: empty when it is changed, else why not. */
  public CompletableFuture<Optional<String>> change(
      UserId who, String former, String next, InetAddress from) {
    var user = access.current().user(who);
    var complaint = PasswordRules.complaint(who, next);
    if (user.isEmpty() || complaint.isPresent()) {
      return CompletableFuture.completedFuture(
          Optional.of(complaint.orElse("there is no such person any more")));
    }
    if (!ofAName.tryOnce(who.value().toLowerCase(Locale.ROOT), clock.instant())) {
      return CompletableFuture.completedFuture(
          Optional.of("too many attempts; try again in a quarter of an hour"));
    }
    return passwords
        .check(former, user.map(User::password))
        .thenCompose(verdict -> changed(verdict, who, next, from));
  }

  private CompletableFuture<Optional<String>> changed(
      Verdict verdict, UserId who, String next, InetAddress from) {
    if (verdict != Verdict.RIGHT) {
      audit.record(who.value(), shown(from), "change password", who.value(), "wrong password");
      return CompletableFuture.completedFuture(
          Optional.of(
              verdict == Verdict.BUSY
                  ? "too many passwords are being checked; try again in a moment"
                  : "the present password is wrong"));
    }
    return passwords
        .hash(next)
        .thenApply(
            hash -> {
              access.change(book -> with(book, who, hash));
              sessions.endAll(who);
              ofAName.forget(who.value().toLowerCase(Locale.ROOT));
              audit.record(
                  who.value(), shown(from), "change password", who.value(), AuditEntry.DONE);
              return Optional.<String>empty();
            })
        .exceptionally(busy -> Optional.of("the password was not changed; try again in a moment"));
  }

  private AccessBook with(AccessBook book, UserId who, PasswordHash hash) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return book.user(who).map(user -> book.with(user.with(hash, now))).orElse(book);
  }

  private Outcome outcome(Verdict verdict, Optional<User> user, String name, InetAddress from) {
    String who = user.map(it -> it.id().value()).orElse(UNKNOWN);
    return switch (verdict) {
      case RIGHT -> {
        ofAName.forget(name.toLowerCase(Locale.ROOT));
        audit.record(who, shown(from), "log-in", "", AuditEntry.DONE);
        yield new Welcome(sessions.begin(user.orElseThrow().id(), clock.instant()));
      }
      case WRONG -> {
        audit.record(who, shown(from), "log-in", "", "wrong name or password");
        yield new Wrong();
      }
      case BUSY -> new Later("too many passwords are being checked; try again in a moment");
    };
  }

  private CompletableFuture<Outcome> later(String who, InetAddress from, String sentence) {
    audit.record(who, shown(from), "log-in", "", sentence);
    return CompletableFuture.completedFuture(new Later(sentence));
  }

  private static String shown(InetAddress address) {
    return address.getHostAddress();
  }

  /** A network of IPv6 counts as one: whoever has it has all its addresses. */
  private static String origin(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
